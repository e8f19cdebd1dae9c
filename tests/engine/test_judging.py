"""Two nodes that decide about one conversation and do not know of one another's decisions yet.

The second one is cut off while the first one decides, which is the time a hint takes, and longer. `town` is made of
memory here, and of SQL databases in tests/backends/sql/test_judging.py.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from teahouse.model.conversations import Conversation, Member
from tests.support.house import House, Json, Person, Refused, Town, limitless, turns


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """Two nodes, named a and b."""
    made = Town(2, limitless(trust_s=30.0))
    async with made:
        yield made


class Group:
    """A group of three: ada, who owns it, is on both nodes, bob and cleo on the second one."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.a, self.b = town.houses
        self.id = ""

    async def begin(self, **settings: Any) -> "Group":
        self.ada = await self.a.guest("ada")
        self.bob, self.cleo = await self.b.guest("bob"), await self.b.guest("cleo")
        made = await self.ada.ask(
            "create", kind="group", title="tea", members=[who(self.bob), who(self.cleo)]
        )
        self.id = made["conversation"]
        if settings:
            await self.ada.ask("update", conversation=self.id, **settings)
        self.there = await self.b.back(self.ada, device="second")
        await self.bob.ask("history", conversation=self.id)
        await self.there.ask("members", conversation=self.id)
        await settled()
        self.town.cut(self.b)
        return self

    async def mend(self) -> None:
        self.town.mend(self.b)
        await settled()

    async def settings(self) -> Conversation:
        known = await self.a.stores.directory.conversation(self.id)
        assert known is not None
        return known

    async def place(self, person: Person) -> Member | None:
        return await self.a.stores.directory.place(self.id, person.me["id"])

    async def owners(self) -> list[str]:
        members = await self.a.stores.directory.members(self.id)
        return [member.nick for member in members if member.role == "owner" and not member.left]


@pytest.fixture
async def group(town: Town) -> Group:
    return await Group(town).begin()


def who(person: Person) -> str:
    return str(person.me["id"])


async def settled() -> None:
    await turns(20)
    await asyncio.sleep(0.05)


async def race(*commands: Awaitable[Json]) -> list[str]:
    """What came of each, all begun at once: ok or the code."""
    done = await asyncio.gather(*commands, return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, Refused):
            raise one
    return [one.code if isinstance(one, Refused) else "ok" for one in done]


async def test_settings_that_two_nodes_change_are_merged(group: Group) -> None:
    await group.ada.ask("update", conversation=group.id, title="green tea")
    await group.there.ask("update", conversation=group.id, description="leaves")
    await group.there.ask("expire", conversation=group.id, expires_s=60)
    known = await group.settings()
    assert (known.title, known.description, known.expires_s) == ("green tea", "leaves", 60)


async def test_settings_that_were_looked_at_are_changed_only_as_they_were(group: Group) -> None:
    seen = (await group.there.ask("conversation", conversation=group.id))["revision"]
    await group.ada.ask("update", conversation=group.id, title="green tea")
    changing: Json = {"conversation": group.id, "description": "leaves", "revision": seen}
    assert await group.there.refused("update", **changing) == "conflict"


async def test_settings_that_two_nodes_change_at_the_same_moment(group: Group) -> None:
    changes: list[tuple[Person, Json]] = [
        (group.ada, {"title": "green tea"}),
        (group.there, {"description": "leaves"}),
        (group.ada, {"join": "open"}),
        (group.there, {"limit": 77}),
    ]
    assert await race(*(p.ask("update", conversation=group.id, **c) for p, c in changes)) == ["ok"] * 4
    known = await group.settings()
    assert (known.title, known.description, known.join, known.limit) == ("green tea", "leaves", "open", 77)


async def test_an_ownership_is_handed_to_one(group: Group) -> None:
    handing: Json = {"conversation": group.id, "role": "owner"}
    done = await race(
        group.ada.ask("role", user=who(group.bob), **handing),
        group.there.ask("role", user=who(group.cleo), **handing),
    )
    assert sorted(done) == ["forbidden", "ok"]
    assert len(await group.owners()) == 1


async def test_who_was_removed_gets_no_role(group: Group) -> None:
    """Their row as the second node knows it would bring them back."""
    await group.ada.ask("kick", conversation=group.id, user=who(group.bob))
    making: Json = {"conversation": group.id, "user": who(group.bob), "role": "admin"}
    assert await group.there.refused("role", **making) == "not_found"
    place = await group.place(group.bob)
    assert place is not None and place.left


async def test_who_was_removed_is_not_made_the_owner(group: Group) -> None:
    await group.ada.ask("kick", conversation=group.id, user=who(group.bob))
    handing: Json = {"conversation": group.id, "user": who(group.bob), "role": "owner"}
    assert await group.there.refused("role", **handing) == "not_found"
    assert await group.owners() == ["ada"]


async def test_who_was_removed_is_not_muted_back(group: Group) -> None:
    await group.ada.ask("ban", conversation=group.id, user=who(group.bob))
    muting: Json = {"conversation": group.id, "user": who(group.bob), "on": True}
    assert await group.there.refused("mute", **muting) == "not_found"
    place = await group.place(group.bob)
    assert place is not None and place.left and place.banned


async def test_a_mute_and_a_role_of_one_member_both_hold(group: Group) -> None:
    await group.ada.ask("mute", conversation=group.id, user=who(group.bob), on=True)
    await group.there.ask("role", conversation=group.id, user=who(group.bob), role="admin")
    place = await group.place(group.bob)
    assert place is not None and (place.muted_until, place.role) == (-1, "admin")


async def test_an_admin_that_was_takes_nobody_out(town: Town) -> None:
    group = await Group(town).begin()
    await group.ada.ask("role", conversation=group.id, user=who(group.bob), role="admin")
    await group.mend()
    group.town.cut(group.b)
    await group.ada.ask("role", conversation=group.id, user=who(group.bob), role="member")
    assert await group.bob.refused("kick", conversation=group.id, user=who(group.cleo)) == "forbidden"
    assert await group.bob.refused("update", conversation=group.id, title="mine") == "forbidden"


async def test_the_last_place_is_one_persons(town: Town) -> None:
    group = await Group(town).begin(join="open", limit=4)
    dan, eve = await group.a.guest("dan"), await group.b.guest("eve")
    await group.there.ask("members", conversation=group.id)
    done = await race(*(person.ask("join", conversation=group.id) for person in (dan, eve)))
    assert sorted(done) == ["conflict", "ok"]


async def test_of_several_as_many_come_in_as_there_is_room_for(town: Town) -> None:
    group = await Group(town).begin(limit=5)
    names = [await group.b.guest(nick) for nick in ("dan", "eve")]
    fay = await group.a.guest("fay")
    await group.ada.ask("invite", conversation=group.id, user=who(fay))
    inviting: Json = {"conversation": group.id, "users": [who(person) for person in names]}
    assert await group.there.refused("invite", **inviting) == "conflict"
    members = await group.a.stores.directory.members(group.id)
    assert len([member for member in members if not member.left]) <= 5


async def test_invitations_are_answered_once(town: Town) -> None:
    """One of several whom another node brought in already is no reason to answer twice."""
    group = await Group(town).begin()
    dan, eve = await group.b.guest("dan"), await group.b.guest("eve")
    await group.there.ask("members", conversation=group.id)
    await group.ada.ask("invite", conversation=group.id, user=who(dan))
    await group.there.ask("invite", conversation=group.id, users=[who(dan), who(eve)])
    members = [m.nick for m in await group.a.stores.directory.members(group.id) if not m.left]
    assert sorted(members) == ["ada", "bob", "cleo", "dan", "eve"]
    numbers = [line["re"] for line in group.there.link.lines if "re" in line]
    assert len(numbers) == len(set(numbers))


async def test_a_limit_is_not_set_below_who_is_in(town: Town) -> None:
    group = await Group(town).begin()
    dan = await group.a.guest("dan")
    await group.ada.ask("invite", conversation=group.id, user=who(dan))
    assert await group.there.refused("update", conversation=group.id, limit=3) == "conflict"


async def test_a_group_with_somebody_in_it_has_an_owner(town: Town) -> None:
    """The owner, alone by what their node knows, does not go while somebody comes in elsewhere."""
    a, b = town.houses
    ada = await a.guest("ada")
    made = await ada.ask("create", kind="group", title="tea", join="open")
    there, bob = await b.back(ada, device="second"), await b.guest("bob")
    await there.ask("members", conversation=made["conversation"])
    await settled()
    town.cut(b)
    done = await race(
        bob.ask("join", conversation=made["conversation"]),
        ada.ask("leave", conversation=made["conversation"]),
    )
    members = await a.stores.directory.members(made["conversation"])
    inside = {member.nick: member.role for member in members if not member.left}
    assert (done, inside) in (
        (["ok", "forbidden"], {"ada": "owner", "bob": "member"}),
        (["ok", "ok"], {"bob": "member"}),  # they came when the owner was gone: nothing forbids that
    )
    if done == ["ok", "ok"]:
        places = {member.nick: member for member in members}
        assert places["ada"].left < places["bob"].joined


async def test_who_joins_by_what_was_open_stays_out(town: Town) -> None:
    group = await Group(town).begin(join="open")
    eve = await group.b.guest("eve")
    await group.there.ask("members", conversation=group.id)
    await group.ada.ask("update", conversation=group.id, join="invite")
    assert await eve.refused("join", conversation=group.id) == "not_found"


async def test_who_was_banned_elsewhere_does_not_join(town: Town) -> None:
    group = await Group(town).begin(join="open")
    eve = await group.b.guest("eve")
    await group.there.ask("members", conversation=group.id)
    await group.ada.ask("ban", conversation=group.id, user=who(eve))
    assert await eve.refused("join", conversation=group.id) == "forbidden"


async def test_a_link_is_used_as_often_as_it_says(town: Town) -> None:
    group = await Group(town).begin()
    token = (await group.ada.ask("link", conversation=group.id, uses=2))["token"]
    people = [await (group.a, group.b)[n % 2].guest(f"p{n}") for n in range(6)]
    done = await race(*(person.ask("join", link=token) for person in people))
    assert sorted(done) == ["not_found"] * 4 + ["ok"] * 2


async def test_a_conversation_of_two_is_made_once(town: Town) -> None:
    a, b = town.houses
    ada, bob = await a.guest("ada"), await b.guest("bob")
    await settled()
    town.cut(b)
    done = await race(ada.ask("send", to=who(bob), text="hi"), bob.ask("send", to=who(ada), text="ho"))
    assert done == ["not_found"] * 2  # a user id is no conversation
    done = await race(ada.ask("send", to="@bob", text="hi"), bob.ask("send", to="@ada", text="ho"))
    assert done == ["ok", "ok"]


async def test_no_more_is_pinned_than_may_be(group: Group) -> None:
    """The default is 100; here it is two nodes that each see one free place."""
    for house in group.town.houses:
        house.engine._verbs.revise._options = limitless(pins=2)
    seqs = [(await group.ada.ask("send", to=group.id, text=str(n)))["seq"] for n in range(4)]
    await group.ada.ask("pin", conversation=group.id, seq=seqs[0], on=True)
    pins = [(group.ada, seqs[1]), (group.there, seqs[2]), (group.ada, seqs[3]), (group.there, seqs[3])]
    done = await race(*(p.ask("pin", conversation=group.id, seq=seq, on=True) for p, seq in pins))
    assert sorted(done) == ["conflict"] * 3 + ["ok"]
    assert len(await group.a.stores.index.pinned(group.id, 99, 99)) == 2


async def test_a_message_is_pinned_once(group: Group) -> None:
    seq = (await group.ada.ask("send", to=group.id, text="tea"))["seq"]
    done = await race(
        *(p.ask("pin", conversation=group.id, seq=seq, on=True) for p in (group.ada, group.there))
    )
    assert done == ["ok", "ok"]
    entries = await group.a.stores.log.read(group.id, 0, 99, 99)
    assert [str(entry.kind) for entry in entries].count("pin") == 1


async def test_who_was_removed_says_nothing_more_on_another_node(group: Group) -> None:
    told = await group.bob.ask("send", to=group.id, text="hi")
    await group.ada.ask("kick", conversation=group.id, user=who(group.bob))
    assert await group.bob.refused("send", to=group.id, text="still here") == "forbidden"
    of: Json = {"conversation": group.id, "seq": told["seq"]}
    assert await group.bob.refused("react", emoji="x", on=True, **of) == "forbidden"
    assert await group.bob.refused("edit", text="ha", **of) == "forbidden"
    entries = await group.a.stores.log.read(group.id, told["seq"], 99, 99)
    assert [entry.kind for entry in entries] == ["member"]


async def test_who_was_muted_says_nothing_more_on_another_node(group: Group) -> None:
    await group.ada.ask("mute", conversation=group.id, user=who(group.bob), on=True)
    assert await group.bob.refused("send", to=group.id, text="hm") == "muted"
    await group.ada.ask("mute", conversation=group.id, user=who(group.bob), on=False)
    await group.bob.ask("send", to=group.id, text="ah")


async def test_nothing_is_said_where_it_was_dissolved(group: Group) -> None:
    await group.ada.ask("dissolve", conversation=group.id)
    assert await group.bob.refused("send", to=group.id, text="hm") == "forbidden"


async def test_where_only_admins_write_now(group: Group) -> None:
    await group.ada.ask("update", conversation=group.id, post="admins")
    assert await group.bob.refused("send", to=group.id, text="hm") == "forbidden"
    await group.there.ask("send", to=group.id, text="you heard it")


async def test_who_is_still_in_is_heard_and_in_order(group: Group) -> None:
    """Of those who stay, what is said while others come and go keeps its order, and nothing is refused."""

    async def change() -> None:
        for n in range(10):
            on = n % 2 == 0
            await group.ada.ask("mute", conversation=group.id, user=who(group.cleo), on=on)

    async def talk() -> None:
        for n in range(60):
            group.bob.say("send", id=f"n{n}", to=group.id, text=str(n))
            if n % 5 == 0:
                await asyncio.sleep(0.002)

    await asyncio.gather(change(), talk())
    await group.bob.ask("send", to=group.id, text="60")
    assert not [line for line in group.bob.link.lines if "error" in line]
    entries = await group.a.stores.log.read(group.id, 0, 999, 999)
    said = [entry.content for entry in entries if entry.kind == "message"]
    assert [int(content.split(b'"text":"')[1].split(b'"')[0]) for content in said] == list(range(61))


async def test_whoever_hears_everything_need_not_be_judged_again(town: Town) -> None:
    """What a node heard in order it knows: no draft of its is older than the last change."""
    group = await Group(town).begin()
    await group.mend()
    await group.ada.ask("mute", conversation=group.id, user=who(group.cleo), on=True)
    await settled()
    await group.bob.ask("send", to=group.id, text="1")
    await settled()
    pipeline = group.b.engine._verbs.pipeline
    roster = await group.b.engine._verbs.rosters.load(group.id)
    assert pipeline.judging.of(roster) == (await group.a.stores.log.heads([group.id]))[group.id]


async def test_a_node_alone_asks_nothing_more() -> None:
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(House())
        ada = await house.guest("ada")
        seen: list[Any] = []
        append = house.stores.log.append_many

        async def watch(drafts: Any) -> Any:
            seen.extend(drafts)
            return await append(drafts)

        house.engine._verbs.store._log.append_many = watch  # type: ignore[method-assign]
        made = await ada.ask("create", kind="group", title="tea")
        await ada.ask("update", conversation=made["conversation"], title="green tea")
        await ada.ask("send", to=made["conversation"], text="hi")
        assert [draft.judged for draft in seen] == [-1] * 3
        assert not [c for draft in seen for c in draft.changes if type(c).__name__ == "Expect"]
