"""Review: ask somebody outside about what is about to be said, before it is stored: let it pass, refuse it, change it.

Rule: only what is said where somebody wants to be asked comes here, and nothing else waits for it. Whoever is asked has
a few hundred milliseconds; after failures in a row they are not asked for a while, so that a dead one costs nothing.
What becomes of what could not be asked is a setting. A repetition of the same cid gets the verdict of the first time.
Called by the pipeline and whatever else says something.
"""

import asyncio
from collections import OrderedDict
from hashlib import sha256
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.attach import carries
from teahouse.engine.compose import Composer, Extra, TextBody
from teahouse.engine.options import ReviewOptions
from teahouse.engine.stores import ReviewStores
from teahouse.model.bodies import RESERVED
from teahouse.model.breaker import Breaker
from teahouse.model.commands import Send
from teahouse.model.errors import Code, Problem
from teahouse.model.outlets import is_direct
from teahouse.model.people import Person, User
from teahouse.model.signing import DELIVERY, SIGNATURE, TIMESTAMP, sign
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Asked, NotAllowed, Unreachable

_log = structlog.get_logger("teahouse.engine")

DEPTH = 12
"""How deep what is said instead may lie in itself: with the frame around it, less than clients may send."""
REMEMBERED = 1000
"""Verdicts that a repetition finds again."""
_MOST_BYTES = 128 * 1024
_REASON = 300
Body = dict[str, Any]
Key = tuple[str, str, str]


class _Question(msgspec.Struct, omit_defaults=True):
    """`edits` is the seq of the message that is to be changed."""

    kind: str
    conversation: str
    sender: Person
    at: int
    body: Body
    edits: int = 0


class Verdict(msgspec.Struct, frozen=True):
    """What comes back. `reason` is for the sender, `body` is said instead."""

    verdict: str
    reason: str = ""
    body: Body | None = None


class _Failed(Exception):
    """There is no verdict: why, for the log."""


_encode = msgspec.json.Encoder().encode
_verdict = msgspec.json.Decoder(Verdict).decode
_PASSES = Verdict("allow")


class Review:
    def __init__(self, stores: ReviewStores, composer: Composer, clock: Clock) -> None:
        self._outside = stores.outside
        self._options: ReviewOptions = stores.options
        self._composer = composer
        self._clock = clock
        self._breaker = Breaker()
        self._given: OrderedDict[Key, tuple[bytes, asyncio.Future[Verdict]]] = OrderedDict()

    def wants(self, conversation: str, kind: str = "message") -> bool:
        """Whether to ask at all. A part of every send."""
        options = self._options
        if kind not in options.kinds:
            return False
        if options.conversations:
            return conversation in options.conversations
        return options.direct or not is_direct(conversation)

    async def send(self, user: User, conversation: str, command: Send) -> Send:
        """The send as it may be said here."""
        if not self.wants(conversation):
            return command
        given = self._composer.body(command.text, command.body)
        said = await self.look(user, conversation, plain(given), cid=command.cid)
        if said is None:
            return command
        if set(said) == {"type", "text"} and said["type"] == "text":
            return replace(command, text=said["text"], body=None)
        return replace(command, text=None, body=said)

    async def forward(self, user: User, conversation: str, extra: Extra, cid: str | None) -> Extra:
        """What is forwarded, as it may be said here."""
        if extra.body is None or not self.wants(conversation):
            return extra
        said = await self.look(user, conversation, plain(extra.body), cid=cid)
        return extra if said is None else extra._replace(body=said)

    async def look(
        self, user: User, conversation: str, body: Body, edits: int = 0, cid: str | None = None
    ) -> Body | None:
        """What is to be said instead; None: it may be said as it is. Raises Problem if it may not."""
        question = _Question(
            "edit" if edits else "message",
            conversation,
            Person(user.id, user.nick),
            self._clock.now(),
            body,
            edits,
        )
        verdict = await self._answer(question, cid)
        if verdict.verdict == "refuse":
            raise Problem(Code.FORBIDDEN, verdict.reason or "this may not be said here")
        return verdict.body if verdict.verdict == "replace" else None

    async def _answer(self, question: _Question, cid: str | None) -> Verdict:
        """Asked once for a cid, also where two ask at the same time."""
        if cid is None:
            return await self._ask(question)
        key, digest = (
            (question.conversation, question.sender.id, cid),
            sha256(_encode(question.body)).digest(),
        )
        known = self._given.get(key)
        if known is not None and known[0] == digest:
            return await asyncio.shield(known[1])
        asking = asyncio.ensure_future(self._ask(question))
        self._given[key] = digest, asking
        if len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        try:
            return await asyncio.shield(asking)
        except Exception:
            self._given.pop(key, None)  # there is no verdict: next time there may be
            raise

    async def _ask(self, question: _Question) -> Verdict:
        if self._breaker.wait_s(self._clock.monotonic()):
            return self._unasked()
        try:
            verdict = await self._judged(question)
        except _Failed as error:
            if self._breaker.failed(self._clock.monotonic()):
                _log.warning("what is said cannot be reviewed for a while", reason=str(error))
            return self._unasked()
        except BaseException:
            self._breaker.gave_up()
            raise
        self._breaker.worked()
        return verdict

    def _unasked(self) -> Verdict:
        if self._options.fail == "open":
            return _PASSES
        raise Problem(Code.UNAVAILABLE, "what is said here is reviewed, which is not possible now; try again")

    async def _judged(self, question: _Question) -> Verdict:
        """Ask, and look at what came back: it is theirs, and may be anything. Raises _Failed."""
        body, timestamp = _encode(question), self._clock.now() // 1000
        headers = (
            ("Content-Type", "application/json"),
            (DELIVERY, fresh.question_id()),
            (TIMESTAMP, str(timestamp)),
            (SIGNATURE, sign([self._options.secret], timestamp, body)),
        )
        seconds = self._options.timeout_ms / 1000
        asked = Asked(self._options.url, "POST", headers, body, _MOST_BYTES, seconds)
        try:
            fetched = await self._outside.fetch(asked)
        except (NotAllowed, Unreachable) as error:
            raise _Failed(type(error).__name__) from None
        if fetched.status != 200 or fetched.cut:
            raise _Failed(f"it answered {fetched.status}")
        try:
            return self._checked(_verdict(fetched.body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise _Failed("it answered no verdict") from None

    def _checked(self, verdict: Verdict) -> Verdict:
        match verdict:
            case Verdict("allow"):
                return _PASSES
            case Verdict("refuse", reason):
                return Verdict("refuse", " ".join(reason.split())[:_REASON])
            case Verdict("replace", _, dict() as body):
                try:
                    self._composer.body(None, body)
                except Problem as problem:
                    raise _Failed(f"what is to be said instead: {problem.message}") from None
                if _is_deep(body, DEPTH):
                    raise _Failed("what is to be said instead lies too deep in itself")
                if carries(body) or body.get("type") in RESERVED:
                    raise _Failed("what is to be said instead cannot be a file, or the server's own")
                return Verdict("replace", "", body)
        raise _Failed("it answered no verdict")


def plain(body: TextBody | Body) -> Body:
    return body if isinstance(body, dict) else {"type": body.type, "text": body.text}


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    return left == 0 or any(
        _is_deep(inner, left - 1) for inner in (value.values() if isinstance(value, dict) else value)
    )
