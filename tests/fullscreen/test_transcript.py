"""The transcript: pages and events in any order give the same picture, and telling something twice changes nothing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from teahouse.client import LogEvent
from teahouse.client.outbox import Outgoing
from teahouse.fullscreen import transcript as module
from teahouse.fullscreen.transcript import Transcript, reacted
from teahouse.model.events import Stream
from teahouse.model.people import Person
from teahouse.model.results import Quote, Reacted, Sent

ALICE, BOB = Person("u1", "alice"), Person("u2", "bob")


def entry(seq: int, ev: str = "message", sender: Person = BOB, **more: Any) -> LogEvent:
    body = more.pop("body", {"type": "text", "text": f"m{seq}"} if ev == "message" else {})
    return LogEvent(ev=ev, conversation="c", seq=seq, sender=sender, at=1000 + seq, body=body, **more)


def texts(transcript: Transcript) -> list[str]:
    found = []
    for line in transcript.lines():
        if line.outgoing is not None:
            found.append(f"({line.outgoing.text})")
        elif line.entry is not None:
            found.append("-" if line.entry.recalled else line.entry.text)
    return found


def made(*entries: LogEvent, more: bool = False) -> Transcript:
    transcript = Transcript("c", ALICE)
    transcript.page(entries, more)
    return transcript


def test_pages_go_before_and_events_after() -> None:
    transcript = made(entry(5), entry(6), more=True)
    transcript.event(entry(7))
    transcript.page([entry(3), entry(4)], more=False)
    assert texts(transcript) == ["m3", "m4", "m5", "m6", "m7"]
    assert (transcript.first, transcript.last, transcript.more) == (3, 7, False)


def test_an_event_that_comes_before_its_page() -> None:
    transcript = Transcript("c", ALICE)
    transcript.event(entry(3))
    transcript.page([entry(1), entry(2), entry(3)], more=False)
    assert texts(transcript) == ["m1", "m2", "m3"]
    assert transcript.first == 1


def test_changes() -> None:
    transcript = made(entry(1), entry(2))
    versions = {line.key: line.version for line in transcript.lines()}
    transcript.event(entry(3, "edit", ref=1, body={"type": "text", "text": "new"}))
    transcript.event(entry(4, "reaction", ALICE, ref=2, emoji="🍵"))
    transcript.event(entry(5, "pin", ref=2))
    assert texts(transcript) == ["new", "m2"]
    second = transcript.entry(2)
    assert second is not None and second.pinned
    assert second.reactions == (Reacted("🍵", 1, ("u1",)),)
    assert all(line.version > versions[line.key] for line in transcript.lines())
    transcript.event(entry(6, "recall", ref=1))
    assert texts(transcript) == ["-", "m2"]
    transcript.event(entry(7, "edit", ref=1, body={"type": "text", "text": "zombie"}))
    assert texts(transcript) == ["-", "m2"]


def test_an_older_edit_does_not_undo_a_newer_one() -> None:
    transcript = made(entry(1))
    transcript.event(entry(5, "edit", ref=1, body={"type": "text", "text": "newer"}))
    transcript.event(entry(3, "edit", ref=1, body={"type": "text", "text": "older"}))
    assert texts(transcript) == ["newer"]


@given(st.lists(st.tuples(st.sampled_from(["u1", "u2", "u3"]), st.booleans()), max_size=12))
def test_reactions_said_twice_are_the_same(changes: list[tuple[str, bool]]) -> None:
    once: tuple[Reacted, ...] = ()
    twice: tuple[Reacted, ...] = ()
    present: set[str] = set()
    for seq, (user, on) in enumerate(changes, 1):
        event = entry(seq, "reaction", Person(user, user), emoji="👍", on=on, ref=1)
        once = reacted(once, event)
        twice = reacted(reacted(twice, event), event)
        (present.add if on else present.discard)(user)
    assert once == twice
    assert set(once[0].users if once else ()) == present
    assert (once[0].count if once else 0) == len(present)


def test_an_outgoing_message_gets_its_place() -> None:
    transcript = made(entry(1))
    outgoing = Outgoing("c", "mine", {"reply_to": 1})
    transcript.put(outgoing)
    assert texts(transcript) == ["m1", "(mine)"]
    transcript.event(entry(3))
    outgoing.sent = Sent("c", 2, "c.2", 1500)
    transcript.answered(outgoing)
    assert texts(transcript) == ["m1", "mine", "m3"]
    transcript.answered(outgoing)
    assert texts(transcript) == ["m1", "mine", "m3"]
    stored = transcript.entry(2)
    assert stored is not None and stored.reply_to == 1 and transcript.last_own() == stored


def test_an_outgoing_message_that_comes_back_as_an_entry_first() -> None:
    """The connection was lost after it was stored and before the answer."""
    transcript = made(entry(1))
    outgoing = Outgoing("c", "mine", {})
    transcript.put(outgoing)
    transcript.page([entry(2, sender=ALICE, cid=outgoing.cid)], more=False)
    outgoing.sent = Sent("c", 2, "c.2", 1500, duplicate=True)
    transcript.answered(outgoing)
    assert texts(transcript) == ["m1", "m2"]


def test_quotes_are_as_the_message_is_now() -> None:
    transcript = made(entry(1), entry(2, reply_to=1))
    told = Quote(1, BOB, "text", "as told")
    assert transcript.quote(1, told) == Quote(1, BOB, "text", "m1")
    assert transcript.quote(99, told) == told
    transcript.event(entry(3, "recall", ref=1))
    assert transcript.quote(1, told) == Quote(1, BOB, "", "", True)


def test_where_the_unread_begins() -> None:
    transcript = made(entry(1), entry(2, sender=ALICE), entry(3, "reaction", ref=1), entry(4), entry(5))
    assert transcript.first_unread() == 0
    transcript.unread_from, transcript.unread_until = 1, 5
    assert transcript.first_unread() == 4
    transcript.unread_until = 3
    assert transcript.first_unread() == 0


def test_the_unread_that_is_not_loaded_yet() -> None:
    transcript = made(entry(8), entry(9), more=True)
    transcript.unread_from, transcript.unread_until = 3, 9
    assert transcript.first_unread() == 0
    transcript.page([entry(n) for n in range(2, 8)], more=True)
    assert transcript.first_unread() == 4


def test_hidden_and_cleared() -> None:
    transcript = made(*(entry(n) for n in range(1, 6)))
    transcript.hide([2])
    assert texts(transcript) == ["m1", "m3", "m4", "m5"]
    transcript.clear(3)
    assert texts(transcript) == ["m4", "m5"]


def test_streams_grow_and_end() -> None:
    def grown(start: int, text: str, ended: bool = False) -> Stream:
        return Stream("c", "w1", BOB, "text", start, text, ended=ended)

    transcript = made()
    transcript.stream(grown(0, "Tea "))
    transcript.stream(grown(4, "is"))
    assert texts(transcript) == ["Tea is"]
    transcript.stream(grown(9, "lost a piece"))
    assert texts(transcript) == []
    transcript.stream(grown(0, "x"))
    transcript.stream(grown(1, "", ended=True))
    assert texts(transcript) == []


def test_a_busy_night_costs_no_memory(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "LOADED", 10)
    transcript = made(entry(1))
    for seq in range(2, 100):
        transcript.event(entry(seq))
        transcript.trim()
    assert len(texts(transcript)) <= 20
    assert transcript.more and transcript.first > 70
    assert texts(transcript)[-1] == "m99"


@given(st.permutations([entry(n) for n in range(1, 9)]))
def test_whatever_the_order_all_stand_in_theirs(entries: list[LogEvent]) -> None:
    transcript = made()
    for one in entries:
        transcript.event(one)
        transcript.event(one)
    assert texts(transcript) == [f"m{n}" for n in range(1, 9)]
