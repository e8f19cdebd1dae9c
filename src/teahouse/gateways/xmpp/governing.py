"""Rooms as they are run (XEP-0045, 9 and 10): members, roles, settings, and messages taken back by those who may.

Rule: who may do what is for the engine to say. Called by iqs.py.
"""

from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import rooms
from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import answer, is_room, person, recipient
from teahouse.model.commands import (
    Ban,
    Bans,
    Command,
    Conversation,
    Dissolve,
    Kick,
    Mute,
    Recall,
    Role,
    Update,
)
from teahouse.model.errors import Code, Problem
from teahouse.wire.xmpp import forms
from teahouse.wire.xmpp.jid import parse
from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import DATA_FORMS, MUC_ADMIN, MUC_OWNER, RETRACT

_CONFIG = "http://jabber.org/protocol/muc#roomconfig"
_ITEM = f"{{{MUC_ADMIN}}}item"


def _room_of(resource: Resource, iq: Element) -> str:
    to = recipient(resource, iq)
    if not is_room(resource, to) or not to.local:
        raise Problem(Code.BAD_REQUEST, "this is no room")
    return to.local


def listed(resource: Resource, iq: Element, asked: Element) -> Steps:
    """9.5, 10.5: who has an affiliation."""
    conversation, item = _room_of(resource, iq), asked.find(_ITEM)
    wanted = "" if item is None else item.get("affiliation", "")
    found: list[tuple[str, str]] = []
    if wanted == "outcast":
        page = yield Bans(conversation=conversation, limit=200)
        found = [(ban["user"]["nick"], "outcast") for ban in page["bans"]]
    else:
        members = yield from rooms.members_of(conversation)
        found = [(row["nick"], row["role"]) for row in members if row["role"] == wanted]
    items = (
        element("item", {"jid": person(resource, n), "nick": n, "affiliation": role}) for n, role in found
    )
    answer(resource, iq, element("query", {"xmlns": MUC_ADMIN}, *items))


def change(resource: Resource, iq: Element, asked: Element) -> Steps:
    """8.2 kick, 9.1 ban, 9.3 membership, 10.3 roles; 8.4 voice."""
    conversation = _room_of(resource, iq)
    changes = asked.findall(_ITEM)
    if not changes:
        raise Problem(Code.BAD_REQUEST, "nothing is asked for")
    for item in changes:
        nick = item.get("nick") or parse(item.get("jid", "")).local
        yield _change(conversation, f"@{nick}", item.get("role"), item.get("affiliation"))
    answer(resource, iq)


def _change(conversation: str, user: str, role: str | None, affiliation: str | None) -> Command:
    match role, affiliation:
        case ("none", None) | (None, "none"):
            return Kick(conversation=conversation, user=user)
        case (None, "outcast"):
            return Ban(conversation=conversation, user=user)
        case (None, "member"):
            return Role(conversation=conversation, user=user, role="member")
        case (None, "admin"):
            return Role(conversation=conversation, user=user, role="admin")
        case (None, "owner"):
            return Role(conversation=conversation, user=user, role="owner")
        case ("visitor", None):
            return Mute(conversation=conversation, user=user)
        case ("participant", None):
            return Mute(conversation=conversation, user=user, on=False)
    raise Problem(Code.BAD_REQUEST, "this is no change of a role or an affiliation")


def settings(resource: Resource, iq: Element, _asked: Element) -> Steps:
    """10.2."""
    about = yield Conversation(conversation=_room_of(resource, iq))
    form = forms.form(
        "form",
        _CONFIG,
        {
            "muc#roomconfig_roomname": ("text-single", about["title"]),
            "muc#roomconfig_roomdesc": ("text-single", about["description"]),
            "muc#roomconfig_membersonly": ("boolean", "0" if about["join"] == "open" else "1"),
        },
    )
    answer(resource, iq, element("query", {"xmlns": MUC_OWNER}, form))


def configure(resource: Resource, iq: Element, asked: Element) -> Steps:
    """10.2, 10.9."""
    conversation = _room_of(resource, iq)
    if asked.find(f"{{{MUC_OWNER}}}destroy") is not None:
        yield Dissolve(conversation=conversation)
        answer(resource, iq)
        rooms.leave(resource, conversation, (), element("destroy"))
        return
    form = asked.find(f"{{{DATA_FORMS}}}x")
    given = {name: values[0] if values else "" for name, values in forms.fields(form).items()}
    if form is not None and form.get("type") == "submit" and given:
        command = Update(conversation=conversation)
        if (title := given.get("muc#roomconfig_roomname")) is not None:
            command = Update(conversation=conversation, title=title[:200])
        if (told := given.get("muc#roomconfig_roomdesc")) is not None:
            command = Update(conversation=conversation, title=command.title, description=told[:2000])
        yield command
    answer(resource, iq)


def moderate(resource: Resource, iq: Element, asked: Element) -> Steps:
    """XEP-0425: the owner and admins take back what others said."""
    conversation, id_ = _room_of(resource, iq), asked.get("id", "")
    if asked.find(f"{{{RETRACT}}}retract") is None or not (id_.isascii() and id_.isdigit() and len(id_) < 16):
        raise Problem(Code.BAD_REQUEST, "which message?")
    done = yield Recall(conversation=conversation, seq=int(id_))
    answer(resource, iq)
    rooms.recalled(resource, conversation, int(id_), done["seq"])
