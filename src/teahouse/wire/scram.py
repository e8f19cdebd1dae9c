"""SCRAM as it is written (RFC 5802, 7; RFC 7677): its messages, taken apart and put together.

Rule: pure; who somebody is, what they know and chance come from outside. What cannot be read is a ValueError. Called by
gateways/xmpp/login.py.
"""

import re
from base64 import b64decode, b64encode

from msgspec import Struct

_NONCE = rb"[\x21-\x2b\x2d-\x7e]+"
_FIRST = re.compile(
    rb"((n|y|p=([A-Za-z0-9.-]+)),(?:a=([^,]*))?,)(n=([^,]+),r=(" + _NONCE + rb")(?:,[A-Za-z]=[^,]*)*)"
)
_FINAL = re.compile(rb"(c=([A-Za-z0-9+/=]+),r=(" + _NONCE + rb")(?:,[A-Za-oq-z]=[^,]*)*),p=([A-Za-z0-9+/=]+)")
_SPECIAL = re.compile(r"=(2C|3D)?")


class ClientFirst(Struct, frozen=True):
    """`flag` is `n` (no channel binding), `y` (the client thinks that the server has none) or `p`, with its type in
    `binding`. `header` and `bare` are what was written, for what is proved is proved of that."""

    flag: str
    binding: str
    authorize: str
    name: str
    nonce: bytes
    header: bytes
    bare: bytes


class ClientFinal(Struct, frozen=True):
    """`channel` is the header of the first message, and the data of the channel after it; `unproved` all but the
    proof."""

    channel: bytes
    nonce: bytes
    unproved: bytes
    proof: bytes


def client_first(message: bytes) -> ClientFirst:
    """An extension that must be understood (`m=`) is not."""
    found = _FIRST.fullmatch(message)
    if found is None:
        raise ValueError("this is no first message of SCRAM")
    header, flag, binding, authorize, bare, name, nonce = found.groups()
    return ClientFirst(
        flag[:1].decode(),
        (binding or b"").decode(),
        _name(authorize or b""),
        _name(name),
        nonce,
        header,
        bare,
    )


def server_first(nonce: bytes, salt: bytes, iterations: int) -> bytes:
    """`nonce` is the client's, and ours after it."""
    return b"r=%b,s=%b,i=%d" % (nonce, b64encode(salt), iterations)


def client_final(message: bytes) -> ClientFinal:
    found = _FINAL.fullmatch(message)
    if found is None:
        raise ValueError("this is no final message of SCRAM")
    unproved, channel, nonce, proof = found.groups()
    return ClientFinal(_decoded(channel), nonce, unproved, _decoded(proof))


def server_final(signature: bytes) -> bytes:
    return b"v=" + b64encode(signature)


def proved(first: ClientFirst, challenge: bytes, final: ClientFinal) -> bytes:
    """What proof and signature are made of (`AuthMessage`)."""
    return b",".join((first.bare, challenge, final.unproved))


def _name(written: bytes) -> str:
    """`saslname`: a comma is written =2C, an equals sign =3D."""

    def special(found: re.Match[str]) -> str:
        if found[1] is None:
            raise ValueError("an equals sign stands alone in a name")
        return "," if found[1] == "2C" else "="

    return _SPECIAL.sub(special, written.decode())


def _decoded(written: bytes) -> bytes:
    return b64decode(written, validate=True)
