from teahouse.gateways.mqtt.doubt import settled_cid
from teahouse.gateways.mqtt.incoming import fresh_cid, mark_of
from teahouse.model.entries import Entry, Kind
from teahouse.model.results import View
from teahouse.wire.mqtt.packets import Publish

CHAT = "chat/global"


def mark(payload: bytes, identifier: int = 1, client: str = "c") -> str:
    return mark_of(client, Publish(CHAT, payload, 1, identifier))


def view(cid: str | None, sender: str = "u1") -> View:
    return View(Entry("lobby", 1, Kind.MESSAGE, sender, "n", 0, b"{}", cid))


def settled(views: list[View], wanted: str, most: int = 10) -> str:
    return settled_cid(views, "u1", "c", wanted, most)


def test_what_was_stored_is_found() -> None:
    cid = fresh_cid(mark(b"hi"))
    assert len(cid) <= 64
    assert settled([view(None), view(cid), view(fresh_cid(mark(b"ho")))], mark(b"hi")) == cid


def test_what_was_not_stored_is_new() -> None:
    others = [fresh_cid(m) for m in (mark(b"hi", 2), mark(b"ho"), mark(b"hi", client="d"))]
    found = settled([view(cid) for cid in others], mark(b"hi"))
    assert found.startswith(mark(b"hi"))
    assert found not in others
    cid = fresh_cid(mark(b"hi"))
    assert settled([view(cid, sender="u2")], mark(b"hi")) != cid


def test_what_cannot_be_in_doubt_any_more_is_another_message() -> None:
    cid = fresh_cid(mark(b"hi"))
    later = [view(fresh_cid(mark(str(n).encode()))) for n in range(3)]
    assert settled([view(cid), *later], mark(b"hi"), most=4) == cid
    assert settled([view(cid), *later], mark(b"hi"), most=3) != cid
