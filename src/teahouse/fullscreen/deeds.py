"""Deeds: what a person does in a conversation, each a function of the visit.

Rule: no screen. What the server answers to one's own command is shown as if it had come as an event, because it does
not come as one. Problem, TimeoutError and ConnectionError go to the caller, who tells the person. Called by program.py
and by the slash commands.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from teahouse.client import Client, LogEvent
from teahouse.client.outbox import Outgoing
from teahouse.fullscreen.printable import file_name
from teahouse.fullscreen.visit import Visit
from teahouse.model import commands
from teahouse.model.bodies import file_of
from teahouse.model.results import Created, Logged


def say(visit: Visit, text: str, reply_to: int | None = None, markdown: bool = False) -> Outgoing:
    """Send a message; it is shown at once, and stored as soon as that can be."""
    more: dict[str, Any] = {}
    if reply_to is not None:
        more["reply_to"] = reply_to
    if markdown:
        more["body"] = {"type": "markdown", "text": text}
    outgoing = visit.outbox.put(visit.here, text, **more)
    visit.transcript(visit.here).put(outgoing)
    return outgoing


async def edit(visit: Visit, entry: LogEvent, text: str) -> None:
    """Give a message of one's own another text; what kind of text it is stays."""
    kind = entry.body.get("type")
    body = {**entry.body, "text": text} if kind != "text" or entry.body.get("action") else None
    words: dict[str, Any] = {"body": body} if body is not None else {"text": text}
    done = await visit.client.request(
        commands.Edit(conversation=entry.conversation, seq=entry.seq, **words), Logged
    )
    new = body or {"type": "text", "text": text}
    _happened(visit, entry, ev="edit", seq=done.seq, body=new)


async def recall(visit: Visit, entry: LogEvent) -> None:
    done = await visit.client.request(commands.Recall(conversation=entry.conversation, seq=entry.seq), Logged)
    _happened(visit, entry, ev="recall", seq=done.seq)


async def react(visit: Visit, entry: LogEvent, emoji: str) -> None:
    """Put an emoji on a message, or take it away if it is there."""
    on = not any(one.emoji == emoji and visit.me.id in one.users for one in entry.reactions)
    done = await visit.client.request(
        commands.React(conversation=entry.conversation, seq=entry.seq, emoji=emoji, on=on), Logged
    )
    _happened(visit, entry, ev="reaction", seq=done.seq, emoji=emoji, on=on)


def _happened(visit: Visit, about: LogEvent, **fields: Any) -> None:
    event = LogEvent(conversation=about.conversation, sender=visit.me, at=about.at, ref=about.seq, **fields)
    visit.transcript(about.conversation).event(event)


async def make(visit: Visit, kind: str, title: str, members: list[str]) -> str:
    """A group with these people, or a room; the id of the conversation."""
    command = commands.Create(kind=kind, title=title, members=members)  # type: ignore[arg-type]
    made = await visit.client.request(command, Created)
    await visit.start()
    return made.conversation


async def join(visit: Visit, conversation: str) -> bool:
    """Come in; false if that takes approval, which was asked for."""
    answer = await visit.client.request(commands.Join(conversation=conversation), dict)
    await visit.start()
    return not answer.get("pending")


async def leave(visit: Visit, conversation: str) -> None:
    await visit.client.request(commands.Leave(conversation=conversation), dict)
    await visit.start()


async def invite(visit: Visit, people: list[str]) -> None:
    await visit.client.request(commands.Invite(conversation=visit.here, users=people), dict)


async def rename(visit: Visit, nick: str) -> bool:
    """Be called otherwise from now on; false if that cannot be done from here. A guest asks for the nick on a second
    connection first: if somebody has it, nothing has changed."""
    client = visit.client
    resume = client.welcome.resume
    if resume is not None:
        async with Client(client.url, commands.Hello(nick=nick, resume=resume, device="renaming")):
            pass
    elif visit.login is not None:
        await visit.login.rename(nick)
    else:
        return False
    await client.reconnect(nick if resume is not None else None)
    return True


async def keep(visit: Visit, pin: bool | None = None, mute: bool | None = None) -> None:
    """How one's own list shows the conversation."""
    if pin is not None:
        await visit.client.request(commands.Pin(conversation=visit.here, on=pin), dict)
    if mute is not None:
        await visit.client.request(commands.Mute(conversation=visit.here, on=mute), dict)
    await visit.start()


async def save(visit: Visit, entry: LogEvent, folder: Path) -> Path | None:
    """Fetch the file of a message, whole or not at all; nothing that is there is written over. None without a file."""
    file = file_of(entry.body)
    if file is None or visit.login is None:
        return None
    name = file_name(str(entry.body.get("name") or file))
    part = _taken(folder, f".{name}.part")
    try:
        async with visit.login.file(file) as pieces:
            out = await asyncio.to_thread(part.open, "wb")
            with out:
                async for piece in pieces:
                    await asyncio.to_thread(out.write, piece)
        return part.replace(_taken(folder, name))
    finally:
        part.unlink(missing_ok=True)


def downloads(home: Path) -> Path:
    """Where files are saved: the person's folder for that, or where they are."""
    folder = home / "Downloads"
    return folder if folder.is_dir() else Path.cwd()


def _taken(folder: Path, name: str) -> Path:
    """An empty file of ours, under a name that nobody had."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    for number in range(1, 1000):
        path = folder / (name if number == 1 else f"{stem} ({number}){dot}{ending}")
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            return path
    raise FileExistsError(f"{folder} has too many files called {name}")
