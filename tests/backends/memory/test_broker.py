"""Bad weather in the hub: hints that are lost, repeated or late, as tests of the engine order them."""

import asyncio
from collections.abc import Iterable

from teahouse.backends.memory.broker import MemoryHub
from teahouse.ports.broker import Hint


def hint(number: int) -> Hint:
    return Hint(str(number), "c")


async def heard_in(fates: dict[str, list[float]], seconds: float) -> list[str]:
    """What arrives of four hints in so many seconds."""
    hub = MemoryHub()
    heard: list[str] = []
    one, two = hub.broker("one"), hub.broker("two")
    two.subscribe("c")
    two.listen(lambda hint: heard.append(hint.node), lambda: None)

    def fate(hint: Hint, node: str) -> Iterable[float]:
        assert node == "two"
        return fates.get(hint.node, [0.0])

    hub.fate = fate
    one.publish([hint(1), hint(2), hint(3)])
    one.publish([hint(4)])
    await asyncio.sleep(seconds)
    return heard


async def test_lost() -> None:
    assert await heard_in({"2": []}, 0.01) == ["1", "3", "4"]


async def test_repeated() -> None:
    assert await heard_in({"2": [0.0, 0.0]}, 0.01) == ["1", "2", "2", "3", "4"]


async def test_late_hints_keep_their_order() -> None:
    """One that is late holds up those behind it."""
    late = {"2": [0.03]}
    assert await heard_in(late, 0.01) == ["1"]
    assert await heard_in(late, 0.08) == ["1", "2", "3", "4"]


async def test_alone() -> None:
    hub = MemoryHub()
    one = hub.broker("one")
    assert not one.shared
    hub.broker("two")
    assert one.shared
    hub.leave("two")
    assert not one.shared
