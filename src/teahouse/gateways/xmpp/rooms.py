"""Groups as rooms (XEP-0045): a conversation is a room, `<conversation>@conference.<domain>`, under one's own nick.

Rule: being a member is the house's and lasts; being in the room is this stream's, and only says whether the client
wants to hear of it. Whoever enters a room they are no member of joins the conversation, if they may. Occupants are the
members who are online. Called by presences.py, iqs.py, told.py.
"""

from collections.abc import Generator, Iterable
from typing import Any
from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import archive
from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import person, refuse, room
from teahouse.model.commands import Command, Conversation, Join, Members
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp import conditions, content
from teahouse.wire.xmpp.content import Said
from teahouse.wire.xmpp.frames import Mark, is_direct
from teahouse.wire.xmpp.jid import Jid
from teahouse.wire.xmpp.markup import attribute, element
from teahouse.wire.xmpp.names import CLIENT, MUC, MUC_USER

MOST_OCCUPANTS = 1000
"""Occupants a client is told of; the archive and the messages are complete whatever their number."""

HISTORY = 20
"""Messages shown on entering, if the client does not say how many."""

_AFFILIATIONS = {"owner": "owner", "admin": "admin", "member": "member"}
_ROLES = {"owner": "moderator", "admin": "moderator", "member": "participant"}


def take(resource: Resource, stanza: Element, to: Jid, kind: str) -> Steps:
    if kind == "unavailable":
        leave(resource, to.local)
    elif kind == "" and to.local in resource.joined:
        if fold_nick(to.resource) != fold_nick(resource.nick):  # 7.6: nicks are the house's
            refuse(
                resource,
                stanza,
                conditions.stanza_error("cancel", "not-acceptable", "your nick is the house's"),
            )
    elif kind == "":
        if not to.resource:
            refuse(resource, stanza, conditions.stanza_error("modify", "jid-malformed", "a nick is missing"))
            return
        yield from _enter(resource, stanza, to)


def _enter(resource: Resource, stanza: Element, to: Jid) -> Steps:
    """7.2: who is there, oneself last, what was said, and the subject."""
    conversation = to.local
    try:
        settings = yield from settings_of(conversation)
    except Problem as problem:
        refuse(resource, stanza, _closed(problem))
        return
    members = yield from members_of(conversation)
    _come_in(resource, conversation)
    own = ""
    for row in members:
        _learn(resource, conversation, row)
        if row["id"] == resource.user:
            own = row["role"]
        elif row["status"] != "offline":
            resource.say(occupant(resource, conversation, row["nick"], row["role"]))
    codes = ["110", "100", "170"]
    if to.resource != resource.nick:
        codes.append("210")
    resource.say(occupant(resource, conversation, resource.nick, own or settings["role"], codes))
    muc = stanza.find(f"{{{MUC}}}x")
    if muc is not None:
        yield from archive.recent(resource, conversation, muc.find(f"{{{MUC}}}history"), HISTORY)
    resource.say(subject(resource, conversation, settings["title"]))


def _come_in(resource: Resource, conversation: str) -> None:
    if conversation not in resource.joined:
        resource.joined.add(conversation)
        resource.context.rooms.enter(conversation)


def _go_out(resource: Resource, conversation: str) -> None:
    if conversation in resource.joined:
        resource.joined.discard(conversation)
        resource.context.rooms.leave(conversation)


def _learn(resource: Resource, conversation: str, row: dict[str, Any]) -> None:
    resource.context.people.learn(row["id"], row["nick"])
    resource.context.rooms.place(conversation, row["id"], row["role"])


def settings_of(conversation: str) -> Generator[Command, Any, Any]:
    """The settings of a conversation one is a member of, or becomes one of now."""
    if is_direct(conversation):
        raise Problem(Code.NOT_FOUND, "this is no group")
    try:
        return (yield Conversation(conversation=conversation))
    except Problem as problem:
        if problem.code not in (Code.FORBIDDEN, Code.NOT_FOUND):
            raise
    joined = yield Join(conversation=conversation)
    if joined.get("pending"):
        raise Problem(Code.FORBIDDEN, "you have to be let in by the owner or an admin, who are asked now")
    return (yield Conversation(conversation=conversation))


def members_of(conversation: str) -> Generator[Command, Any, list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []
    after = ""
    while len(found) < MOST_OCCUPANTS:
        page = yield Members(conversation=conversation, after=after, limit=200)
        found += page["members"]
        if not page["more"]:
            break
        after = page["members"][-1]["id"]
    return found


def _closed(problem: Problem) -> str:
    if problem.code is Code.FORBIDDEN:
        return conditions.stanza_error("auth", "registration-required", problem.message)  # 7.2.6
    return conditions.of_problem(problem)


def leave(resource: Resource, conversation: str, codes: Iterable[str] = (), *more: str) -> None:
    """7.14. Also told to who was not there: it is answered all the same."""
    _go_out(resource, conversation)
    resource.say(occupant(resource, conversation, resource.nick, "none", ["110", *codes], *more))


def occupant(
    resource: Resource, conversation: str, nick: str, role: str, codes: Iterable[str] = (), *more: str
) -> str:
    """Presence of somebody in a room; with the role `none` they are out."""
    jid = str(resource.jid) if nick == resource.nick else person(resource, nick)
    given = {
        "affiliation": _AFFILIATIONS.get(role, "none"),
        "role": _ROLES.get(role, "none"),
        "jid": jid,
    }
    statuses = [element("status", {"code": code}) for code in codes]
    x = element("x", {"xmlns": MUC_USER}, element("item", given), *statuses, *more)
    head = {
        "xmlns": CLIENT,
        "from": room(resource, conversation, nick),
        "to": str(resource.jid),
        "type": None if role in _ROLES else "unavailable",
    }
    return element("presence", head, x)


def subject(resource: Resource, conversation: str, title: str, nick: str = "") -> str:
    frm = room(resource, conversation, nick)
    given = {"xmlns": CLIENT, "type": "groupchat", "from": frm, "to": str(resource.jid)}
    return element("message", given, content.subject(title))


def invitation(resource: Resource, conversation: str, by: str) -> str:
    """7.8.2: somebody was made a member by another."""
    invite = element("invite", {"from": person(resource, by)})
    x = element("x", {"xmlns": MUC_USER}, invite)
    given = {"xmlns": CLIENT, "from": room(resource, conversation), "to": str(resource.jid)}
    return element(
        "message", given, x, element("x", {"xmlns": "jabber:x:conference", "jid": attribute(given["from"])})
    )


def left(resource: Resource) -> None:
    """The stream is over."""
    for conversation in tuple(resource.joined):
        _go_out(resource, conversation)


def returned(resource: Resource) -> Steps:
    """A stream was resumed: who is in its rooms may be others by now."""
    for conversation in resource.joined:
        resource.context.rooms.enter(conversation)
    for conversation in tuple(resource.joined):
        try:
            members = yield from members_of(conversation)
        except Problem:  # out of it meanwhile
            leave(resource, conversation, ["321"])
            continue
        for row in members:
            _learn(resource, conversation, row)
            if row["id"] != resource.user and row["status"] != "offline":
                resource.say(occupant(resource, conversation, row["nick"], row["role"]))


def recalled(resource: Resource, conversation: str, ref: int, seq: int) -> None:
    """This client had a message taken back by an iq: the room tells it, too."""
    if conversation in resource.joined:
        said = Said(conversation, seq, Kind.RECALL, ref=ref)
        inside = content.children(said, direct=False) or ""
        to = attribute(str(resource.jid))
        mark = Mark(conversation, seq, 0, resource.user, resource.nick)
        resource.tell(mark, resource.context.wire.groupchat(said, resource.nick, inside, to))
