"""The promises of PresenceBook, by number (ports/presence.py)."""

from teahouse.model.people import Availability, Status
from tests.contract.backends import Books

ALICE = Availability("u1", "Alice", Status.ONLINE, "tea?", 1)
BOB = Availability("u2", "Bob", Status.DND, "", 2)


async def test_p1_present_from_touch_to_drop(books: Books) -> None:
    """P1: on one node."""
    book = await books.node("a")
    assert await book.locate(["u1"]) == {}
    await book.touch(ALICE)
    assert await book.locate(["u2", "u1"]) == {"u1": ALICE}
    await book.drop("u1")
    assert await book.locate(["u1"]) == {}
    await book.drop("u1")


async def test_p1_the_last_touch_holds(books: Books) -> None:
    """P1: a status is replaced, whoever touches."""
    one, other = await books.node("a"), await books.node("b")
    away = Availability("u1", "Alice", Status.AWAY, "", 3)
    await one.touch(ALICE)
    await other.touch(away)
    assert await one.locate(["u1"]) == {"u1": away}
    await one.touch(ALICE)
    assert await other.locate(["u1"]) == {"u1": ALICE}


async def test_p1_until_every_node_has_dropped(books: Books) -> None:
    """P1: present as long as one node has a session."""
    one, other = await books.node("a"), await books.node("b")
    await one.touch(ALICE)
    await other.touch(ALICE)
    await one.drop("u1")
    assert await one.locate(["u1"]) == {"u1": ALICE}
    await other.drop("u1")
    assert await one.locate(["u1"]) == {}


async def test_p1_a_silent_node_counts_no_more(books: Books) -> None:
    """P1: what a dead node touched goes by itself; what a living one touched stays."""
    dead, living = await books.node("a"), await books.node("b")
    await dead.touch(ALICE)
    await dead.claim("alice", "u1")
    await living.touch(BOB)
    await books.expire()
    await living.touch(BOB)
    assert await living.everyone(10) == [BOB]
    assert await living.locate(["u1", "u2"]) == {"u2": BOB}
    assert await living.holder("alice") is None
    assert await living.claim("alice", "u2") == "u2"


async def test_p2_one_holder_a_nick(books: Books) -> None:
    """P2: whoever is first, on any node; asking again is harmless."""
    one, other = await books.node("a"), await books.node("b")
    assert await one.claim("alice", "u1") == "u1"
    await one.touch(ALICE)
    assert await other.claim("alice", "u2") == "u1"
    assert await other.claim("alice", "u1") == "u1"
    assert await other.holder("alice") == "u1"
    assert await other.holder("bob") is None


async def test_p2_another_claim_lets_the_old_nick_go(books: Books) -> None:
    """P2: a user holds one nick; a claim that fails changes nothing."""
    book = await books.node("a")
    await book.claim("alice", "u1")
    await book.claim("bob", "u2")
    assert await book.claim("bob", "u1") == "u2"
    assert await book.holder("alice") == "u1"
    assert await book.claim("carol", "u1") == "u1"
    assert await book.holder("alice") is None
    assert await book.claim("alice", "u2") == "u2"
    assert await book.holder("bob") is None


async def test_p2_drop_lets_the_nick_go(books: Books) -> None:
    """P2: but not while another node has the user."""
    one, other = await books.node("a"), await books.node("b")
    await one.claim("alice", "u1")
    await one.touch(ALICE)
    await other.touch(ALICE)
    await one.drop("u1")
    assert await one.claim("alice", "u2") == "u1"
    await other.drop("u1")
    assert await one.holder("alice") is None
    assert await one.claim("alice", "u2") == "u2"


async def test_p2_release_lets_the_nick_go_and_nothing_else(books: Books) -> None:
    """P2: only the nick that the user holds, and the user stays present."""
    book = await books.node("a")
    await book.touch(ALICE)
    await book.claim("alice", "u1")
    await book.release("bob", "u1")
    await book.release("alice", "u2")
    assert await book.holder("alice") == "u1"
    await book.release("alice", "u1")
    assert await book.holder("alice") is None
    assert await book.locate(["u1"]) == {"u1": ALICE}
    assert await book.claim("alice", "u2") == "u2"


async def test_everyone_by_nick(books: Books) -> None:
    one, other = await books.node("a"), await books.node("b")
    await other.touch(BOB)
    await one.touch(ALICE)
    await other.touch(ALICE)
    assert await one.everyone(10) == [ALICE, BOB]
    assert await other.everyone(1) == [ALICE]
    assert await one.locate([]) == {}
