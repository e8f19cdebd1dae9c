"""Addresses of XMPP (RFC 7622): `local@domain/resource`.

Rule: people are addressed by their nick as the house compares nicks (model/ids.py), so that `Alice@...` is `alice@...`;
a group by its id. Called by gateways/xmpp.
"""

import re
import unicodedata
from typing import NamedTuple

from teahouse.model.ids import fold_nick

_LONGEST = 1023  # bytes of each part (3.2, 3.3, 3.4)
_NOT_IN_LOCAL = re.compile("[\"&'/:<>@\\s\x00-\x1f\x7f]")  # 3.3.1
_NOT_IN_RESOURCE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DOMAIN = re.compile(r"[^\s\"&'/:<>@\x00-\x1f]+|\[[0-9a-fA-F:.]+\]")


class Jid(NamedTuple):
    local: str
    domain: str
    resource: str = ""

    @property
    def bare(self) -> "Jid":
        return Jid(self.local, self.domain)

    def __str__(self) -> str:
        before = f"{self.local}@" if self.local else ""
        after = f"/{self.resource}" if self.resource else ""
        return f"{before}{self.domain}{after}"


def parse(written: str) -> Jid:
    """The address in normal form; ValueError if it is none."""
    rest, slash, resource = written.partition("/")
    local, at, domain = rest.rpartition("@")
    domain = domain.rstrip(".").lower()
    if (at and not local) or (slash and not resource) or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"{written[:80]!r} is no address")
    made = Jid(fold_nick(local), domain, check_resource(resource) if resource else "")
    if _NOT_IN_LOCAL.search(made.local) or any(
        len(part.encode("utf-8", "replace")) > _LONGEST for part in made
    ):
        raise ValueError(f"{written[:80]!r} is no address")
    return made


def check_resource(resource: str) -> str:
    """A resource in normal form (3.4: OpaqueString), or ValueError."""
    made = unicodedata.normalize("NFC", resource)
    if not made or _NOT_IN_RESOURCE.search(made) or len(made.encode()) > _LONGEST:
        raise ValueError("this is no resource")
    return made
