"""Presence: whether somebody is there, and who sees it (RFC 6121, 3 and 4); entering and leaving groups.

Rule: the house has no asking to see one another: whoever is in one's contacts, or one has spoken with, is seen. So a
request to subscribe makes a contact, and is granted at once. Called by talk.py and iqs.py.
"""

from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import rooms, roster
from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import bare, is_room, person, recipient
from teahouse.model.commands import Contact, Online, Presence
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import CLIENT

_STATUS = {"away": "away", "xa": "away", "dnd": "dnd", "chat": "online"}
_SHOW = {"away": "away", "dnd": "dnd"}


def take(resource: Resource, stanza: Element) -> Steps:
    kind = stanza.get("type", "")
    if kind == "error":
        return
    if stanza.get("to") is not None and is_room(resource, to := recipient(resource, stanza)):
        yield from rooms.take(resource, stanza, to, kind)
    elif stanza.get("to") is None:
        yield from _broadcast(resource, stanza, kind)
    elif kind in ("subscribe", "unsubscribe"):
        to = recipient(resource, stanza)
        yield Contact(user=f"@{to.local}", on=kind == "subscribe")
        if kind == "subscribe":
            resource.say(_presence(bare(resource, to.local), "subscribed", resource))
        roster.push(resource, to.local, kind == "subscribe")


def _broadcast(resource: Resource, stanza: Element, kind: str) -> Steps:
    """The client's own state, for all who see it."""
    if kind == "unavailable":
        resource.available = False
        yield Presence(status="invisible")
        return
    show = (stanza.findtext(f"{{{CLIENT}}}show") or "").strip()
    said = (stanza.findtext(f"{{{CLIENT}}}status") or "")[:200]
    status = _STATUS.get(show, "online")
    first, resource.available = not resource.available, True
    if not first or status != "online" or said:
        yield Presence(status=status, text=said)  # type: ignore[arg-type]
    resource.say(_own(resource, stanza))
    if first:
        people = yield from roster.people(resource)
        present = yield Online()
        for user in present["users"]:
            resource.context.people.learn(user["id"], user["nick"])
            if user["nick"].casefold() in people:
                resource.say(of(resource, user["nick"], user["status"], user.get("text", "")))


def _own(resource: Resource, stanza: Element) -> str:
    """One's presence comes back to oneself (RFC 6121, 4.2.2)."""
    parts = [
        element(name, None, text(found))
        for name in ("show", "status", "priority")
        if (found := stanza.findtext(f"{{{CLIENT}}}{name}"))
    ]
    jid = str(resource.jid)
    return element("presence", {"xmlns": CLIENT, "from": jid, "to": jid}, *parts)


def of(resource: Resource, nick: str, status: str, said: str = "") -> str:
    """How somebody is, as their contacts are told."""
    if status in ("offline", "invisible"):
        return _presence(person(resource, nick), "unavailable", resource)
    show = element("show", None, _SHOW[status]) if status in _SHOW else ""
    more = element("status", None, text(said)) if said else ""
    given = {"xmlns": CLIENT, "from": person(resource, nick), "to": str(resource.jid)}
    return element("presence", given, show, more)


def _presence(frm: str, kind: str, resource: Resource) -> str:
    return element("presence", {"xmlns": CLIENT, "type": kind, "from": frm, "to": str(resource.jid)})
