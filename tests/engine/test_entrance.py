"""Entrance: links, requests, bans: who gets in, and who does not."""

import asyncio

from teahouse.backends.memory.clock import ManualClock
from tests.support.house import House, Refused, limitless, seqs


async def group_of(house, **fields):
    alice = await house.guest("alice")
    made = await alice.ask("create", kind="group", title="Tea", **fields)
    return alice, made["conversation"]


async def outcome(person, op, **fields):
    try:
        return await person.ask(op, **fields)
    except Refused as refused:
        return refused.code


async def test_a_link_lets_in_and_shows_strangers_little():
    async with House() as house:
        alice, group = await group_of(house)
        bob = await house.guest("bob")
        made = await alice.ask("link", conversation=group, uses=2)
        assert await bob.ask("preview", link=made["token"]) == {"title": "Tea", "members": 1}
        assert await bob.ask("join", link=made["token"]) == {"conversation": group, "seq": 2}
        assert (await alice.event("member"))["change"] == "joined"
        assert (await bob.ask("join", link=made["token"]))["seq"] == 2
        listed = (await alice.ask("links", conversation=group))["links"]
        assert [(link["link"], link["used"], link["uses"]) for link in listed] == [(made["link"], 1, 2)]
        assert made["token"] not in str(listed)
        assert made["token"].encode() not in str(house.store.links).encode()


async def test_a_link_with_one_use_lets_in_one_however_many_come_at_once():
    async with House() as house:
        alice, group = await group_of(house)
        token = (await alice.ask("link", conversation=group, uses=1))["token"]
        crowd = [await house.guest(f"p{n}") for n in range(20)]
        tried = await asyncio.gather(*(outcome(person, "join", link=token) for person in crowd))
        assert sum(isinstance(one, dict) for one in tried) == 1
        assert {one for one in tried if isinstance(one, str)} == {"not_found"}
        assert len((await alice.ask("members", conversation=group))["members"]) == 2
        assert await crowd[0].refused("preview", link=token) == "not_found"


async def test_links_end():
    clock = ManualClock()
    async with House(clock=clock) as house:
        alice, group = await group_of(house)
        bob = await house.guest("bob")
        expiring = await alice.ask("link", conversation=group, expires_in=60)
        assert expiring["expires"] == clock.now() + 60_000
        revoked = await alice.ask("link", conversation=group)
        await alice.ask("unlink", conversation=group, link=revoked["link"])
        assert await alice.refused("unlink", conversation=group, link=revoked["link"]) == "not_found"
        assert await bob.refused("join", link=revoked["token"]) == "not_found"
        await bob.ask("preview", link=expiring["token"])
        clock.advance(60)
        assert await bob.refused("join", link=expiring["token"]) == "not_found"
        assert (await alice.ask("links", conversation=group))["links"] == []
        assert await alice.refused("link", conversation=group, expires_in=0) == "bad_request"
        last = await alice.ask("link", conversation=group)
        await alice.ask("dissolve", conversation=group)
        assert await bob.refused("join", link=last["token"]) == "not_found"
        assert await bob.refused("preview", link="guessed") == "not_found"
        assert await bob.refused("join") == "bad_request"


async def test_a_full_group_uses_no_link_up():
    async with House(options=limitless(group_limit=2)) as house:
        alice, group = await group_of(house)
        bob, carol = await house.guest("bob"), await house.guest("carol")
        token = (await alice.ask("link", conversation=group, uses=2))["token"]
        await bob.ask("join", link=token)
        assert await carol.refused("join", link=token) == "conflict"
        await bob.ask("leave", conversation=group)
        await carol.ask("join", link=token)


async def test_so_many_links_and_no_more(monkeypatch):
    monkeypatch.setattr("teahouse.engine.entrance.MOST_LINKS", 2)
    async with House() as house:
        alice, group = await group_of(house)
        for _ in range(2):
            await alice.ask("link", conversation=group)
        assert await alice.refused("link", conversation=group) == "conflict"


async def test_who_asks_waits_for_the_owner():
    async with House() as house:
        alice, group = await group_of(house, join="approval")
        bob = await house.guest("bob")
        for _ in range(2):
            assert await bob.ask("join", conversation=group, text="please") == {
                "conversation": group,
                "pending": True,
            }
        asked = alice.events("request")
        assert [(event["user"]["nick"], event["state"], event["text"]) for event in asked] == [
            ("bob", "asked", "please")
        ]
        assert await bob.refused("send", to=group, text="x") == "forbidden"
        waiting = (await alice.ask("requests", conversation=group))["requests"]
        assert [row["user"]["id"] for row in waiting] == [bob.me["id"]]
        assert (await alice.ask("approve", conversation=group, user=bob.me["id"]))["seq"] == 2
        assert (await bob.event("member"))["change"] == "approved"
        assert (await alice.ask("requests", conversation=group))["requests"] == []
        assert await alice.refused("approve", conversation=group, user=bob.me["id"]) == "not_found"
        await bob.ask("send", to=group, text="thanks")


async def test_who_is_rejected_is_told_and_who_withdraws_tells():
    async with House() as house:
        alice, group = await group_of(house, join="approval")
        bob, carol = await house.guest("bob"), await house.guest("carol")
        await bob.ask("join", conversation=group)
        await alice.ask("reject", conversation=group, user=bob.me["id"])
        assert (await bob.event("request"))["state"] == "rejected"
        await carol.ask("join", conversation=group)
        await carol.ask("reject", conversation=group, user=carol.me["id"])
        await alice.event("request", state="withdrawn")
        assert await alice.refused("reject", conversation=group, user=carol.me["id"]) == "not_found"
        assert await carol.refused("reject", conversation=group, user=bob.me["id"]) == "forbidden"


async def test_requests_are_bounded_and_grow_old():
    clock = ManualClock()
    async with House(clock=clock, options=limitless(join_requests=1, join_request_days=1)) as house:
        alice, group = await group_of(house, join="approval")
        bob, carol = await house.guest("bob"), await house.guest("carol")
        await bob.ask("join", conversation=group)
        assert await carol.refused("join", conversation=group) == "conflict"
        clock.advance(86_401)
        assert (await alice.ask("requests", conversation=group))["requests"] == []
        assert await alice.refused("approve", conversation=group, user=bob.me["id"]) == "not_found"
        await carol.ask("join", conversation=group)


async def test_being_invited_settles_a_request():
    async with House() as house:
        alice, group = await group_of(house, join="approval")
        bob = await house.guest("bob")
        await bob.ask("join", conversation=group)
        await alice.ask("invite", conversation=group, user="@bob")
        assert house.store.requests[group] == {}


async def test_two_admins_approve_at_once():
    async with House() as house:
        alice, group = await group_of(house, join="approval", members=[])
        bob, carol = await house.guest("bob"), await house.guest("carol")
        await alice.ask("invite", conversation=group, user="@carol")
        await alice.ask("role", conversation=group, user="@carol", role="admin")
        await bob.ask("join", conversation=group)
        both = await asyncio.gather(
            *(outcome(p, "approve", conversation=group, user=bob.me["id"]) for p in (alice, carol))
        )
        assert any(isinstance(one, dict) for one in both)
        members = (await alice.ask("members", conversation=group))["members"]
        assert sorted(member["nick"] for member in members) == ["alice", "bob", "carol"]


async def test_a_ban_outlasts_leaving_and_every_way_in():
    async with House() as house:
        alice, group = await group_of(house, join="open")
        bob, carol = await house.guest("bob"), await house.guest("carol")
        token = (await alice.ask("link", conversation=group))["token"]
        await bob.ask("join", conversation=group)
        await carol.ask("join", conversation=group)
        banned = await alice.ask("ban", conversation=group, user="@bob", reason="rude")
        event = await bob.event("member", change="banned")
        assert (event["seq"], event["reason"]) == (banned["seq"], "rude")
        await alice.ask("send", to=group, text="peace")
        await bob.ask("ping")
        assert bob.texts(group) == []
        assert await bob.refused("join", conversation=group) == "forbidden"
        assert await bob.refused("join", link=token) == "forbidden"
        assert await carol.refused("invite", conversation=group, user="@bob") == "forbidden"
        assert await bob.refused("send", to=group, text="x") == "forbidden"
        bans = (await alice.ask("bans", conversation=group))["bans"]
        assert [row["user"]["nick"] for row in bans] == ["bob"]
        assert await carol.refused("bans", conversation=group) == "forbidden"
        await alice.ask("unban", conversation=group, user="@bob")
        assert (await alice.ask("bans", conversation=group))["bans"] == []
        await bob.ask("join", conversation=group)


async def test_who_left_can_be_banned_and_keeps_what_they_could_read():
    async with House() as house:
        alice, group = await group_of(house, join="open")
        bob = await house.guest("bob")
        await bob.ask("join", conversation=group)
        left = (await bob.ask("leave", conversation=group))["seq"]
        await alice.ask("send", to=group, text="gone")
        await alice.ask("ban", conversation=group, user="@bob")
        page = await bob.ask("history", conversation=group)
        assert [entry["seq"] for entry in page["entries"]] == [2, left]
        assert await bob.refused("join", conversation=group) == "forbidden"


async def test_a_stranger_who_is_banned_learns_nothing():
    async with House() as house:
        alice, group = await group_of(house)
        bob = await house.guest("bob")
        await alice.ask("ban", conversation=group, user="@bob")
        assert await bob.refused("history", conversation=group) == "not_found"
        assert await bob.refused("send", to=group, text="x") == "not_found"
        assert await bob.refused("join", conversation=group) == "not_found"
        assert bob.events("member") == []
        assert seqs(bob, group) == []


async def test_who_has_power_to_ban():
    async with House() as house:
        alice, group = await group_of(house, join="open")
        bob, carol = await house.guest("bob"), await house.guest("carol")
        for person in (bob, carol):
            await person.ask("join", conversation=group)
            await alice.ask("role", conversation=group, user=person.me["id"], role="admin")
        assert await bob.refused("ban", conversation=group, user="@alice") == "forbidden"
        assert await bob.refused("ban", conversation=group, user="@carol") == "forbidden"
        assert await bob.refused("ban", conversation=group, user="@bob") == "bad_request"
        await alice.ask("ban", conversation=group, user="@bob")
        assert await alice.refused("ban", conversation=group, user="@nobody") == "not_found"
        assert await bob.refused("unban", conversation=group, user="@bob") == "forbidden"


async def test_a_ban_and_a_join_at_once_leave_them_out():
    async with House() as house:
        alice, group = await group_of(house, join="open")
        bob = await house.guest("bob")
        for _ in range(5):
            both = await asyncio.gather(
                outcome(alice, "ban", conversation=group, user="@bob"),
                outcome(bob, "join", conversation=group),
            )
            if both[0] == "conflict":  # the join was first
                await alice.ask("ban", conversation=group, user="@bob")
            assert await bob.refused("send", to=group, text="x") in ("forbidden", "not_found")
            await alice.ask("unban", conversation=group, user="@bob")
