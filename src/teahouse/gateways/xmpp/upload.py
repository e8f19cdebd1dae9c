"""Files (XEP-0363): slots for clients, and messages that are the address of a file.

Rule: a slot is an upload of REST, which others see as they see any; a message that says nothing but the address of a
file of ours carries that file. Called by iqs.py and messages.py.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from teahouse.gateways.slots import Slots
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.resource import Resource
from teahouse.gateways.xmpp.stanzas import refuse
from teahouse.gateways.xmpp.waiting import Refused, answer_later
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.wire.xmpp import conditions, forms
from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import UPLOAD

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")


def largest(context: XmppContext) -> int:
    """Bytes of a file at most; 0: there are no slots."""
    return context.slots.largest if context.slots is not None and context.slots.base else 0


def about(context: XmppContext) -> str:
    """What discovery says of it (4.1)."""
    return forms.form("result", UPLOAD, {"max-file-size": ("text-single", str(largest(context)))})


def request(resource: Resource, iq: Element, asked: Element) -> None:
    name, size = asked.get("filename", ""), asked.get("size", "")
    if not name or not (size.isascii() and size.isdigit()) or len(size) > 15:
        raise Problem(Code.BAD_REQUEST, "a slot is for a file with a filename and a size")
    slots, session = resource.context.slots, resource.link.session
    if slots is None or not slots.base or session is None or session.user is None:
        refuse(resource, iq, conditions.stanza_error("cancel", "service-unavailable"))
        return
    answer_later(resource, iq, _open(slots, session.user, name, int(size)))


async def _open(slots: Slots, user: User, name: str, size: int) -> str:
    try:
        put, get = await slots.open(user, name, size)
    except Problem as problem:
        if problem.code is not Code.TOO_LARGE:
            raise
        most = element("max-file-size", None, str(slots.largest))
        large = element("file-too-large", {"xmlns": UPLOAD}, most)
        said = conditions.stanza_error("modify", "not-acceptable", problem.message)
        raise Refused(said.removesuffix("</error>") + large + "</error>") from None
    places = element("put", {"url": put}) + element("get", {"url": get})
    return element("slot", {"xmlns": UPLOAD}, places)


def carried(context: XmppContext, said: str) -> Iterator[dict[str, Any]]:
    """The bodies that a message may have which says this: the file it is the address of, as what it may be."""
    meant = context.slots.meant(said.strip()) if context.slots is not None else None
    if meant is None:
        return
    file, name = meant
    if name.lower().endswith(_PICTURES):
        yield {"type": "image", "file": file}
    yield {"type": "file", "file": file}
