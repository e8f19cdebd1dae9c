"""What people look like: the vCard (XEP-0054), and avatars as items (XEP-0084), for clients that ask.

Rule: the picture is the thumbnail that all doors show, and is called by its hash. Of a new one nobody is told by
themselves. Called by iqs.py.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha1
from xml.etree.ElementTree import Element

from teahouse.engine.keeper import Keeper
from teahouse.gateways.xmpp.resource import Resource
from teahouse.gateways.xmpp.stanzas import answer, is_room, recipient
from teahouse.gateways.xmpp.waiting import answer_later
from teahouse.identity.accounts import Accounts
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.ports.directory import Users
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import AVATAR_DATA, AVATAR_METADATA, PUBSUB, VCARD

TYPE = "image/webp"


@dataclass(frozen=True)
class Portraits:
    """Where pictures are looked up."""

    users: Users
    accounts: Accounts
    keeper: Keeper

    async def of(self, nick: str, asker: str) -> bytes | None:
        """The picture of whoever has an account with this nick, if they have one."""
        self.keeper.take_call(asker)
        user = await self.users.account(fold_nick(nick))
        if user is None:
            return None
        try:
            file = (await self.accounts.profile(user.id)).avatar
            _, _, pieces = await self.keeper.avatars.picture(file)
        except Problem as problem:
            if problem.code is not Code.NOT_FOUND:
                raise
            return None
        return b"".join([piece async for piece in pieces])


def vcard(resource: Resource, iq: Element, _asked: Element) -> None:
    nick = _nick(resource, iq)
    names = element("FN", None, text(nick)) + element("NICKNAME", None, text(nick)) if nick else ""
    portraits = resource.context.portraits
    if portraits is None or not nick:
        answer(resource, iq, element("vCard", {"xmlns": VCARD}, names))
    else:
        answer_later(resource, iq, _with_photo(portraits, nick, resource.user, names))


async def _with_photo(portraits: Portraits, nick: str, asker: str, names: str) -> str:
    picture = await portraits.of(nick, asker)
    photo = ""
    if picture is not None:
        type_, data = element("TYPE", None, TYPE), element("BINVAL", None, b64encode(picture).decode())
        photo = element("PHOTO", None, type_, data)
    return element("vCard", {"xmlns": VCARD}, names, photo)


def items(resource: Resource, iq: Element, asked: Element) -> None:
    """Of all that people could publish, there is the avatar."""
    found = asked.find(f"{{{PUBSUB}}}items")
    node, portraits = "" if found is None else found.get("node", ""), resource.context.portraits
    if node not in (AVATAR_METADATA, AVATAR_DATA) or portraits is None:
        raise Problem(Code.NOT_FOUND, "there is no such node")
    answer_later(resource, iq, _item(portraits, _nick(resource, iq), resource.user, node))


async def _item(portraits: Portraits, nick: str, asker: str, node: str) -> str:
    picture = await portraits.of(nick, asker)
    if picture is None:
        raise Problem(Code.NOT_FOUND, "there is no picture")
    name = sha1(picture, usedforsecurity=False).hexdigest()
    if node == AVATAR_DATA:
        inside = element("data", {"xmlns": AVATAR_DATA}, b64encode(picture).decode())
    else:
        told = element("info", {"bytes": str(len(picture)), "id": name, "type": TYPE})
        inside = element("metadata", {"xmlns": AVATAR_METADATA}, told)
    return element(
        "pubsub", {"xmlns": PUBSUB}, element("items", {"node": node}, element("item", {"id": name}, inside))
    )


def _nick(resource: Resource, iq: Element) -> str:
    """Whom one asks about; oneself, if nobody is named."""
    to = recipient(resource, iq)
    if is_room(resource, to):
        return to.resource
    return resource.nick if to.local in ("", fold_nick(resource.nick)) else to.local
