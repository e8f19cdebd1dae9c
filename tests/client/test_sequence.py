"""Entries are handed on in order and once, whatever the order and number in which they come."""

from hypothesis import given
from hypothesis import strategies as st

from teahouse.client.messages import LogEvent
from teahouse.client.sequence import Sequence
from teahouse.model.people import Person

BOB = Person("u2", "bob")


def entry(seq: int) -> LogEvent:
    return LogEvent(ev="message", conversation="c", seq=seq, sender=BOB, at=seq)


class Heard:
    """A sequence, what it delivered, and how often it asked for repair."""

    def __init__(self) -> None:
        self.seqs: list[int] = []
        self.repairs = 0
        self.sequence = Sequence(lambda event: self.seqs.append(event.seq), self._repair)

    def _repair(self, _conversation: str) -> None:
        self.repairs += 1

    def come(self, *seqs: int) -> None:
        for seq in seqs:
            self.sequence.entry(entry(seq))

    def fill(self, *seqs: int, more: bool = False) -> bool:
        return self.sequence.fill("c", [entry(seq) for seq in seqs], more)


def test_in_order_without_gap() -> None:
    heard = Heard()
    heard.come(5, 6, 7)
    assert heard.seqs == [5, 6, 7]
    assert heard.repairs == 0
    assert heard.sequence.cursors == {"c": 7}


def test_what_comes_twice_is_handed_on_once() -> None:
    heard = Heard()
    heard.come(5, 6, 6, 5, 7)
    assert heard.seqs == [5, 6, 7]


def test_after_a_gap_nothing_is_shown_until_it_is_filled() -> None:
    heard = Heard()
    heard.come(1, 4, 5)
    assert (heard.seqs, heard.repairs) == ([1], 1)
    assert heard.fill(2, 3, 4, more=True)
    assert heard.seqs == [1, 2, 3, 4, 5]
    heard.come(6)
    assert heard.seqs[-1] == 6


def test_a_gap_longer_than_a_page() -> None:
    heard = Heard()
    heard.come(1, 7)
    assert not heard.fill(2, 3, more=True)
    assert not heard.fill(4, 5, more=True)
    assert heard.fill(6, more=True)
    assert heard.seqs == [1, 2, 3, 4, 5, 6, 7]
    assert heard.repairs == 1


def test_what_history_does_not_give_is_not_waited_for() -> None:
    heard = Heard()
    heard.come(1, 10, 12)
    assert heard.fill(8)
    assert heard.seqs == [1, 8, 10, 12]


def test_a_second_gap_behind_the_first() -> None:
    heard = Heard()
    heard.come(1, 3, 5)
    assert not heard.fill(2, more=True)
    assert heard.seqs == [1, 2, 3]
    assert heard.fill(4, 5)
    assert heard.seqs == [1, 2, 3, 4, 5]


def test_own_entries_count_but_are_not_handed_on() -> None:
    heard = Heard()
    heard.come(1)
    heard.sequence.own("c", 2)
    heard.come(3)
    assert (heard.seqs, heard.repairs) == ([1, 3], 0)


def test_an_own_entry_may_show_a_gap() -> None:
    heard = Heard()
    heard.come(1)
    heard.sequence.own("c", 3)
    assert heard.repairs == 1
    assert heard.fill(2, 3)
    assert heard.seqs == [1, 2]


def test_an_own_entry_from_before_the_start_changes_nothing() -> None:
    heard = Heard()
    heard.sequence.start({"c": 10})
    heard.sequence.own("c", 3)
    assert heard.sequence.cursors == {"c": 10}
    heard.come(11)
    assert (heard.seqs, heard.repairs) == ([11], 0)


def test_an_entry_on_its_way_when_we_asked_where_we_are() -> None:
    heard = Heard()
    heard.sequence.start({"c": 10})
    heard.come(10, 11)
    assert heard.seqs == [10, 11]


def test_lost_entries_are_fetched_before_new_ones_are_shown() -> None:
    heard = Heard()
    heard.come(1)
    heard.sequence.lost("c", 1)
    heard.come(4)
    assert (heard.seqs, heard.repairs) == ([1], 1)
    assert heard.fill(2, 3, 4)
    assert heard.seqs == [1, 2, 3, 4]


def test_lost_in_a_conversation_never_heard_of() -> None:
    heard = Heard()
    heard.sequence.lost("c", 7)
    assert heard.sequence.cursors == {"c": 7}
    assert heard.fill(8)
    assert heard.seqs == [8]


def test_a_new_connection_starts_from_the_cursors() -> None:
    heard = Heard()
    heard.come(1, 3)
    heard.sequence.reset()
    assert heard.sequence.cursors == {"c": 1}
    assert heard.fill(2)  # an answer nobody waits for any more
    heard.come(2, 3)
    assert heard.seqs == [1, 2, 3]


@given(st.data())
def test_any_order_any_losses(data: st.DataObject) -> None:
    """From some point on live, with losses, repetitions and pages of history in between: all of it, in order."""
    last = data.draw(st.integers(1, 15))
    page = data.draw(st.integers(1, 4))
    live = data.draw(st.lists(st.integers(1, last), max_size=40))
    heard = Heard()
    heard.come(1)
    for seq in live:
        heard.come(seq)
        if data.draw(st.booleans()):
            after = heard.sequence.cursors["c"]
            rest = range(after + 1, last + 1)
            heard.fill(*rest[:page], more=len(rest) > page)
    heard.sequence.lost("c", 0)
    closed = False
    while not closed:
        rest = range(heard.sequence.cursors["c"] + 1, last + 1)
        closed = heard.fill(*rest[:page], more=len(rest) > page)
    assert heard.seqs == list(range(1, last + 1))
