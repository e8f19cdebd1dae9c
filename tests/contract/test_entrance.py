"""The promises of Links and Requests, by number (ports/entrance.py), and L10 of the log."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.model.changes import DropRequest, PutMember, UseLink
from teahouse.model.conversations import Member
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest
from teahouse.model.entries import Appended, Draft, Refusal
from teahouse.model.errors import Code, Problem, StoreUnavailable
from tests.contract.backends import Store
from tests.contract.making import draft

LINK = InvitationLink("l1", "c", b"d" * 32, "u-owner", 100, expires=0, uses=2)
REQUEST = JoinRequest("c", "u1", "one", "please", 50)


def entering(user: str, link: str = "l1", at: int = 200) -> Draft:
    return draft("c", changes=(PutMember(Member("c", user, user)), UseLink(link, at)))


async def test_i1_links_are_found_at_once_and_after_a_restart(store: Store) -> None:
    """I1: by the hash of the token, and in the list of the conversation."""
    assert await store.links.put(LINK, 9)
    if store.reopen is not None:
        await store.reopen()
    assert await store.links.find(b"d" * 32) == LINK
    assert await store.links.of("c") == [LINK]
    assert await store.links.of("other") == []
    assert await store.links.find(b"x" * 32) is None


async def test_i1_a_revoked_link_stays_revoked(store: Store) -> None:
    """I1: and only the conversation it leads to can revoke it."""
    await store.links.put(LINK, 9)
    assert not await store.links.revoke("other", "l1")
    assert await store.links.revoke("c", "l1")
    assert not await store.links.revoke("c", "l1")
    assert await store.links.of("c") == []
    found = await store.links.find(b"d" * 32)
    assert found is None or found.revoked
    assert await store.log.append_many([entering("u1")]) == [
        Appended(0, 1000, conflict=True, refused=Refusal.LINK)
    ]


async def test_i2_a_link_lets_in_as_many_as_it_says(store: Store) -> None:
    """I2, L10: in one call; who is refused takes no seq, and the others are stored."""
    await store.links.put(LINK, 9)
    drafts = [entering("u1"), draft("c", "hi"), entering("u2"), entering("u3"), draft("c", "ho")]
    done = await store.log.append_many(drafts)
    assert [(one.seq, one.refused) for one in done] == [
        (1, None),
        (2, None),
        (3, None),
        (0, Refusal.LINK),
        (4, None),
    ]
    assert [member.user for member in await store.directory.members("c")] == ["u1", "u2"]
    assert await store.links.find(b"d" * 32) == replace(LINK, used=2)


async def test_i2_also_when_all_come_at_once(store: Store) -> None:
    """I2: by entries and by changes without one, in overlapping calls."""
    await store.links.put(replace(LINK, uses=1), 9)

    async def quietly(user: str) -> bool:
        try:
            await store.directory.apply([PutMember(Member("c", user, user)), UseLink("l1", 200)])
        except Problem as problem:
            assert problem.code is Code.CONFLICT
            return False
        return True

    async def loudly(user: str) -> bool:
        return not (await store.log.append_many([entering(user)]))[0].refused

    tried = await asyncio.gather(
        *(way(f"u{n}{way.__name__}") for n in range(10) for way in (loudly, quietly))
    )
    assert sum(tried) == 1
    assert len(await store.directory.members("c")) == 1
    link = await store.links.find(b"d" * 32)
    assert link is not None and link.used == 1


@pytest.mark.parametrize("at", [300, 301])
async def test_i2_an_expired_link_lets_nobody_in(store: Store, at: int) -> None:
    """I2: from `expires` on."""
    await store.links.put(replace(LINK, expires=300), 9)
    assert (await store.log.append_many([entering("u1", at=at)]))[0].refused
    assert not (await store.log.append_many([entering("u1", at=299)]))[0].refused
    assert (await store.log.append_many([entering("u1", link="unknown")]))[0].refused


async def test_i2_uses_are_counted_over_a_restart(store: Store) -> None:
    """I2: what was used is used."""
    await store.links.put(replace(LINK, uses=1), 9)
    await store.log.append_many([entering("u1")])
    if store.reopen is not None:
        await store.reopen()
    assert (await store.log.append_many([entering("u2")]))[0].refused


async def test_i2_without_a_limit_anybody_comes(store: Store) -> None:
    await store.links.put(replace(LINK, uses=None), 9)
    done = await store.log.append_many([entering(f"u{n}") for n in range(20)])
    assert not any(one.refused for one in done)


async def test_i3_so_many_links_and_no_more(store: Store) -> None:
    """I3: those that work; the others make room."""
    links = [replace(LINK, id=f"l{n}", digest=bytes([n]) * 32, uses=1) for n in range(4)]
    assert [await store.links.put(link, 2) for link in links[:3]] == [True, True, False]
    await store.log.append_many([entering("u1", "l0")])
    assert await store.links.put(links[3], 2)
    assert [link.id for link in await store.links.of("c")] == ["l1", "l3"]


async def test_a_store_that_cannot_write_says_so(store: Store) -> None:
    await store.writable(False)
    for call in (store.links.put(LINK, 9), store.requests.ask(REQUEST, 9, 0)):
        with pytest.raises(StoreUnavailable):
            await call
    await store.writable(True)
    assert await store.links.of("c") == []


async def test_q1_requests_are_found_until_they_are_settled(store: Store) -> None:
    """Q1: at once and after a restart."""
    assert await store.requests.ask(REQUEST, 9, 0) is Asked.NEW
    if store.reopen is not None:
        await store.reopen()
    assert await store.requests.find("c", "u1", 0) == REQUEST
    assert await store.requests.of("c", 0) == [REQUEST]
    assert await store.requests.drop("c", "u1")
    assert not await store.requests.drop("c", "u1")
    assert await store.requests.of("c", 0) == []


async def test_q1_coming_in_settles_it(store: Store) -> None:
    """Q1: with the entry that lets them in."""
    await store.requests.ask(REQUEST, 9, 0)
    await store.log.append_many([draft("c", changes=(DropRequest("c", "u1"),))])
    assert await store.requests.find("c", "u1", 0) is None


async def test_q2_asking_again_changes_nothing(store: Store) -> None:
    """Q2: the first one waits; also when both come at once."""
    again = replace(REQUEST, text="PLEASE", at=60)
    asked = await asyncio.gather(store.requests.ask(REQUEST, 9, 0), store.requests.ask(again, 9, 0))
    assert list(asked) == [Asked.NEW, Asked.ALREADY]
    assert await store.requests.of("c", 0) == [REQUEST]


async def test_q2_requests_are_bounded_and_grow_old(store: Store) -> None:
    """Q2: so many wait and no more; old ones count no longer."""
    requests = [replace(REQUEST, user=f"u{n}", at=50 + n) for n in range(3)]
    asked = [await store.requests.ask(request, 2, 0) for request in requests]
    assert asked == [Asked.NEW, Asked.NEW, Asked.FULL]
    assert [r.user for r in await store.requests.of("c", 51)] == ["u1"]
    assert await store.requests.find("c", "u0", 51) is None
    assert await store.requests.ask(requests[2], 2, 51) is Asked.NEW
    assert await store.requests.ask(replace(requests[0], at=70), 9, 51) is Asked.NEW
    assert [r.user for r in await store.requests.of("c", 0)] == ["u1", "u2", "u0"]
