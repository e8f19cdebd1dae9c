"""The ledger against a plain account: whatever is lost, doubled or moved, it says how much."""

from hypothesis import given
from hypothesis import strategies as st

from teahouse.ops.load.ledger import Ledger

HEAD = 12
SEQS = st.lists(st.integers(1, HEAD), max_size=30)


def started() -> Ledger:
    ledger = Ledger()
    ledger.start(0)
    return ledger


def test_before_the_start_everything_is_taken() -> None:
    ledger = Ledger()
    assert ledger.lacks(5) == 1
    for seq in (9, 3, 3, 5):
        ledger.events(seq, seq + 1)
    assert ledger.lacks(9) == 0
    ledger.start(9)
    assert (ledger.duplicated, ledger.disordered, ledger.lacks(9), ledger.lacks(11)) == (0, 0, 0, 2)


@given(SEQS)
def test_events_in_any_order(seqs: list[int]) -> None:
    ledger = started()
    for seq in seqs:
        ledger.events(seq, seq + 1)
    highest = 0
    late = 0
    seen: set[int] = set()
    for seq in seqs:
        late += seq not in seen and seq < highest
        seen.add(seq)
        highest = max(highest, seq)
    assert ledger.duplicated == len(seqs) - len(seen)
    assert ledger.disordered == late
    assert ledger.lacks(HEAD) == HEAD - len(seen)


@given(st.data())
def test_own_sends_fill_their_places_whenever_they_are_answered(data: st.DataObject) -> None:
    own = data.draw(st.sets(st.integers(1, HEAD)))
    events = [seq for seq in range(1, HEAD + 1) if seq not in own]
    when = data.draw(st.lists(st.integers(0, len(events)), min_size=len(own), max_size=len(own)))
    ledger = started()
    answers = sorted(zip(when, own, strict=True))
    for n in range(len(events) + 1):
        for _, seq in (answer for answer in answers if answer[0] == n):
            ledger.own(seq)
        if n < len(events):
            ledger.events(events[n], events[n] + 1)
    assert (ledger.duplicated, ledger.disordered, ledger.lacks(HEAD)) == (0, 0, 0)
    assert ledger.next == HEAD + 1


@given(st.lists(st.integers(1, 4), min_size=1))
def test_pieces_count_like_single_events(sizes: list[int]) -> None:
    whole, single = started(), started()
    seq = 1
    for size in sizes:
        whole.events(seq, seq + size)
        for one in range(seq, seq + size):
            single.events(one, one + 1)
        seq += size
    assert whole.next == single.next == seq


def test_a_send_that_is_answered_and_comes_as_an_event_is_doubled() -> None:
    for order in ("event first", "answer first", "answer early"):
        ledger = started()
        if order == "event first":
            ledger.events(1, 2)
            ledger.own(1)
        elif order == "answer first":
            ledger.own(1)
            ledger.events(1, 2)
        else:
            ledger.own(2)
            ledger.events(2, 3)
        assert ledger.duplicated == 1, order
