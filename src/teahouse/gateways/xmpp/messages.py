"""Messages of the client: what is said, and what is said of it afterwards (edits, recalls, reactions, receipts).

Rule: a group repeats to the sender what it tells others (XEP-0045, 7.4), in the place of the engine's answer. Called by
talk.py.
"""

from collections.abc import Generator
from hashlib import blake2b
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import upload
from teahouse.gateways.xmpp.resource import Asking, Resource, Steps
from teahouse.gateways.xmpp.stanzas import is_room, recipient, room
from teahouse.model.commands import (
    Command,
    Delivered,
    Edit,
    History,
    Invite,
    React,
    Read,
    Recall,
    Send,
    Typing,
    Update,
)
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import parse_message_id
from teahouse.wire.xmpp import content
from teahouse.wire.xmpp.content import Said
from teahouse.wire.xmpp.frames import Mark, is_direct
from teahouse.wire.xmpp.jid import Jid, parse
from teahouse.wire.xmpp.markup import attribute
from teahouse.wire.xmpp.names import (
    CHAT_STATES,
    CLIENT,
    CORRECT,
    FALLBACK,
    MARKERS,
    MUC_USER,
    REACTIONS,
    RECEIPTS,
    REPLY,
    RETRACT,
    SID,
)

_LOOKED_THROUGH = 200
"""Entries in which a message is looked for by what its sender called it."""

_TYPING = {"composing": True, "paused": False, "active": False, "inactive": False, "gone": False}


class Place(NamedTuple):
    """Where a message goes: what the engine calls it, and the id of the conversation, if that is known."""

    to: str
    conversation: str
    group: bool


Found = Generator[Command, Any, tuple[str, int]]


def take(resource: Resource, stanza: Element) -> Steps:
    kind = stanza.get("type", "normal")
    if kind in ("error", "headline"):
        return
    to = recipient(resource, stanza)
    if (invitation := stanza.find(f"{{{MUC_USER}}}x/{{{MUC_USER}}}invite")) is not None and is_room(
        resource, to
    ):
        invited = parse(invitation.get("to", ""))
        yield Invite(conversation=to.local, user=f"@{invited.local}")
        return
    place = _place(resource, to, kind == "groupchat")
    subject, body = stanza.find(f"{{{CLIENT}}}subject"), _body(stanza)
    if subject is not None and body is None and place.group:
        yield Update(conversation=place.conversation, title=(subject.text or "")[:200])
    elif (found := stanza.find(f"{{{RETRACT}}}retract")) is not None:
        yield from _retract(resource, stanza, place, found)
    elif (found := stanza.find(f"{{{CORRECT}}}replace")) is not None and body is not None:
        yield from _correct(resource, stanza, place, body)
    elif (found := stanza.find(f"{{{REACTIONS}}}reactions")) is not None:
        yield from _react(resource, stanza, place, found)
    elif body is not None:
        yield from _send(resource, stanza, place, body)
    else:
        yield from _signal(resource, stanza, place)


def _place(resource: Resource, to: Jid, groupchat: bool) -> Place:
    if not is_room(resource, to):
        if groupchat or not to.local:
            raise Problem(Code.NOT_FOUND, "nobody is addressed so")
        return Place(f"@{to.local}", _direct_with(resource, to.local), False)
    if not groupchat:  # to an occupant, in private (XEP-0045, 7.5)
        if not to.resource:
            raise Problem(Code.BAD_REQUEST, "a group is spoken to by messages of type groupchat")
        return Place(f"@{to.resource}", _direct_with(resource, to.resource.casefold()), False)
    if to.local not in resource.joined:
        raise Problem(Code.FORBIDDEN, "enter the room first")
    return Place(to.local, to.local, True)


def _direct_with(resource: Resource, nick: str) -> str:
    return next((conversation for conversation, peer in resource.peers.items() if peer == nick), "")


def _body(stanza: Element) -> str | None:
    """The words; without what they repeat for clients that do not know a reply (XEP-0461, 3.1)."""
    found = stanza.find(f"{{{CLIENT}}}body")
    if found is None or not found.text:
        return None
    body = found.text
    for fallback in stanza.findall(f"{{{FALLBACK}}}fallback"):
        cut = fallback.find(f"{{{FALLBACK}}}body")
        if fallback.get("for") != REPLY or cut is None:
            continue
        start, end = cut.get("start", ""), cut.get("end", "")
        if start.isdigit() and end.isdigit() and int(start) <= int(end) <= len(body):
            return body[: int(start)] + body[int(end) :] or body
    return body


# --- what is said ---


def _send(resource: Resource, stanza: Element, place: Place, body: str) -> Steps:
    cid = _cid(resource, stanza)
    reply = stanza.find(f"{{{REPLY}}}reply")
    about = None
    if reply is not None and reply.get("id"):
        _, about = yield from _resolve(resource, place, reply.get("id", ""))
    sent = yield from _post(resource, place, body, cid, about)
    conversation, seq = sent["conversation"], sent["seq"]
    if is_direct(conversation):
        resource.peers.setdefault(conversation, place.to[1:].casefold())
    _reflect(
        resource, stanza, place, Said(conversation, seq, Kind.MESSAGE, {"text": body}, about or 0), sent["at"]
    )


def _post(resource: Resource, place: Place, said: str, cid: str | None, about: int | None) -> Asking[Any]:
    """The words, or the file that they are the address of."""
    for body in upload.carried(resource.context, said):
        try:
            return (yield Send(to=place.to, body=body, cid=cid, reply_to=about))
        except Problem as problem:  # it is no picture; or not theirs to pass on
            if problem.code not in (Code.BAD_REQUEST, Code.NOT_FOUND):
                raise
    return (yield Send(to=place.to, text=said, cid=cid, reply_to=about))


def _cid(resource: Resource, stanza: Element) -> str | None:
    """What makes a send that is repeated the same: the origin-id; else, on a stream that may be resumed, its place in
    it, which is the same when it is sent again there."""
    origin = stanza.find(f"{{{SID}}}origin-id")
    given = "" if origin is None else origin.get("id", "")
    if not given and resource.ledger is not None and resource.ledger.stream:
        given = f"{resource.ledger.stream}:{resource.current}:{stanza.get('id', '')}"
    elif len(given) <= 64:
        return given or None
    return blake2b(given.encode("utf-8", "replace"), digest_size=24).hexdigest()


def _reflect(resource: Resource, stanza: Element, place: Place, said: Said, at: int = 0) -> None:
    """What a group tells the sender. In a direct conversation there is nothing to tell, but the id is remembered."""
    id_ = stanza.get("id", "")
    if said.kind == Kind.MESSAGE:
        resource.remember(id_, said.conversation, said.seq)
        origin = stanza.find(f"{{{SID}}}origin-id")
        if origin is not None:
            resource.remember(origin.get("id", ""), said.conversation, said.seq)
            said = Said(said.conversation, said.seq, said.kind, said.body, said.ref, cid=origin.get("id", ""))
    if not place.group or place.conversation not in resource.joined:
        return
    inside = content.children(said, direct=False) or ""
    by = attribute(room(resource, said.conversation))
    frm = attribute(room(resource, said.conversation, resource.nick))
    resource.tell(
        Mark(said.conversation, said.seq, at, resource.user, resource.nick),
        f"<message xmlns='{CLIENT}' type='groupchat' from='{frm}' to='{attribute(str(resource.jid))}' "
        f"id='{attribute(id_ or said.id)}'>{inside}{content.identity(said, by, False)}</message>",
    )


# --- what is said of it ---


def _resolve(resource: Resource, place: Place, id_: str) -> Found:
    """Which message an id means: what this client called one of its own, the id of the house, the seq in a group, or
    what another device of the sender's called it."""
    if resource.sent is not None and id_ in resource.sent:
        return resource.sent[id_]
    if place.group and id_.isascii() and id_.isdigit() and len(id_) < 16:
        return place.conversation, int(id_)
    try:
        conversation, seq = parse_message_id(id_)
    except Problem:
        conversation, seq = "", 0
    if conversation == place.conversation or (is_direct(conversation) and not place.group):
        return conversation, seq
    if place.conversation:
        page = yield History(conversation=place.conversation, limit=_LOOKED_THROUGH)
        for entry in page["entries"]:
            if entry.get("cid") == id_ and entry["ev"] == Kind.MESSAGE:
                return place.conversation, entry["seq"]
    raise Problem(Code.NOT_FOUND, "this message is not known here")


def _retract(resource: Resource, stanza: Element, place: Place, retract: Element) -> Steps:
    conversation, seq = yield from _resolve(resource, place, retract.get("id", ""))
    done = yield Recall(conversation=conversation, seq=seq)
    _reflect(resource, stanza, place, Said(conversation, done["seq"], Kind.RECALL, ref=seq))


def _correct(resource: Resource, stanza: Element, place: Place, body: str) -> Steps:
    replaced = stanza.find(f"{{{CORRECT}}}replace")
    assert replaced is not None
    conversation, seq = yield from _resolve(resource, place, replaced.get("id", ""))
    done = yield Edit(conversation=conversation, seq=seq, text=body)
    resource.remember(stanza.get("id", ""), conversation, seq)  # clients may correct the correction
    _reflect(resource, stanza, place, Said(conversation, done["seq"], Kind.EDIT, {"text": body}, seq))


def _react(resource: Resource, stanza: Element, place: Place, reactions: Element) -> Steps:
    """All reactions of the sender to a message are given (XEP-0444, 2); the house takes one at a time."""
    conversation, seq = yield from _resolve(resource, place, reactions.get("id", ""))
    found = reactions.findall(f"{{{REACTIONS}}}reaction")
    wanted = list(dict.fromkeys(emoji.text.strip() for emoji in found if emoji.text and emoji.text.strip()))
    if any(len(emoji) > 32 for emoji in wanted):
        raise Problem(Code.BAD_REQUEST, "a reaction is one emoji")
    page = yield History(conversation=conversation, after=seq - 1, limit=1)
    given = page["entries"][0].get("reactions", ()) if page["entries"] else ()
    there = {one["emoji"] for one in given if resource.user in one["users"]}
    last = 0
    for emoji in [*(emoji for emoji in there if emoji not in wanted), *wanted]:
        if (emoji in wanted) != (emoji in there):
            done = yield React(conversation=conversation, seq=seq, emoji=emoji, on=emoji in wanted)
            last = done["seq"]
    if last:
        said = Said(conversation, last, Kind.REACTION, ref=seq, emojis=tuple(wanted))
        _reflect(resource, stanza, place, said)


def _signal(resource: Resource, stanza: Element, place: Place) -> Steps:
    """Receipts, markers and typing: nothing that is said."""
    for name, namespace in (("received", RECEIPTS), ("received", MARKERS), ("displayed", MARKERS)):
        found = stanza.find(f"{{{namespace}}}{name}")
        if found is None:
            continue
        conversation, seq = yield from _resolve(resource, place, found.get("id", ""))
        if name == "received":
            yield Delivered(conversation=conversation, seq=seq)
        else:
            yield Read(conversation=conversation, seq=seq)
        return
    for child in stanza:
        namespace, _, name = child.tag[1:].rpartition("}")
        if namespace == CHAT_STATES and name in _TYPING and place.conversation:
            resource.do(Typing(conversation=place.conversation, on=_TYPING[name]))
