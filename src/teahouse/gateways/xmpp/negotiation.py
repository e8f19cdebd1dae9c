"""Negotiation: what a client does before it is somebody's resource (RFC 6120, 5 to 7): TLS, login, binding.

Rule: a password is asked for where nobody listens: over TLS, by a proxy that ends it, or on this machine. Who
proved who they are says `hello` to the engine with a token that is good once, when they bind, so that a stream is a
session of the engine as any other. Called by link.py.
"""

import asyncio
import secrets
from collections import deque
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from teahouse.gateways.xmpp import login, management
from teahouse.gateways.xmpp.answers import outcome
from teahouse.gateways.xmpp.disco import caps
from teahouse.gateways.xmpp.link import XmppLink
from teahouse.gateways.xmpp.login import Exchange, Known
from teahouse.gateways.xmpp.resource import Owner, Resource
from teahouse.gateways.xmpp.sleepers import Sleeper
from teahouse.gateways.xmpp.talk import TALK
from teahouse.model.addresses import is_loopback
from teahouse.model.commands import Hello
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick
from teahouse.wire.xmpp import conditions, sasl
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.frames import Frame, Sort
from teahouse.wire.xmpp.jid import check_resource
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import (
    BIND,
    CHANNEL_BINDING,
    CLIENT,
    CSI,
    ROSTER_VERSIONS,
    SASL,
    SESSION,
    SM,
    STREAMS,
    TLS,
)
from teahouse.wire.xmpp.sasl import SaslError
from teahouse.wire.xmpp.stream import Head

ATTEMPTS = 5
"""Failed logins on one connection (RFC 6120, 6.4.5: between 2 and 5)."""

HELLO = 0
_LONGEST_RESOURCE = 64
_QUEUE = 16


class Binding(Struct):
    """What `hello` was said for: a new resource, or a stream that is resumed."""

    id: str
    resource: str
    sleeper: Sleeper | None = None
    again: list[bytes] = []


class Negotiation:
    """The Stage of a stream that is nobody's yet."""

    __slots__ = ("_attempts", "_binding", "_exchange", "_known", "_link", "_login", "_queue")

    def __init__(self, link: XmppLink) -> None:
        self._link = link
        self._known: Known | None = None
        self._attempts = 0
        self._exchange: Exchange | None = None
        self._login: asyncio.Task[None] | None = None
        self._queue: deque[Element] = deque()
        self._binding: Binding | None = None

    # --- the Stage ---

    def opened(self, head: Head) -> None:
        domain = self._link.context.options.domain
        if head.to and head.to.rstrip(".").lower() != domain:
            raise StreamError(conditions.HOST_UNKNOWN, f"this is {domain}")
        if head.version and head.version.partition(".")[0] != "1":
            raise StreamError("unsupported-version", "this is version 1.0 of XMPP")
        inside = self._resources() if self._known is not None else self._logins()
        self._link.send(f"<stream:features xmlns:stream='{STREAMS}'>{inside}</stream:features>")

    def take(self, stanza: Element) -> None:
        """In order, though a login takes time."""
        if self._login is not None or self._binding is not None:
            if len(self._queue) >= _QUEUE:
                raise StreamError(conditions.POLICY_VIOLATION, "wait until you are told that you are in")
            self._queue.append(stanza)
            return
        namespace, _, name = stanza.tag[1:].rpartition("}")
        if namespace == TLS and name == "starttls" and self._link.can_start_tls:
            self._link.start_tls()
        elif namespace == SASL and self._known is None:
            self._take_sasl(name, stanza)
        elif self._known is None:
            raise StreamError(conditions.NOT_AUTHORIZED, "log in first")
        elif namespace == CLIENT and name == "iq" and stanza.find(f"{{{BIND}}}bind") is not None:
            self._bind(stanza)
        elif namespace == SM and name == "resume":
            self._resume(stanza)
        else:
            raise StreamError(conditions.NOT_AUTHORIZED, "bind a resource first")

    def hear(self, frames: list[Frame]) -> None:
        """The answer to `hello`; what follows it is the resource's."""
        for at, frame in enumerate(frames):
            if frame.sort in (Sort.ANSWER, Sort.FAILURE):
                said = outcome(frame)
                if isinstance(said.result, Problem):
                    self._not_in(said.result)
                    continue
                self._in(said.result)
                stage = self._link.stage
                if stage is not None and len(frames) > at + 1:
                    stage.hear(frames[at + 1 :])
                return

    def probe(self) -> None:
        """Whoever says nothing at all before logging in is cut by the deadline."""

    def gone(self, resumable: bool) -> None:
        if self._login is not None:
            self._login.cancel()

    # --- features ---

    def _logins(self) -> str:
        offered = ""
        if self._link.can_start_tls:
            required = "" if self._may_ask else "<required/>"
            offered = element("starttls", {"xmlns": TLS}, required)
        mechanisms = [element("mechanism", None, name) for name in self._mechanisms()]
        if mechanisms:
            offered += element("mechanisms", {"xmlns": SASL}, *mechanisms)
        if mechanisms and (bindings := self._link.bindings):  # XEP-0440
            types = [element("channel-binding", {"type": each}) for each in bindings]
            offered += element("sasl-channel-binding", {"xmlns": CHANNEL_BINDING}, *types)
        return offered

    def _resources(self) -> str:
        context = self._link.context
        managed = element("sm", {"xmlns": SM}) if context.options.resume_s else ""
        return (
            element("bind", {"xmlns": BIND})
            + element("session", {"xmlns": SESSION}, "<optional/>")
            + element("ver", {"xmlns": ROSTER_VERSIONS})
            + element("csi", {"xmlns": CSI})
            + caps(context)
            + managed
        )

    @property
    def _may_ask(self) -> bool:
        return self._link.secure or is_loopback(self._link.peer)

    def _mechanisms(self) -> list[str]:
        return login.mechanisms(self._link.context, self._link.bindings) if self._may_ask else []

    # --- login ---

    def _take_sasl(self, name: str, stanza: Element) -> None:
        try:
            if name == "auth":
                self._begin(stanza.get("mechanism", ""))
                if not (stanza.text or "").strip():
                    self._link.send(sasl.reply("challenge", b""))
                    return
            elif name == "abort":
                raise SaslError("aborted")
            elif name != "response" or self._exchange is None:
                raise SaslError("malformed-request")
            said = sasl.decode(stanza.text)
        except SaslError as error:
            self._fail(error)
        else:
            self._login = asyncio.get_running_loop().create_task(self._step(said))

    def _begin(self, mechanism: str) -> None:
        bindings = self._link.bindings
        if mechanism not in self._mechanisms():
            raise SaslError("invalid-mechanism" if self._may_ask else "encryption-required")
        self._exchange = login.begin(mechanism, self._link.context, self._link.peer, bindings)

    async def _step(self, said: bytes) -> None:
        assert self._exchange is not None
        failed: SaslError | None = None
        asked: bytes | Known = b""
        try:
            asked = await self._exchange.take(said)
        except SaslError as error:
            failed = error
        except Problem as problem:
            wrong = problem.code in (Code.UNAUTHENTICATED, Code.BAD_REQUEST)
            failed = SaslError(
                conditions.NOT_AUTHORIZED if wrong else "temporary-auth-failure", problem.message
            )
        except Exception as error:  # the store is silent, or worse; see what the porter logs
            failed = SaslError("temporary-auth-failure", "try again shortly")
            failed.__cause__ = error
        self._login = None
        if self._link.closing:
            return
        if failed is not None:
            self._fail(failed)
        elif isinstance(asked, Known):
            self._succeed(asked)
        else:
            self._link.send(sasl.reply("challenge", asked))
        self._go_on()

    def _succeed(self, known: Known) -> None:
        self._known, self._exchange = known, None
        self._link.send(sasl.reply("success", known.last))
        self._link.restart()

    def _fail(self, error: SaslError) -> None:
        self._exchange = None
        self._attempts += 1
        self._link.send(sasl.failure(error))
        if self._attempts >= ATTEMPTS:
            self._link.part(StreamError(conditions.POLICY_VIOLATION, "too many failed logins"))

    def _go_on(self) -> None:
        """What came meanwhile."""
        try:
            while self._queue and self._link.stage is not None and not self._link.closing:
                stage, before = self._link.stage, len(self._queue)
                stage.take(self._queue.popleft())
                if stage is self and len(self._queue) >= before:
                    break  # it has to wait again
        except StreamError as error:
            self._link.part(error)

    # --- a resource ---

    def _bind(self, stanza: Element) -> None:
        """7.6, 7.7."""
        wished = stanza.findtext(f"{{{BIND}}}bind/{{{BIND}}}resource") or f"teahouse.{secrets.token_hex(4)}"
        try:
            resource = check_resource(wished)
            if len(resource) > _LONGEST_RESOURCE:
                raise ValueError("a resource has at most 64 characters here")
        except ValueError as error:
            problem = Problem(Code.BAD_REQUEST, str(error))
            self._link.send(_refused(stanza.get("id", ""), problem))
            return
        self._hello(Binding(stanza.get("id", ""), resource), {})

    def _resume(self, stanza: Element) -> None:
        """XEP-0198, 5: the stream is found by its name, and is its user's alone, which only `hello` tells."""
        assert self._known is not None
        written = stanza.get("h", "")
        if not (written.isascii() and written.isdigit()) or len(written) > 10:
            self._link.send(management.failed("bad-request"))
            return
        # A guest has nothing to show that they are the same; their streams are not resumed.
        previous, user = stanza.get("previd", ""), self._known.user
        sleeper = self._link.context.sleepers.wake(previous, user) if user else None
        seen = management.reached(sleeper.acked, int(written)) if sleeper is not None else 0
        if sleeper is None or seen > sleeper.sent:
            self._link.send(management.failed("item-not-found"))
            return
        again = management.rewind(sleeper.unseen, sleeper.cursors, seen)
        sleeper.sent = sleeper.acked = seen
        self._hello(Binding("", sleeper.resource, sleeper, again), sleeper.cursors)

    def _hello(self, binding: Binding, cursors: dict[str, int]) -> None:
        assert self._known is not None
        assert self._link.session is not None
        self._binding = binding
        known = self._known
        said = Hello(
            id=HELLO,
            token=known.token,
            nick=None if known.token is not None else _nick(known.nick),
            device=binding.resource,
            cursors=cursors,
            whole=binding.sleeper is not None,  # a conversation may have begun meanwhile
        )
        known.nick = ""  # the next try is another nick
        self._link.context.links.engine.submit(self._link.session, said)

    def _in(self, welcome: dict[str, Any]) -> None:
        """The stream is a resource of somebody from here on."""
        binding, self._binding = self._binding, None
        assert binding is not None
        user = welcome["user"]
        owner = Owner(user["id"], user["nick"], user["guest"], binding.resource)
        resource = self._link.stage = Resource(self._link, owner, TALK)
        if binding.sleeper is not None:
            resource.wake(binding.sleeper, binding.again)
        else:
            jid = element("jid", None, text(str(resource.jid)))
            bound = element("bind", {"xmlns": BIND}, jid)
            self._link.send(element("iq", {"xmlns": CLIENT, "type": "result", "id": binding.id}, bound))
        self._go_on()

    def _not_in(self, problem: Problem) -> None:
        binding, self._binding = self._binding, None
        if binding is None:
            return
        if binding.sleeper is not None:
            self._link.send(management.failed("item-not-found"))
        else:
            self._link.send(_refused(binding.id, problem))
        self._go_on()


def _nick(wished: str) -> str:
    try:
        return check_nick(wished)
    except Problem:
        return f"guest-{secrets.token_hex(3)}"


def _refused(id_: str, problem: Problem) -> str:
    return element("iq", {"xmlns": CLIENT, "type": "error", "id": id_}, conditions.of_problem(problem))
