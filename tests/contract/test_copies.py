"""The promises of CommonCopies, by number. What becomes of them without an answer (C4) is tested with Redis itself."""

import asyncio

from teahouse.ports.copies import CommonCopies, Taken
from tests.contract.copies import Commons

LONG_S = 100.0


async def lease(copies: CommonCopies, name: str = "a") -> bytes:
    taken = await copies.take(name)
    assert taken.value is None
    assert taken.lease is not None
    return taken.lease


async def value(copies: CommonCopies, name: str = "a") -> bytes | None:
    return (await copies.take(name)).value


async def test_c1_what_was_put_is_taken_by_all(commons: Commons) -> None:
    one, other = await commons.node(), await commons.node()
    one.put("a", await lease(one), b"\x00v", LONG_S)
    assert await value(one) == await value(other) == b"\x00v"
    assert await value(one, "b") is None


async def test_c1_one_of_many_gets_a_lease(commons: Commons) -> None:
    nodes = [await commons.node() for _ in range(3)]
    taken = await asyncio.gather(*(node.take("a") for node in nodes * 5))
    assert sum(t.lease is not None for t in taken) == 1
    assert all(t.value is None for t in taken)


async def test_c2_a_lease_is_good_for_one_value(commons: Commons) -> None:
    node = await commons.node()
    mine = await lease(node)
    node.put("a", mine, b"1", LONG_S)
    node.put("a", mine, b"2", LONG_S)
    assert await value(node) == b"1"


async def test_c2_nothing_is_put_without_a_lease(commons: Commons) -> None:
    node = await commons.node()
    node.put("a", b"l-made-up", b"1", LONG_S)
    await lease(node)
    node.put("a", b"l-made-up", b"1", LONG_S)
    assert await node.take("a") == Taken()


async def test_c2_what_was_read_before_a_change_is_not_put_after_it(commons: Commons) -> None:
    reader, writer = await commons.node(), await commons.node()
    early = await lease(reader)
    await writer.hold(["a"])
    reader.put("a", early, b"old", LONG_S)
    assert await reader.take("a") == Taken()
    writer.drop(["a"])
    await writer.take("z")  # what was told is done
    late = await lease(reader)
    reader.put("a", early, b"old", LONG_S)
    reader.put("a", late, b"new", LONG_S)
    assert await value(reader) == b"new"


async def test_c3_what_is_held_is_given_to_nobody(commons: Commons) -> None:
    reader, writer = await commons.node(), await commons.node()
    for name in ("a", "b"):
        reader.put(name, await lease(reader, name), b"old", LONG_S)
    assert await value(reader) == b"old"
    await writer.hold(["a", "b", "c"])
    assert [await reader.take(name) for name in "abc"] == [Taken()] * 3
    writer.drop(["a", "b", "c"])
    await writer.take("z")
    assert [await value(reader, name) for name in "abc"] == [None] * 3


async def test_c3_a_drop_without_a_hold_drops(commons: Commons) -> None:
    node = await commons.node()
    node.put("a", await lease(node), b"old", LONG_S)
    node.drop(["a"])
    assert await value(node) is None


async def test_c5_a_value_goes_by_itself(commons: Commons) -> None:
    node = await commons.node()
    node.put("a", await lease(node), b"1", 0.05)
    node.put("b", await lease(node, "b"), b"2", LONG_S)
    assert await value(node) == b"1"
    await commons.rest(0.1)
    assert await value(node) is None
    assert await value(node, "b") == b"2"
