"""Logins by SASL (RFC 6120, 6): PLAIN (RFC 4616), SCRAM (RFC 5802, 7677), ANONYMOUS (RFC 4505).

Rule: an exchange is one try by one mechanism, and is told what the client says, step by step. It knows nothing of
streams, and whether a password is right is the porter's to say. Called by negotiation.py.
"""

import hmac
import secrets
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from teahouse.gateways.xmpp.context import Porter, XmppContext
from teahouse.identity.proofs import Challenge
from teahouse.wire import scram
from teahouse.wire.xmpp import conditions, sasl
from teahouse.wire.xmpp.sasl import SaslError

PLUS = "-PLUS"
_SCRAM = "SCRAM-"
_ALGORITHMS = ("SHA-256", "SHA-1")
_NONCE_BYTES = 18


class Known(Struct):
    """Who somebody showed to be: an account's `user` and a token, or a guest, who may wish for a nick. `last` is what
    the client is told with its success."""

    user: str = ""
    token: str | None = None
    nick: str = ""
    last: bytes | None = None


class Exchange(Protocol):
    async def take(self, said: bytes) -> bytes | Known:
        """What to ask next, or who it is; SaslError or Problem if it is nobody."""
        ...


def mechanisms(context: XmppContext, bindings: Mapping[str, bytes]) -> list[str]:
    """Those there are, the best first. `bindings` are what the channel can be told from others by (RFC 5056)."""
    found = []
    if context.porter is not None:
        names = [_SCRAM + each for each in _ALGORITHMS] if context.options.scram_iterations else []
        found = [each + PLUS for each in names if bindings] + names + ["PLAIN"]
    return [*found, "ANONYMOUS"] if context.guests else found


def begin(mechanism: str, context: XmppContext, peer: str, bindings: Mapping[str, bytes]) -> Exchange:
    """An exchange by one of those `mechanisms`."""
    if mechanism == "ANONYMOUS":
        return Anonymous()
    assert context.porter is not None
    if mechanism == "PLAIN":
        return Plain(context.porter, peer)
    return Scram(context.porter, peer, mechanism, bindings)


class Anonymous:
    async def take(self, said: bytes) -> Known:
        """What a guest says of itself is the nick it would like."""
        return Known(nick=said.decode(errors="replace"))


class Plain:
    def __init__(self, porter: Porter, peer: str) -> None:
        self._porter = porter
        self._peer = peer

    async def take(self, said: bytes) -> Known:
        name, password = sasl.plain(said)
        return Known(*await self._porter.plain(name, password, self._peer))


class Scram:
    """`bindings` are those that we offered."""

    def __init__(self, porter: Porter, peer: str, mechanism: str, bindings: Mapping[str, bytes]) -> None:
        self._porter = porter
        self._peer = peer
        self._algorithm = mechanism.removeprefix(_SCRAM).removesuffix(PLUS)
        self._bound = mechanism.endswith(PLUS)
        self._bindings = bindings
        self._first: scram.ClientFirst | None = None
        self._challenge: Challenge | None = None
        self._nonce = b""
        self._asked = b""

    async def take(self, said: bytes) -> bytes | Known:
        try:
            return await (self._begin(said) if self._first is None else self._end(self._first, said))
        except ValueError:
            raise SaslError("malformed-request") from None

    async def _begin(self, said: bytes) -> bytes:
        first = scram.client_first(said)
        name = first.name.partition("@")[0]
        self._check_binding(first)
        if first.authorize and first.authorize.partition("@")[0] != name:
            raise SaslError("invalid-authzid")
        self._challenge = challenge = await self._porter.challenge(name, self._algorithm, self._peer)
        self._first = first
        self._nonce = first.nonce + secrets.token_urlsafe(_NONCE_BYTES).encode()
        self._asked = scram.server_first(self._nonce, challenge.keys.salt, challenge.keys.iterations)
        return self._asked

    def _check_binding(self, first: scram.ClientFirst) -> None:
        """RFC 5802, 6. A client that says we have none was not shown what we offered: somebody sits in between."""
        if (first.flag == "p") != self._bound:
            raise SaslError("malformed-request")
        if first.flag == "y" and self._bindings:
            raise SaslError(conditions.NOT_AUTHORIZED, "this server does support channel binding")
        if self._bound and first.binding not in self._bindings:
            raise SaslError(conditions.NOT_AUTHORIZED, "this server does not support this channel binding")

    async def _end(self, first: scram.ClientFirst, said: bytes) -> Known:
        assert self._challenge is not None
        final = scram.client_final(said)
        channel = first.header + (self._bindings[first.binding] if self._bound else b"")
        if not hmac.compare_digest(final.channel, channel) or final.nonce != self._nonce:
            raise SaslError(conditions.NOT_AUTHORIZED, "this is another exchange, or another channel")
        proved = scram.proved(first, self._asked, final)
        user, token, signature = await self._porter.prove(self._challenge, proved, final.proof)
        return Known(user, token, last=scram.server_final(signature))
