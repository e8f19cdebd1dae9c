"""Compose: bodies and mentions."""

import json

import pytest

from tests.support.house import House, limitless


async def mentioned(house, sender, to, text):
    """The nicks of those a text mentions."""
    sent = await sender.ask("send", to=to, text=text)
    content = json.loads(house.store.entries[sent["conversation"]][sent["seq"] - 1].content)
    names = {user.id: user.nick for user in house.store.users.values()}
    return [names.get(user, user) for user in content.get("mentions", [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi @bob", ["bob"]),
        ("@bob, @carol: tea?", ["bob", "carol"]),
        ("@bob @Bob @BOB", ["bob"]),
        ("(@bob) and @bob.", ["bob"]),
        ("mail alice@bob.org or x@bob", []),
        ("@@bob", []),
        ("@bobby @bo", []),
        ("@nobody", []),
        ("@alice that is me", []),
        ("@小明 你好", ["小明"]),
        ("@", []),
        ("@all", []),
        ("@carol-", ["carol"]),
    ],
)
async def test_who_is_mentioned(text, expected):
    async with House() as house:
        alice = await house.guest("alice")
        for nick in ("bob", "carol", "小明"):
            await house.guest(nick)
        assert await mentioned(house, alice, "lobby", text) == expected


async def test_a_long_word_does_not_mention_whose_nick_it_begins_with():
    async with House() as house:
        alice = await house.guest("alice")
        await house.guest("x" * 32)
        assert await mentioned(house, alice, "lobby", "@" + "x" * 32) == ["x" * 32]
        assert await mentioned(house, alice, "lobby", "@" + "x" * 33) == []


async def test_in_a_group_only_members_are_mentioned_and_owner_and_admins_may_mention_all():
    async with House() as house:
        alice, bob, _carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        group = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        assert await mentioned(house, alice, group, "@bob @carol") == ["bob"]
        assert await mentioned(house, alice, group, "@all come") == ["*"]
        assert await mentioned(house, bob, group, "@all come") == []
        await alice.ask("role", conversation=group, user="@bob", role="admin")
        assert await mentioned(house, bob, group, "@ALL come") == ["*"]


async def test_not_more_than_fifty_are_mentioned():
    async with House() as house:
        alice = await house.guest("alice")
        for n in range(60):
            await house.guest(f"g{n}")
        text = " ".join(f"@g{n}" for n in range(60))
        assert len(await mentioned(house, alice, "lobby", text)) == 50


async def test_the_text_of_any_body_is_measured_and_searched_for_mentions():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        body = {"type": "poll", "text": "for @bob", "mentions": ["u-forged"]}
        await alice.ask("send", to="lobby", body=body)
        event = await bob.event("message")
        assert event["mentions"] == [bob.me["id"]]
        assert event["body"] == body
        assert await alice.refused("send", to="lobby", body={"type": "poll", "text": 5}) == "bad_request"
        big = {"type": "poll", "text": "x" * 16385}
        assert await alice.refused("send", to="lobby", body=big) == "too_large"


async def test_the_largest_text_is_measured_in_bytes():
    async with House(options=limitless(text_bytes=100)) as house:
        alice = await house.guest("alice")
        assert (await alice.ask("send", to="lobby", text="x" * 100))["seq"] == 1
        assert (await alice.ask("send", to="lobby", text="茶" * 33))["seq"] == 2
        assert await alice.refused("send", to="lobby", text="x" * 101) == "too_large"
        assert await alice.refused("send", to="lobby", text="茶" * 34) == "too_large"


@pytest.mark.parametrize("body", [{}, {"type": ""}, {"type": "x" * 33}, {"type": 1}, {"type": None}])
async def test_a_body_needs_a_type(body):
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("send", to="lobby", body=body) == "bad_request"


async def test_a_text_of_16_kib_goes_through_and_more_is_too_large():
    async with House() as house:
        alice = await house.guest("alice")
        assert (await alice.ask("send", to="lobby", text="x" * 16384))["seq"] == 1
        assert await alice.refused("send", to="lobby", text="x" * 16385) == "too_large"
