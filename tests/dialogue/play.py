"""Plays a dialogue: a script of what people say to the server and what they hear, through any gateway.

A line is one of

    Romeo > {"op": "send", "to": "lobby", "text": "hi"}      Romeo says this
    Juliet < {"ev": "message", "seq": 1}                     the next thing Juliet hears
    Juliet < nothing                                         Juliet hears nothing more by now
    Romeo leaves                                             his connection breaks
    Romeo is sent away                                       the server has closed it
    2.5 s pass                                               nobody does anything

and goes on in lines that begin with a space; `#` begins a comment. A name is a connection, opened when it is first
used and anew after it has gone.

What is heard has at least the fields the script names, with these values. `"<any>"` stands for any value, `"<none>"`
for a field that must not be there, `"$name"` for a value that is the same wherever it stands. Commands get an id,
unless the script gives one (`"<none>"`: it is to have none), and answers must come for them in order. Who is online,
types or has read is told at any time: such events are passed over where the script does not ask for them. At the
end nobody may have heard anything else.
"""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

AMBIENT = {"presence", "typing", "receipt"}
PATIENCE_S = 5
NOTICED_S = 0.1  # so long it may take the server to notice that somebody has left

_LINE = re.compile(r"(?P<who>\w+) (?P<verb>[<>]|leaves|is sent away) ?(?P<what>.*)", re.DOTALL)
_PAUSE = re.compile(r"(?P<seconds>[\d.]+) s pass(es)?")


class Connection(Protocol):
    """One connection to the server, by some gateway."""

    async def say(self, frame: str) -> None: ...

    async def hear(self) -> dict[str, Any] | None:
        """The next frame; None when the server has closed the connection."""
        ...

    async def leave(self) -> None: ...


class Gateway(Protocol):
    async def connect(self) -> Connection: ...


@dataclass(frozen=True)
class Line:
    """One line of a script; `what` is JSON for `>` and `<`, and else empty."""

    number: int
    who: str
    verb: str
    what: str


def lines_of(script: str) -> Iterator[Line]:
    joined: list[tuple[int, str]] = []
    for number, text in enumerate(script.splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        if text[0] == " ":
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {text.strip()}")
        else:
            joined.append((number, text))
    for number, text in joined:
        if (pause := _PAUSE.fullmatch(text)) is not None:
            yield Line(number, "", "pass", pause["seconds"])
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise ValueError(f"line {number} is no line of a dialogue: {text}")
        yield Line(number, found["who"], found["verb"], found["what"])


class Actor:
    """Somebody at a connection: what they said that is not answered yet, and what they heard."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._unanswered: list[Any] = []
        self._ids = count(1)

    async def say(self, command: Any) -> None:
        if isinstance(command, dict) and command.get("id") == "<none>":
            command = {name: value for name, value in command.items() if name != "id"}
        elif isinstance(command, dict) and command.get("op") != "typing":
            command = {"id": next(self._ids), **command}
            self._unanswered.append(command["id"])
        await self.connection.say(command if isinstance(command, str) else json.dumps(command))

    async def hear(self, wanted: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The next thing heard that is not ambient, or that is of the kind wanted."""
        while True:
            async with asyncio.timeout(PATIENCE_S):
                heard = await self.connection.hear()
            if heard is None:
                return None
            if heard.get("ev") in AMBIENT and heard["ev"] != wanted.get("ev"):
                continue
            if "re" in heard and "re" not in wanted:
                assert self._unanswered, f"an answer to nothing: {heard}"
                assert heard["re"] == self._unanswered.pop(0), f"answers out of order: {heard}"
            return heard

    async def nothing(self) -> None:
        """A ping is answered at once, after all that was to be heard."""
        await self.connection.say('{"op":"ping","id":"nothing"}')
        heard = await self.hear({"re": "nothing"})
        assert heard is not None and heard.get("re") == "nothing", f"heard {heard}"


@contextmanager
def _noting(note: str) -> Iterator[None]:
    try:
        yield
    except (AssertionError, TimeoutError) as error:
        error.add_note(note)
        raise


class Play:
    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._actors: dict[str, Actor] = {}
        self._values: dict[str, Any] = {}

    async def perform(self, script: str) -> None:
        try:
            for line in lines_of(script):
                with _noting(f"line {line.number}: {line.who} {line.verb} {line.what}"):
                    await self._do(line)
            for name, actor in self._actors.items():
                with _noting(f"{name} heard more than the script says"):
                    await actor.nothing()
        finally:
            for actor in self._actors.values():
                await actor.connection.leave()

    async def _do(self, line: Line) -> None:
        if line.verb == "pass":
            await asyncio.sleep(float(line.what))
            return
        if line.who not in self._actors:
            self._actors[line.who] = Actor(await self._gateway.connect())
        actor = self._actors[line.who]
        if line.verb == "leaves":
            await self._actors.pop(line.who).connection.leave()
            await asyncio.sleep(NOTICED_S)
        elif line.verb == "is sent away":
            assert await self._actors.pop(line.who).hear({}) is None
        elif line.verb == ">":
            await actor.say(self._filled(line.what))
        elif line.what == "nothing":
            await actor.nothing()
        else:
            wanted = json.loads(line.what)
            heard = await actor.hear(wanted)
            assert heard is not None, "the server has closed the connection"
            self._match(wanted, heard, "")

    def _filled(self, what: str) -> Any:
        """A command with its values filled in; what is no JSON is said as it stands."""
        try:
            return self._fill(json.loads(what))
        except json.JSONDecodeError:
            return what

    def _fill(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._fill(name): self._fill(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._fill(each) for each in value]
        if isinstance(value, str) and value.startswith("$"):
            return self._values[value]
        return value

    def _match(self, wanted: Any, heard: Any, path: str) -> None:
        if isinstance(wanted, dict):
            assert isinstance(heard, dict), f"{path}: {heard}"
            for name, value in wanted.items():
                name = self._fill(name)
                if value == "<none>":
                    assert name not in heard, f"{path}.{name} is there: {heard}"
                else:
                    assert name in heard, f"{path}.{name} is missing: {heard}"
                    self._match(value, heard[name], f"{path}.{name}")
        elif isinstance(wanted, list):
            assert isinstance(heard, list), f"{path}: {heard}"
            assert len(wanted) == len(heard), f"{path} has {len(heard)} items: {heard}"
            for n, (one, other) in enumerate(zip(wanted, heard, strict=True)):
                self._match(one, other, f"{path}[{n}]")
        elif isinstance(wanted, str) and wanted.startswith("$"):
            assert self._values.setdefault(wanted, heard) == heard, (
                f"{path}: {heard}, not {self._values[wanted]}"
            )
        elif wanted != "<any>":
            assert wanted == heard and type(wanted) is type(heard), f"{path}: {heard!r}, not {wanted!r}"
