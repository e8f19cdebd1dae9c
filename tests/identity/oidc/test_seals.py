import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemorySpent
from teahouse.identity.oidc.seals import Seals

KEY = b"k" * 32


def seals(clock: ManualClock | None = None, key: bytes = KEY, purpose: str = "test") -> Seals:
    return Seals(key, purpose, 60, MemorySpent(MemoryStore()), clock or ManualClock())


def test_what_is_sealed_is_read_for_a_while() -> None:
    clock = ManualClock()
    made = seals(clock)
    sealed = made.seal({"a": 1})
    assert "=" not in sealed
    assert made.read(sealed, dict) == {"a": 1}
    assert made.read(sealed, list) is None
    assert seals(clock).read(sealed, dict) == {"a": 1}, "another node"
    assert seals(clock, key=b"x" * 32).read(sealed, dict) is None
    assert seals(clock, purpose="other").read(sealed, dict) is None
    clock.advance(61)
    assert made.read(sealed, dict) is None


async def test_what_was_spent_is_spent_however_it_is_written() -> None:
    """Base64 passes over what is not of its alphabet, padding included."""
    made = seals()
    sealed = made.seal("x" * 10)
    other_ways = [
        sealed + "=",
        sealed + "==",
        sealed[:9] + "!!!!" + sealed[9:],
        "\n" + sealed,
        sealed + ".",
    ]
    assert await made.spend(sealed)
    assert [await made.spend(text) for text in (sealed, *other_ways)] == [False] * (1 + len(other_ways))


async def test_it_is_spent_longer_than_it_is_good() -> None:
    clock, store = ManualClock(), MemoryStore()
    made = Seals(KEY, "test", 60, spent := MemorySpent(store), clock)
    sealed = made.seal("x")
    await made.spend(sealed)
    clock.advance(60)
    await spent.forget(clock.now())
    assert made.read(sealed, str) == "x"
    assert not await made.spend(sealed)
    clock.advance(2)
    assert await spent.forget(clock.now()) == 1
    assert made.read(sealed, str) is None


def test_every_change_breaks_it() -> None:
    made = seals()
    sealed = made.seal("secret")
    for place in range(len(sealed) - 1):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        assert made.read(changed, str) is None


@pytest.mark.parametrize("text", ["", "x", "é", "\ud800", "a" * 5000, "=" * 8])
def test_garbage_is_nothing(text: str) -> None:
    assert seals().read(text, str) is None


async def test_what_is_remembered_is_bounded() -> None:
    """And the newest are kept."""
    spent = MemorySpent(MemoryStore(), most=10)
    for number in range(30):
        await spent.spend(b"%d" % number, 0)
    assert not await spent.spend(b"29", 0)
    assert await spent.spend(b"0", 0)
