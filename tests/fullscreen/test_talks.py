"""The list of conversations, between two answers of the server."""

from typing import Any

from teahouse.client import LogEvent
from teahouse.client.messages import Listed
from teahouse.fullscreen.talks import Marks, People, Talks
from teahouse.model.people import Person

ALICE, BOB = Person("u1", "alice"), Person("u2", "bob")


def said(
    conversation: str = "c", seq: int = 10, sender: Person = BOB, ev: str = "message", **more: Any
) -> LogEvent:
    return LogEvent(ev=ev, conversation=conversation, seq=seq, sender=sender, at=1000 + seq, **more)


def listed(*rows: Listed) -> Talks:
    talks = Talks(ALICE)
    talks.listed(rows)
    return talks


def counts(talks: Talks, conversation: str = "c") -> tuple[int, int]:
    talk = talks.get(conversation)
    assert talk is not None
    return talk.unread, talk.mentions


def test_what_is_not_seen_is_unread() -> None:
    talks = listed(Listed("c", "group", "Tea", last_seq=9))
    talks.event(said(), seen=False)
    talks.event(said(seq=11, mentions=("u1",)), seen=False)
    talks.event(said(seq=12, mentions=("*",)), seen=False)
    assert counts(talks) == (3, 2)
    talks.event(said(seq=12), seen=False)
    assert counts(talks) == (3, 2)
    talks.event(said(seq=13), seen=True)
    assert counts(talks) == (3, 2)


def test_who_writes_has_read() -> None:
    talks = listed(Listed("c", "group", "Tea", last_seq=9, unread=5, mentions=1))
    talks.event(said(sender=ALICE), seen=False)
    assert counts(talks) == (0, 0)
    talks = listed(Listed("c", "group", "Tea", last_seq=9, unread=5))
    talks.sent("c", 10, 1)
    assert counts(talks) == (0, 0)


def test_what_cannot_be_counted_asks_for_the_list() -> None:
    talks = listed(Listed("c", "group", "Tea", last_seq=9))
    assert not talks.stale
    talks.event(said(ev="recall", ref=3), seen=False)
    assert not talks.stale
    talks.event(said(seq=11), seen=False)
    talks.event(said(seq=12, ev="recall", ref=11), seen=False)
    assert talks.stale
    talks.listed([])
    talks.event(said("elsewhere"), seen=False)
    assert talks.stale


def test_pinned_first_then_the_latest() -> None:
    rows = [
        Listed("a", "room", "A", last_message=said("a", 1)),
        Listed("b", "room", "B", last_message=said("b", 5)),
        Listed("c", "room", "C", last_message=said("c", 3), pinned=True),
        Listed("d", "room", "D", archived=True),
    ]
    talks = listed(*rows)
    assert [talk.conversation for talk in talks.shown()] == ["c", "b", "a"]
    assert [talk.conversation for talk in talks.shown("d")] == ["d"]
    talks.event(said("a", 9), seen=True)
    assert [talk.conversation for talk in talks.shown()] == ["c", "a", "b"]


def test_names() -> None:
    rows = [
        Listed("d1", "direct", "bob", peer=BOB),
        Listed("c2", "group", "Bob"),
        Listed("c3", "room", "Open House"),
    ]
    talks = listed(*rows)
    names = {"@bob": "d1", "@BOB": "d1", "open house": "c3", "#Open House": "c3", "c2": "c2"}
    for name, conversation in names.items():
        talk = talks.named(name)
        assert talk is not None and talk.conversation == conversation
    assert talks.named("nowhere") is None


def test_a_title_changes() -> None:
    talks = listed(Listed("c", "group", "Tea"))
    talks.event(said(ev="conversation", title="Green tea", kind="group", join="invite"), seen=True)
    talk = talks.get("c")
    assert talk is not None and talk.title == "Green tea"


def test_who_is_out_asks_for_the_list() -> None:
    talks = listed(Listed("c", "group", "Tea"))
    talks.event(said(ev="member", change="kicked", user=BOB), seen=True)
    assert not talks.stale
    talks.event(said(seq=11, ev="member", change="kicked", user=ALICE), seen=True)
    assert talks.stale


def test_people() -> None:
    people = People()
    people.met(ALICE, BOB)
    people.presence("u2", "away", "robert")
    assert (people.nick("u2"), people.status("u2"), people.status("u1")) == ("robert", "away", "offline")
    assert people.online() == ["u2"]
    assert people.nick("u9") == "?"


def test_marks_only_rise() -> None:
    marks = Marks()
    marks.receipt("c", "u2", 5, 3)
    marks.receipt("c", "u2", 2, 1)
    marks.receipt("c", "u3", 0, 4)
    assert (marks.delivered("c", 4), marks.delivered("c", 5), marks.read("c", 3), marks.read("c", 4)) == (
        2,
        1,
        2,
        1,
    )
    assert marks.read("elsewhere", 1) == 0
