"""What the engine tells a resource that is no message of a group: direct messages, coming and going, typing, receipts,
presence. Called by resource.py, by way of talk.py.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from teahouse.gateways.xmpp import presences, rooms
from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import bare, person, room
from teahouse.model.commands import Members
from teahouse.model.errors import Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp import content
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.frames import BARE, FULL, Frame, Mark, Sort, is_direct
from teahouse.wire.xmpp.markup import attribute, element, text
from teahouse.wire.xmpp.names import CARBONS, CHAT_STATES, CLIENT, FORWARD, HINTS, MARKERS, RECEIPTS

_MOST_UNKNOWN = 500
"""Messages that wait until it is known whom their conversation is with."""

_MOST_SEEN = 2000
"""Marks of others that are remembered; after that some are told again."""

_GONE = {"left": (), "kicked": ("307",), "banned": ("301",)}
_NO_STORE = element("no-store", {"xmlns": HINTS})


def hear(resource: Resource, frame: Frame) -> None:
    if frame.mark is None:
        event = msgspec.json.decode(frame.payload)
        if (tell := _EVENTS.get(event["ev"])) is not None:
            tell(resource, event)
        return
    resource.context.people.learn(frame.mark.sender, frame.mark.nick)
    if frame.sort is Sort.DIRECT:
        _direct(resource, frame)
    else:
        kind, _, written = frame.payload.partition(b" ")
        told = msgspec.json.decode(written)
        if kind == b"member":
            _member(resource, frame.mark, told)
        elif frame.mark.conversation in resource.joined:
            _settings(resource, frame.mark, told)


# --- direct messages ---


def _direct(resource: Resource, frame: Frame) -> None:
    mark = frame.mark
    assert mark is not None
    if mark.sender != resource.user:
        resource.peers[mark.conversation] = fold_nick(mark.nick)
        resource.tell(mark, _message(mark, person(resource, mark.nick), FULL, frame.payload))
    elif mark.conversation in resource.peers:
        _carbon(resource, frame)
    elif resource.carbons:
        _look_up(resource, frame)


def _message(mark: Mark, frm: str, to: str, inside: bytes) -> str:
    id_ = attribute(f"{mark.conversation}.{mark.seq}")
    return (
        f"<message xmlns='{CLIENT}' type='chat' from='{attribute(frm)}' to='{to}' id='{id_}'>"
        f"{inside.decode()}</message>"
    )


def _carbon(resource: Resource, frame: Frame) -> None:
    """What one said oneself, on another device (XEP-0280, 8)."""
    mark = frame.mark
    if not resource.carbons or mark is None:
        return
    to = attribute(bare(resource, resource.peers[mark.conversation]))
    said = _message(mark, person(resource, resource.nick), to, frame.payload)
    forwarded = element("sent", {"xmlns": CARBONS}, element("forwarded", {"xmlns": FORWARD}, said))
    resource.tell(
        mark, f"<message xmlns='{CLIENT}' type='chat' from='{BARE}' to='{FULL}'>{forwarded}</message>"
    )


def _look_up(resource: Resource, frame: Frame) -> None:
    """Another device began a conversation: whom it is with is asked once, and what was said waits for that."""
    assert frame.mark is not None
    conversation = frame.mark.conversation
    if resource.unknown is None:
        resource.unknown = {}
    waiting = resource.unknown.setdefault(conversation, [])
    waiting.append(frame)
    if len(waiting) == 1:
        resource.run(_find_peer(resource, conversation))
    elif len(waiting) > _MOST_UNKNOWN:
        resource.link.part(StreamError("reset", "too much at once; catch up from the archive"))


def _find_peer(resource: Resource, conversation: str) -> Steps:
    try:
        page = yield Members(conversation=conversation, limit=2)
    except Problem:
        page = {"members": []}
    frames = resource.unknown.pop(conversation, []) if resource.unknown else []
    for row in page["members"]:
        if row["id"] != resource.user or len(page["members"]) == 1:
            resource.context.people.learn(row["id"], row["nick"])
            resource.peers[conversation] = fold_nick(row["nick"])
            for frame in frames:
                _carbon(resource, frame)


# --- coming and going ---


def _member(resource: Resource, mark: Mark, told: dict[str, Any]) -> None:
    """Somebody's place in a group changed."""
    user, change = told["user"], told["change"]
    conversation, nick = mark.conversation, user["nick"]
    resource.context.people.learn(user["id"], nick)
    mine = user["id"] == resource.user
    resource.context.rooms.place(conversation, user["id"], None if change in _GONE else told.get("role", ""))
    if mine and change == "invited":
        resource.tell(mark, rooms.invitation(resource, conversation, mark.nick))
    elif conversation not in resource.joined:
        return
    elif mine and change in _GONE:
        rooms.leave(resource, conversation, _GONE[change])
    elif change in _GONE:
        codes = _GONE[change]
        resource.tell(mark, rooms.occupant(resource, conversation, nick, "none", codes))
    elif change in ("joined", "role"):
        codes = ("110",) if mine else ()
        resource.tell(mark, rooms.occupant(resource, conversation, nick, told.get("role") or "member", codes))


def _settings(resource: Resource, mark: Mark, told: dict[str, Any]) -> None:
    if told.get("dissolved"):
        rooms.leave(resource, mark.conversation, (), element("destroy"))  # XEP-0045, 10.9
    else:
        resource.tell(mark, rooms.subject(resource, mark.conversation, told.get("title", ""), mark.nick))


def _membership(resource: Resource, event: dict[str, Any]) -> None:
    """The same, in a large group, of oneself."""
    mark = Mark(event["conversation"], 0, event["at"], event["by"]["id"], event["by"]["nick"])
    if event["change"] in _GONE and mark.conversation in resource.joined:
        rooms.leave(resource, mark.conversation, _GONE[event["change"]])
    elif event["change"] == "invited":
        resource.say(rooms.invitation(resource, mark.conversation, mark.nick))


# --- events ---


def _presence(resource: Resource, event: dict[str, Any]) -> None:
    user, nick = (
        event["user"],
        event["nick"] if "nick" in event else resource.context.people.nick(event["user"]),
    )
    if not nick or user == resource.user:
        return
    resource.context.people.learn(user, nick)
    if resource.available and not resource.inactive:
        resource.say(presences.of(resource, nick, event["status"], event.get("text", "")))
    if resource.inactive:
        return  # XEP-0352: nobody looks
    here = event["status"] not in ("offline", "invisible")
    for conversation in resource.joined:
        if (role := resource.context.rooms.role(conversation, user)) is not None:
            resource.say(rooms.occupant(resource, conversation, nick, role if here else "none"))


def _typing(resource: Resource, event: dict[str, Any]) -> None:
    nick = resource.context.people.nick(event["user"])
    if nick is None or resource.inactive or event["user"] == resource.user:
        return
    state = element("composing" if event["on"] else "active", {"xmlns": CHAT_STATES})
    _pass_on(resource, event["conversation"], nick, state + _NO_STORE)


def _pass_on(resource: Resource, conversation: str, nick: str, inside: str) -> None:
    """Something that is not stored, from somebody in a conversation."""
    if is_direct(conversation):
        given = {"xmlns": CLIENT, "type": "chat", "from": person(resource, nick)}
    elif conversation in resource.joined:
        given = {"xmlns": CLIENT, "type": "groupchat", "from": room(resource, conversation, nick)}
    else:
        return
    resource.say(element("message", {**given, "to": str(resource.jid)}, inside))


def _ephemeral(resource: Resource, event: dict[str, Any]) -> None:
    """A message that is not stored."""
    said = element("body", None, text(content.words(event["body"])))
    _pass_on(resource, event["conversation"], event["sender"]["nick"], said + _NO_STORE)


def _receipt(resource: Resource, event: dict[str, Any]) -> None:
    """How far somebody has received and read: said of the messages of one's own that this reaches."""
    conversation, user = event["conversation"], event["user"]
    nick = resource.context.people.nick(user)
    if user == resource.user or nick is None or not resource.sent:
        return
    if resource.seen is None or len(resource.seen) > _MOST_SEEN:
        resource.seen = {}
    for name, namespace in (("delivered", RECEIPTS), ("read", MARKERS)):
        key, upto = (conversation, f"{name}:{user}"), event.get(name, 0)
        after = resource.seen.get(key, 0)
        if upto <= after:
            continue
        resource.seen[key] = upto
        ids: dict[int, str] = {}
        for id_, (where, seq) in resource.sent.items():
            if where == conversation and after < seq <= upto:
                ids.setdefault(seq, id_)  # a message's own id comes before those of its corrections
        if not ids:
            continue
        if name == "read":
            shown = element("displayed", {"xmlns": namespace, "id": ids[max(ids)]})
            _pass_on(resource, conversation, nick, shown + content.STORE)
        elif is_direct(conversation):
            for seq in sorted(ids):
                got = element("received", {"xmlns": namespace, "id": ids[seq]})
                _pass_on(resource, conversation, nick, got + content.STORE)


def _notice(resource: Resource, event: dict[str, Any]) -> None:
    given = {
        "xmlns": CLIENT,
        "type": "headline",
        "from": resource.context.options.domain,
        "to": str(resource.jid),
    }
    resource.say(element("message", given, element("body", None, text(event["text"]))))


def _resync(resource: Resource, event: dict[str, Any]) -> None:
    """The client is too far behind to be brought up to date here: it comes back, and reads the archive."""
    if resource.ledger is not None:
        resource.ledger.forget()
    resource.link.part(StreamError("reset", "you are too far behind; catch up from the archive"))


_EVENTS: dict[str, Callable[[Resource, dict[str, Any]], None]] = {
    "presence": _presence,
    "typing": _typing,
    "receipt": _receipt,
    "message": _ephemeral,
    "member": _membership,
    "notice": _notice,
    "resync": _resync,
}
