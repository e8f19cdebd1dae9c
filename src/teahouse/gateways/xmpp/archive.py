"""The archive (XEP-0313): the log, as a client asks for it a page at a time (XEP-0059).

Rule: a room has its log for an archive, and its ids are seqs. One's own archive is all direct conversations together,
in order of time; its ids are `<conversation>.<seq>`. What was edited is shown as it is now, what was recalled as a
tombstone. Called by iqs.py, and by rooms.py for what is shown on entering.
"""

from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from teahouse.gateways.xmpp import roster
from teahouse.gateways.xmpp.resource import Asking, Resource, Steps
from teahouse.gateways.xmpp.stanzas import answer, bare, is_room, person, recipient, room
from teahouse.model.commands import Conversations, History
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import parse_message_id
from teahouse.wire.xmpp import content, forms
from teahouse.wire.xmpp.content import Links, Said
from teahouse.wire.xmpp.forms import Paging
from teahouse.wire.xmpp.frames import is_direct
from teahouse.wire.xmpp.jid import parse
from teahouse.wire.xmpp.markup import attribute, element, moment, stamp
from teahouse.wire.xmpp.names import CLIENT, DATA_FORMS, DELAY, FORWARD, MAM

PAGE = 50
LARGEST_PAGE = 200
_READ = 200
_END = 2**53 - 1

Row = dict[str, Any]
"""An entry as the JSON protocol tells it."""


class Span(Struct):
    """What part of an archive: milliseconds UTC, both ends included."""

    start: int = 0
    end: int = _END


class Page(Struct):
    rows: list[Row]
    complete: bool


def form_of(resource: Resource, iq: Element, _asked: Element) -> None:
    """4.1.5: by what may be filtered."""
    fields = {"with": ("jid-single", ""), "start": ("text-single", ""), "end": ("text-single", "")}
    answer(resource, iq, element("query", {"xmlns": MAM}, forms.form("form", MAM, fields)))


def query(resource: Resource, iq: Element, asked: Element) -> Steps:
    to = recipient(resource, iq)
    given = forms.fields(asked.find(f"{{{DATA_FORMS}}}x"))
    unknown = given.keys() - {"FORM_TYPE", "with", "start", "end"}
    if unknown:
        raise Problem(Code.UNKNOWN_OP, f"there is no filter {min(unknown)[:40]!r} here")
    span, paging = _span(given), forms.paging(asked)
    most = min(PAGE if paging.most is None else paging.most, LARGEST_PAGE)
    if is_room(resource, to):
        by = room(resource, to.local)
        page = yield from _of_one(to.local, span, paging, most)
    else:
        if to.local and to.local != resource.jid.local:
            raise Problem(Code.FORBIDDEN, "an archive is its owner's alone")
        by = str(resource.jid.bare)
        page = yield from _of_account(resource, given.get("with", []), span, paging, most)
    for row in page.rows:
        resource.say(_result(resource, by, asked.get("queryid"), row), lasting=True)
    ids = [_id(row) for row in page.rows]
    fin = {"xmlns": MAM, "complete": "true" if page.complete else None}
    answer(resource, iq, element("fin", fin, forms.page(ids[0], ids[-1]) if ids else forms.page("", "")))


def _span(given: dict[str, list[str]]) -> Span:
    times = {}
    for name in ("start", "end"):
        if given.get(name):
            found = moment(given[name][0])
            if found is None:
                raise Problem(Code.BAD_REQUEST, f"{name} is a time as XEP-0082 writes it")
            times[name] = found
    return Span(**times)


def _id(row: Row) -> str:
    return f"{row['conversation']}.{row['seq']}" if is_direct(row["conversation"]) else str(row["seq"])


# --- one conversation ---


def _of_one(conversation: str, span: Span, paging: Paging, most: int) -> Asking[Page]:
    if is_direct(conversation):
        raise Problem(Code.NOT_FOUND, "this is no room")
    after, before = _seq(conversation, paging.after), _seq(conversation, paging.before)
    return (yield from _read(conversation, span, (after, before), paging.before is not None, most))


def _seq(conversation: str, id_: str | None) -> int:
    if not id_:
        return 0
    if id_.isascii() and id_.isdigit() and len(id_) < 16:
        return int(id_)
    found, seq = parse_message_id(id_)
    if found != conversation:
        raise Problem(Code.NOT_FOUND, "this is not in the archive")
    return seq


def _read(conversation: str, span: Span, bounds: tuple[int, int], back: bool, most: int) -> Asking[Page]:
    """Up to `most` rows that can be told, between the seqs of `bounds` (0: open), the last of them if `back`."""
    after, before = bounds
    if span.start:
        after = max(after, (yield from _seek(conversation, span.start)))
    if span.end < _END:
        upto = yield from _seek(conversation, span.end + 1)
        before = min(before or _END, upto + 1)
    found: list[Row] = []
    more = True
    while more and len(found) <= most:
        if back:
            page = yield History(conversation=conversation, after=after, before=before or None, limit=_READ)
            rows = page["entries"]
            found = [row for row in rows if _is_told(row)] + found
            before = rows[0]["seq"] if rows else 0
        else:
            page = yield History(conversation=conversation, after=after, limit=_READ)
            rows = page["entries"]
            kept = [row for row in rows if not before or row["seq"] < before]
            found += (row for row in kept if _is_told(row))
            after = rows[-1]["seq"] if rows else after
            if len(kept) < len(rows):
                break
        more = page["more"]
    complete = len(found) <= most
    return Page(found[-most:] if back and most else found[:most], complete)


def _is_told(row: Row) -> bool:
    return row["ev"] in (Kind.MESSAGE, Kind.EDIT, Kind.RECALL, Kind.REACTION)


def _seek(conversation: str, time: int) -> Asking[int]:
    """The last seq before a time, found by halving: the log is in order of time."""
    newest = yield History(conversation=conversation, limit=1)
    if not newest["entries"]:
        return 0
    low, high = 0, newest["entries"][-1]["seq"] + 1
    while high - low > 1:
        middle = (low + high) // 2
        page = yield History(conversation=conversation, after=middle - 1, limit=1)
        row = page["entries"][0] if page["entries"] else None
        if row is not None and row["at"] < time:
            low = max(middle, min(row["seq"], high - 1))
        else:
            high = middle
    return low


# --- one's own archive ---


def _of_account(resource: Resource, with_: list[str], span: Span, paging: Paging, most: int) -> Asking[Page]:
    if not with_:
        return (yield from _of_all(span, paging, most))
    jid = parse(with_[0])
    if is_room(resource, jid):
        return (yield from _of_one(jid.local, span, paging, most))
    conversation = _with(resource, jid.local)
    if not conversation:
        yield from roster.people(resource)
        conversation = _with(resource, jid.local)
    if not conversation:
        return Page([], True)
    bounds = _seq(conversation, paging.after), _seq(conversation, paging.before)
    return (yield from _read(conversation, span, bounds, paging.before is not None, most))


def _with(resource: Resource, nick: str) -> str:
    return next((conversation for conversation, peer in resource.peers.items() if peer == nick), "")


def _place(row: Row) -> tuple[int, str, int]:
    return row["at"], row["conversation"], row["seq"]


def _of_all(span: Span, paging: Paging, most: int) -> Asking[Page]:
    """All direct conversations, merged by time. Of each is read as much as could be of this page."""
    back = paging.before is not None
    after = yield from _find(paging.after)
    before = yield from _find(paging.before)
    span = Span(max(span.start, after[0] if after else 0), min(span.end, before[0] if before else _END))
    listed = yield Conversations()
    active = [
        row
        for row in listed["conversations"]
        if row["kind"] == "direct"
        and row["last_message"] is not None
        and row["last_message"]["at"] >= span.start
    ]
    if back and span.end == _END:  # the newest `most` are in the `most` that were spoken in last
        active = sorted(active, key=lambda row: -row["last_message"]["at"])[: most + 1]
    found: list[Row] = []
    complete = True
    for row in active:
        page = yield from _read(row["conversation"], span, (0, 0), back, most + 1)
        complete = complete and page.complete
        found += page.rows
    found = [
        row for row in found if (not after or _place(row) > after) and (not before or _place(row) < before)
    ]
    found.sort(key=_place)
    kept = (found[-most:] if back and most else found[:most]) if most else []
    return Page(kept, complete and len(kept) == len(found))


def _find(id_: str | None) -> Asking[tuple[int, str, int] | None]:
    """Where in the merged archive an id stands."""
    if not id_:
        return None
    conversation, seq = parse_message_id(id_)
    page = yield History(conversation=conversation, after=seq - 1, limit=1)
    if not is_direct(conversation) or not page["entries"]:
        raise Problem(Code.NOT_FOUND, "this is not in the archive")
    return page["entries"][0]["at"], conversation, seq


# --- how it looks ---


def _said(row: Row, links: Links | None) -> Said:
    ref = row.get("reply_to") if row["ev"] == Kind.MESSAGE else row.get("ref")
    emojis = (row["emoji"],) if row.get("emoji") and row.get("on", True) else ()
    return Said(
        row["conversation"],
        row["seq"],
        row["ev"],
        row.get("body", {}),
        ref or 0,
        emojis,
        bool(row.get("recalled")) and row["ev"] == Kind.MESSAGE,
        row.get("cid", ""),
        content.link(row.get("body", {}), links),
    )


def _stanza(resource: Resource, row: Row) -> str:
    """The message as it was."""
    said, nick = _said(row, resource.context.wire.links), row["sender"]["nick"]
    direct = is_direct(said.conversation)
    inside = content.children(said, direct) or ""
    if not direct:
        return resource.context.wire.groupchat(said, nick, inside, to=attribute(str(resource.jid)))
    mine = row["sender"]["id"] == resource.user
    to = bare(resource, resource.peers.get(said.conversation, "")) if mine else str(resource.jid.bare)
    given = {"xmlns": CLIENT, "type": "chat", "from": person(resource, nick), "to": to, "id": said.id}
    by = attribute(str(resource.jid.bare))
    return element("message", given, inside, content.identity(said, by, True))


def _result(resource: Resource, by: str, query_id: str | None, row: Row) -> str:
    delay = element("delay", {"xmlns": DELAY, "stamp": stamp(row["at"])})
    forwarded = element("forwarded", {"xmlns": FORWARD}, delay, _stanza(resource, row))
    result = element("result", {"xmlns": MAM, "queryid": query_id, "id": _id(row)}, forwarded)
    return element("message", {"xmlns": CLIENT, "from": by, "to": str(resource.jid)}, result)


def recent(resource: Resource, conversation: str, asked: Element | None, default: int) -> Steps:
    """What is shown of a room on entering (XEP-0045, 7.2.15)."""
    given = {} if asked is None else asked.attrib
    most = default
    if given.get("maxstanzas", "").isdigit():
        most = min(int(given["maxstanzas"][:6]), LARGEST_PAGE)
    if given.get("maxchars") == "0":
        most = 0
    since = moment(given["since"]) if "since" in given else None
    if not most:
        return
    page = yield from _read(conversation, Span(since or 0), (0, 0), True, most)
    for row in page.rows:
        delay = element(
            "delay", {"xmlns": DELAY, "from": room(resource, conversation), "stamp": stamp(row["at"])}
        )
        resource.say(_stanza(resource, row).removesuffix("</message>") + delay + "</message>")
