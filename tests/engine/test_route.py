"""Route: which conversation is meant, and who may write there."""

import pytest

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.people import User
from tests.support.house import House, turns


async def test_a_nick_is_found_in_any_spelling_and_only_while_its_bearer_is_here():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("Bob")
        sent = await alice.ask("send", to="@bOB", text="1")
        bob.link.drop()
        await turns()
        assert await alice.refused("send", to="@bob", text="2") == "not_found"
        assert (await alice.ask("send", to=sent["conversation"], text="2"))["seq"] == 2


@pytest.mark.parametrize("to", ["@", "@@bob", "@ bob", "@nobody", "d123", "nowhere"])
async def test_what_leads_nowhere_is_not_found(to):
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("send", to=to, text="hi") == "not_found"


async def test_an_account_is_written_to_also_while_it_is_away():
    store = MemoryStore()
    store.users["u-ada"] = User("u-ada", "Ada", guest=False)
    async with House(store) as house:
        alice = await house.guest("alice")
        assert (await alice.ask("send", to="@ada", text="for later"))["seq"] == 1


async def test_both_open_it_at_once_and_meet_in_the_same_conversation():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        alice.say("send", id="a", to="@bob", text="hi bob")
        bob.say("send", id="b", to="@alice", text="hi alice")
        await turns()
        assert len(house.store.conversations) == 1
        assert [event["body"]["text"] for event in bob.events("message")] == ["hi bob"]
        assert [event["body"]["text"] for event in alice.events("message")] == ["hi alice"]


async def test_a_direct_conversation_made_behind_our_back_is_heard_from_the_first_send_on():
    async with House() as one, House(one.store, one.hub, node="b") as two:
        alice, bob = await one.guest("alice"), await one.guest("bob")
        alice_there = await two.back(alice, device="far")
        bob_there = await two.back(bob, device="far")
        made = await alice_there.ask("send", to="@bob", text="from there")
        await alice.ask("send", to="@bob", text="from here")
        await turns()
        assert bob.texts(made["conversation"]) == ["from there", "from here"]
        assert bob_there.texts(made["conversation"]) == ["from there", "from here"]


async def test_outsiders_learn_of_closed_groups_nothing_and_of_open_rooms_how_to_come_in():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group"))["conversation"]
        room = (await alice.ask("create", kind="room"))["conversation"]
        for op in ("send", "history", "members", "online", "read", "typing", "leave", "archive"):
            fields = {"to": group, "text": "x"} if op == "send" else {"conversation": group, "seq": 1}
            if op == "typing":
                bob.say("typing", conversation=group)
                await turns()
                assert bob.link.lines[-1]["error"]["code"] == "not_found"
            else:
                assert await bob.refused(op, **fields) == "not_found", op
        assert await bob.refused("send", to=room, text="x") == "forbidden"


async def test_in_a_channel_only_owner_and_admins_write_and_followers_may_react():
    async with House() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        channel = (await alice.ask("create", kind="channel", title="news"))["conversation"]
        for follower in (bob, carol):
            await follower.ask("join", conversation=channel)
        await alice.ask("role", conversation=channel, user="@bob", role="admin")
        await alice.ask("send", to=channel, text="one")
        sent = await bob.ask("send", to=channel, text="two")
        assert await carol.refused("send", to=channel, text="three") == "forbidden"
        await carol.ask("react", conversation=channel, seq=sent["seq"], emoji="🍵")
        assert carol.texts(channel) == ["one", "two"]


async def test_a_topic_needs_a_room_that_listens_and_lets_in():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await bob.ask("create", kind="room", topic="closed.#", join="invite")
        assert await alice.refused("send", to="topic:closed.a", text="?") == "not_found"
        assert await alice.refused("send", to="topic:open.*", text="?") == "bad_request"
        assert await alice.refused("send", to="topic:", text="?") == "bad_request"
        assert await bob.refused("create", kind="group", topic="a.b") == "bad_request"
        assert await bob.refused("create", kind="room", topic="a..b") == "bad_request"
        assert await alice.refused("send", to="topic:a", text="?", ephemeral=True) == "bad_request"


async def test_topics_are_known_after_a_restart():
    store = MemoryStore()
    async with House(store) as house:
        alice = await house.guest("alice")
        room = await alice.ask("create", kind="room", topic="tea.*")
    async with House(store) as house:
        bob = await house.guest("bob")
        sent = await bob.ask("send", to="topic:tea.green", text="!")
        assert sent["conversation"] == room["conversation"]


async def test_who_is_muted_is_not_heard_by_topic_either_even_after_leaving():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        room = (await alice.ask("create", kind="room", topic="tea"))["conversation"]
        await bob.ask("join", conversation=room)
        await alice.ask("mute", conversation=room, user="@bob")
        assert await bob.refused("send", to="topic:tea", text="x") == "muted"
        await bob.ask("leave", conversation=room)
        assert await bob.refused("send", to="topic:tea", text="x") == "muted"
