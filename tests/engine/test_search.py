"""Search: what is found, and that nothing is found that one may not read."""

import asyncio

import pytest

from teahouse.backends.memory.finder import MemoryFinder
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import search
from tests.support.house import House, turns
from tests.support.stage import StageClock


async def hits(person, query, **fields):
    """Where hits are, as `lobby.1`."""
    return [hit["entry"]["message"] for hit in (await person.ask("search", query=query, **fields))["hits"]]


async def say(person, *texts, to="lobby", **fields):
    """The conversation it was said in."""
    sent = [await person.ask("send", to=to, text=text, **fields) for text in texts]
    return sent[0]["conversation"]


async def group_of(owner, *others, **fields):
    created = await owner.ask("create", kind="group", members=[o.me["id"] for o in others], **fields)
    return created["conversation"]


async def test_a_hit_is_the_message_as_history_shows_it_with_a_snippet():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await say(alice, "今天天气很好", "green tea")
        await bob.ask("react", conversation="lobby", seq=1, emoji="🍵")
        page = await bob.ask("search", query="天气")
        history = await bob.ask("history", conversation="lobby", limit=1, before=2)
        assert page == {
            "hits": [{"entry": history["entries"][0], "snippet": "今天天气很好", "marks": [[2, 2]]}],
            "more": False,
            "next": None,
        }
        assert page["hits"][0]["entry"]["reactions"]


async def test_pages_hold_every_hit_once_newest_first():
    async with House() as house:
        alice = await house.guest("alice")
        await say(alice, *(f"tea {n}" for n in range(1, 8)))
        found, cursor = [], None
        for size in (3, 3, 1):
            page = await alice.ask("search", query="tea", limit=3, **({"cursor": cursor} if cursor else {}))
            found += [hit["entry"]["seq"] for hit in page["hits"]]
            cursor = page["next"]
            assert len(page["hits"]) == size
            assert page["more"] is (cursor is not None)
        assert found == [7, 6, 5, 4, 3, 2, 1]


async def test_filters_as_fields_and_in_the_query_mean_the_same():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = await group_of(alice, bob, title="Tea House")
        await say(alice, "tea", to=group)
        two = await say(bob, "tea", to="@alice")
        await say(bob, "tea @alice")
        assert await hits(alice, "tea from:@BOB") == ["lobby.1", f"{two}.1"]
        assert await hits(alice, "tea", **{"from": bob.me["id"]}) == ["lobby.1", f"{two}.1"]
        assert await hits(alice, "from:me") == await hits(alice, "", **{"from": "me"}) == [f"{group}.2"]
        assert await hits(alice, "tea -from:bob") == [f"{group}.2"]
        assert (
            await hits(alice, 'in:"tea house"')
            == await hits(alice, "tea", conversation=group)
            == [f"{group}.2"]
        )
        assert await hits(alice, "tea in:@bob") == [f"{two}.1"]
        assert await hits(alice, "tea -in:lobby -in:bob") == [f"{group}.2"]
        assert await hits(alice, "in:nowhere tea") == []
        assert await hits(alice, "tea in:lobby", conversation=group) == []
        assert await hits(alice, "has:mention") == ["lobby.1"]
        now = house.clock.now()
        assert await hits(alice, "tea", after=now + 60_000) == []
        assert len(await hits(alice, "tea", before=now + 60_000)) == 3
        assert await hits(alice, "before:2000-01-01 tea") == []
        assert len(await hits(alice, "tea after:2000-01-01")) == 3


async def test_who_wrote_under_a_nick_is_found_by_it_after_they_have_gone():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await say(bob, "tea")
        bob.link.drop()
        assert await hits(alice, "from:bob") == ["lobby.1"]
        other = await house.guest("carol")
        assert await hits(other, "from:bob tea") == ["lobby.1"]


@pytest.mark.parametrize("query", ["", "  ", '"', "-", "!?", "(", "* *"])
async def test_a_question_without_a_word_finds_nothing(query):
    async with House() as house:
        alice = await house.guest("alice")
        await say(alice, "tea")
        assert await alice.ask("search", query=query) == {"hits": [], "more": False, "next": None}


async def test_strangers_find_nothing_and_learn_nothing():
    async with House() as house:
        alice, bob, eve = await house.guest("alice"), await house.guest("bob"), await house.guest("eve")
        group = await group_of(alice, bob, title="secret")
        two = await say(alice, "secret", to="@bob")
        await say(alice, "secret", "secret", to=group)
        for query in (
            "secret",
            f"in:{group} secret",
            f"in:{two}",
            "from:alice",
            f"from:{alice.me['id']}",
            "in:secret",
        ):
            assert await eve.ask("search", query=query) == {"hits": [], "more": False, "next": None}
        for conversation in (group, two, "nowhere"):
            assert await eve.refused("search", query="secret", conversation=conversation) == "not_found"
        for cursor in (f"{group}.2", f"{two}.1", "nowhere.1", "garbage", "lobby.x", f"lobby.{10**30}"):
            assert await eve.refused("search", query="secret", cursor=cursor) == "bad_request"
        assert len(await hits(bob, "secret")) == 3


async def test_who_joins_finds_what_comes_from_joining_on():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = await group_of(alice, title="g")
        await say(alice, "tea before", to=group)
        await alice.ask("invite", conversation=group, user=bob.me["id"])
        await say(alice, "tea after", to=group)
        assert await hits(bob, "tea") == [f"{group}.4"]
        assert await hits(bob, "before", conversation=group) == []
        assert await bob.refused("search", query="tea", cursor=f"{group}.2") == "bad_request"


async def test_the_removed_find_what_was_there_until_then_as_it_was_then():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = await group_of(alice, bob, title="g")
        await say(alice, "green tea", "black tea", to=group)
        await alice.ask("kick", conversation=group, user=bob.me["id"])
        await say(alice, "tea for members", to=group)
        assert await hits(bob, "tea") == [f"{group}.3", f"{group}.2"]
        await alice.ask("edit", conversation=group, seq=3, text="the password is tea")
        assert await hits(alice, "password") == [f"{group}.3"]
        assert await hits(bob, "password") == [], "the edit came after they were let out"
        assert (await bob.ask("search", query="password", limit=1))["more"] is False
        assert await hits(bob, "tea") == [f"{group}.3", f"{group}.2"]


async def test_what_was_recalled_or_edited_away_is_not_found():
    async with House() as house:
        alice = await house.guest("alice")
        await say(alice, "green tea", "black tea")
        await alice.ask("recall", conversation="lobby", seq=1)
        await alice.ask("edit", conversation="lobby", seq=2, text="coffee")
        assert await hits(alice, "tea") == []
        assert await hits(alice, "coffee") == ["lobby.2"]


class Behind(MemoryFinder):
    """An index that is a few edits behind: it still has the texts as they were."""

    def _newest(self, message):
        return message.content


async def test_an_index_that_is_behind_shows_no_text_that_is_gone_and_pages_stay_full():
    store = MemoryStore()
    async with House(store, finder=Behind(store)) as house:
        alice = await house.guest("alice")
        await say(alice, *(f"tea {n}" for n in range(1, 9)))
        for seq in (8, 7, 5, 4, 3):
            await alice.ask("edit", conversation="lobby", seq=seq, text="coffee")
        page = await alice.ask("search", query="tea", limit=1)
        assert [hit["entry"]["seq"] for hit in page["hits"]] == [6]
        assert page["next"] == "lobby.6"
        last = await alice.ask("search", query="tea", limit=2, cursor=page["next"])
        assert ([hit["entry"]["seq"] for hit in last["hits"]], last["more"]) == ([2, 1], False)


class Stuck(MemoryFinder):
    """An index that is asked and does not answer yet."""

    def __init__(self, store):
        super().__init__(store)
        self.go = asyncio.Event()
        self.asked = 0

    async def find(self, criteria, windows, start, limit):
        self.asked += 1
        await self.go.wait()
        return await super().find(criteria, windows, start, limit)


async def test_too_many_at_once_are_told_to_come_back(monkeypatch):
    monkeypatch.setattr(search, "MOST_RUNNING", 2)
    store = MemoryStore()
    finder = Stuck(store)
    async with House(store, finder=finder) as house:
        people = [await house.guest(f"p{n}") for n in range(3)]
        running = [asyncio.create_task(person.ask("search", query="tea")) for person in people[:2]]
        await turns()
        assert finder.asked == 2
        assert await people[2].refused("search", query="tea") == "rate_limited"
        finder.go.set()
        await asyncio.gather(*running)
        assert (await people[2].ask("search", query="tea"))["hits"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"query": 1},
        {"query": "x" * 513},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": 101},
        {"query": "x", "before": "2026-01-01"},
        {"query": "x", "after": -1},
        {"query": "x", "cursor": ""},
        {"query": "x", "from": ""},
    ],
)
async def test_impossible_searches_are_refused(fields):
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("search", **fields) == "bad_request"


async def test_what_one_hid_or_cleared_is_not_found_and_what_expired_by_nobody():
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await say(alice, "black tea", "green tea", "white tea")
        await say(alice, "red tea", expires_s=5)
        assert len(await hits(bob, "tea")) == 4
        await bob.ask("hide", conversation="lobby", seqs=[3])
        assert await hits(bob, "tea", limit=2) == ["lobby.4", "lobby.2"]
        assert await hits(alice, "tea", limit=2) == ["lobby.4", "lobby.3"]
        await bob.ask("clear", conversation="lobby", upto=1)
        assert await hits(bob, "tea") == ["lobby.4", "lobby.2"]
        clock.advance(6)  # nobody has erased it yet
        assert await hits(bob, "tea") == ["lobby.2"]
        assert await hits(alice, "red") == []
