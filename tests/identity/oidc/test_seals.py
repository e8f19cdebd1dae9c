import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.identity.oidc import seals
from teahouse.identity.oidc.seals import Seals


def test_what_is_sealed_opens_for_a_while() -> None:
    clock = ManualClock()
    made = Seals(60, clock)
    sealed = made.seal({"a": 1})
    assert "=" not in sealed
    assert made.open(sealed, dict) == {"a": 1}
    assert made.open(sealed, list) is None
    assert Seals(60, clock).open(sealed, dict) is None
    clock.advance(61)
    assert made.open(sealed, dict) is None


def test_what_was_spent_does_not_open_however_it_is_written() -> None:
    """Base64 passes over what is not of its alphabet, padding included."""
    made = Seals(60, ManualClock())
    sealed = made.seal("x" * 10)
    other_ways = [
        sealed,
        sealed + "=",
        sealed + "==",
        sealed[:9] + "!!!!" + sealed[9:],
        "\n" + sealed,
        sealed + ".",
    ]
    made.spend(sealed)
    assert [made.open(text, str) for text in other_ways] == [None] * len(other_ways)


def test_every_change_breaks_it() -> None:
    made = Seals(60, ManualClock())
    sealed = made.seal("secret")
    for place in range(len(sealed) - 1):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        assert made.open(changed, str) is None


def test_garbage_is_nothing() -> None:
    made = Seals(60, ManualClock())
    for text in ("", "x", "é", "\ud800", "a" * 5000, "=" * 8):
        assert made.open(text, str) is None
        made.spend(text)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the newest are kept."""
    monkeypatch.setattr(seals, "_MOST", 10)
    made = Seals(60, ManualClock())
    sealed = [made.seal(number) for number in range(30)]
    for one in sealed:
        made.spend(one)
    assert len(made._spent) == 10
    assert made.open(sealed[-1], int) is None
