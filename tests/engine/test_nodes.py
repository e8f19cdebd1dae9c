"""Several nodes on one store: what one of them changes is true on the others, at once, or when they hear again."""

from typing import Any

import pytest

from teahouse.model.caller import Caller
from teahouse.model.commands import Send
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from tests.support.house import House, Person, Town, limitless, seqs, turns
from tests.support.stage import StageClock


def caller(person: Person) -> Caller:
    return Caller(User(person.me["id"], person.me["nick"]))


async def by_rest(house: House, person: Person, conversation: str) -> Any:
    """A send of somebody without a connection to this node."""
    return await house.engine.call(caller(person), Send(id=1, to=conversation, text="by rest"))


async def refused_by_rest(house: House, person: Person, conversation: str) -> Code:
    with pytest.raises(Problem) as refused:
        await by_rest(house, person, conversation)
    return refused.value.code


async def group(alice: Person, *others: str) -> str:
    made = await alice.ask("create", kind="group", title="g", members=list(others))
    return str(made["conversation"])


async def test_who_is_brought_in_on_another_node_hears_it_and_may_write():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        assert (await bob.event("conversation"))["conversation"] == tea
        await bob.ask("send", to=tea, text="thank you")
        assert (await alice.event("message"))["body"]["text"] == "thank you"
        assert seqs(bob, tea) == [1, 2]


async def test_who_is_put_out_on_another_node_hears_that_last():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        await bob.event("conversation")
        await alice.ask("kick", conversation=tea, user="@bob")
        await alice.ask("send", to=tea, text="among us")
        await bob.event("member", change="kicked")
        await turns(30)
        assert seqs(bob, tea) == [1, 2]
        assert await bob.refused("send", to=tea, text="but") == "forbidden"
        await alice.ask("invite", conversation=tea, user="@bob")
        await bob.event("member", change="invited")
        await alice.ask("send", to=tea, text="there you are")
        await bob.event("message", seq=5)
        assert seqs(bob, tea) == [1, 2, 4, 5]


async def test_a_node_on_which_nobody_listens_knows_who_is_in():
    async with Town(3) as (a, b, c):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        await by_rest(c, bob, tea)
        await alice.ask("kick", conversation=tea, user="@bob")
        await turns()
        assert await refused_by_rest(c, bob, tea) is Code.FORBIDDEN
        await alice.ask("invite", conversation=tea, user="@bob")
        await turns()
        await by_rest(c, bob, tea)
        await alice.ask("mute", conversation=tea, user="@bob", on=True)
        await turns()
        assert await refused_by_rest(c, bob, tea) is Code.MUTED


async def test_settings_and_dissolving():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        await bob.event("conversation")
        await alice.ask("update", conversation=tea, title="tea time", post="admins")
        await bob.event("conversation", title="tea time")
        assert await bob.refused("send", to=tea, text="and i") == "forbidden"
        await alice.ask("dissolve", conversation=tea)
        await bob.event("conversation", seq=3)
        await turns(20)
        assert await alice.refused("send", to=tea, text="hello?") in ("forbidden", "not_found")
        assert len(b.engine._verbs.fanout.known()) == 1  # the lobby


async def test_a_direct_conversation_is_heard_from_its_first_message():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        sent = await alice.ask("send", to="@bob", text="psst")
        heard = await bob.event("message")
        assert (heard["conversation"], heard["seq"]) == (sent["conversation"], 1)
        await bob.ask("send", to="@alice", text="what")
        assert (await alice.event("message"))["seq"] == 2


async def test_coming_and_going_in_a_large_group_reaches_ones_devices_on_all_nodes():
    options = limitless(large_group=3)
    async with Town(options=options) as (a, b):
        alice, bob, carol = await a.guest("alice"), await b.guest("bob"), await a.guest("carol")
        tea = await group(alice, "@bob", "@carol")
        await bob.event("conversation")
        await by_rest(b, carol, tea)
        dave = await b.guest("dave")
        await alice.ask("invite", conversation=tea, user="@dave")
        assert (await dave.event("member"))["change"] == "invited"
        await alice.ask("send", to=tea, text="welcome")
        await dave.event("message")
        await dave.ask("leave", conversation=tea)
        await alice.ask("send", to=tea, text="gone")
        await turns(20)
        assert dave.texts(tea) == ["welcome"]
        await alice.ask("invite", conversation=tea, user="@dave")
        await turns(20)
        await dave.ask("send", to=tea, text="again")
        await alice.event("message", body={"type": "text", "text": "again"})


async def test_a_topic_reaches_rooms_that_were_made_on_another_node():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        room = await alice.ask("create", kind="room", title="kitchen", topic="tea.#")
        await turns()
        sent = await bob.ask("send", to="topic:tea.green", text="ready")
        assert sent["conversation"] == room["conversation"]
        assert (await alice.event("message"))["body"]["text"] == "ready"


# Whispers.


async def test_what_is_hidden_and_cleared_is_so_on_ones_devices_everywhere():
    async with Town() as (a, b):
        alice = await a.guest("alice", device="phone")
        desk = await b.stranger().hello("alice", resume=alice.resume, device="desk")
        for text in ("one", "two"):
            await alice.ask("send", to="lobby", text=text)
        await alice.ask("hide", conversation="lobby", seqs=[1])
        assert (await desk.event("hidden"))["seqs"] == [1]
        await desk.ask("clear", conversation="lobby")
        assert (await alice.event("cleared"))["upto"] == 2
        assert alice.events("hidden") == desk.events("cleared") == []


async def test_the_owner_hears_who_asks_to_join_on_another_node():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        room = await alice.ask("create", kind="room", title="r", join="approval")
        await bob.ask("join", conversation=room["conversation"], text="please")
        assert (await alice.event("request", state="asked"))["text"] == "please"
        await alice.ask("reject", conversation=room["conversation"], user=bob.me["id"])
        await bob.event("request", state="rejected")
        await bob.ask("join", conversation=room["conversation"])
        await alice.ask("approve", conversation=room["conversation"], user=bob.me["id"])
        await bob.event("member", change="approved")


async def test_an_ephemeral_message_for_one_reaches_nobody_else():
    async with Town() as (a, b):
        alice, bob, carol = await a.guest("alice"), await b.guest("bob"), await b.guest("carol")
        await alice.ask("send", to="lobby", text="for bob", ephemeral=True, only=bob.me["id"])
        await alice.ask("send", to="lobby", text="for all", ephemeral=True)
        await bob.event("message", body={"type": "text", "text": "for bob"})
        await bob.event("message", body={"type": "text", "text": "for all"})
        await carol.event("message")
        assert [e["body"]["text"] for e in carol.events("message")] == ["for all"]


async def test_receipts_and_typing_cross():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await bob.event("message")
        await bob.ask("delivered", cursors={direct: 1})
        bob.say("typing", conversation=direct, on=True)
        await bob.ask("read", conversation=direct, seq=1)
        assert (await alice.event("receipt"))["delivered"] == 1
        assert (await alice.event("typing"))["on"] is True


async def test_who_hides_receipts_is_told_of_none_on_any_node():
    async with Town() as (a, b):
        alice = await a.guest("alice", device="phone")
        desk = await b.stranger().hello("alice", resume=alice.resume, device="desk")
        bob = await a.guest("bob")
        direct = (await alice.ask("send", to="@bob", text="hi"))["conversation"]
        await alice.ask("preferences", receipts=False)
        await turns()
        await bob.ask("read", conversation=direct, seq=1)
        await turns(20)
        assert alice.events("receipt") == desk.events("receipt") == []


async def test_a_block_counts_on_all_nodes():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        await alice.ask("send", to="@bob", text="hi")
        await bob.event("message")
        await alice.ask("block", user="@bob")
        await turns()
        assert await bob.refused("send", to="@alice", text="why") == "blocked"
        await alice.ask("unblock", user="@bob")
        await turns()
        await bob.ask("send", to="@alice", text="ah")


# Presence.


def seen(person: Person, of: Person) -> list[str]:
    return [line["status"] for line in person.events("presence") if line["user"] == of.me["id"]]


async def test_who_has_a_session_elsewhere_has_not_gone():
    async with Town(clock=StageClock()) as (a, b):
        alice, phone = await a.guest("alice"), await a.guest("bob", device="phone")
        desk = await b.stranger().hello("bob", resume=phone.resume, device="desk")
        await turns()
        phone.link.drop()
        await a.clock.sleep(60)
        assert seen(alice, phone) == ["online"]
        desk.link.drop()
        await a.clock.sleep(9)
        assert seen(alice, phone) == ["online"]
        await a.clock.sleep(2)
        assert seen(alice, phone) == ["online", "offline"]


async def test_who_comes_back_on_another_node_in_time_was_never_gone():
    async with Town(clock=StageClock()) as (a, b):
        alice, bob = await a.guest("alice"), await a.guest("bob")
        await turns()
        bob.link.drop()
        await a.clock.sleep(5)
        bob = await b.back(bob)
        await a.clock.sleep(60)
        assert set(seen(alice, bob)) == {"online"}


async def test_how_one_looks_is_so_on_all_nodes():
    async with Town(clock=StageClock()) as (a, b):
        alice, phone = await b.guest("alice"), await a.guest("bob", device="phone")
        await phone.ask("presence", status="dnd", text="brewing")
        desk = await b.stranger().hello("bob", resume=phone.resume, device="desk")
        await a.clock.sleep(2)
        assert seen(alice, phone)[-1] == "dnd"
        await desk.ask("presence", status="away")
        await a.clock.sleep(2)
        desk.link.drop()
        await a.clock.sleep(30)
        assert seen(alice, phone)[-1] == "away"
        (row,) = [u for u in (await alice.ask("online"))["users"] if u["nick"] == "bob"]
        assert row["status"] == "away"


async def test_friends_see_one_another_across_nodes():
    async with Town(clock=StageClock(), options=limitless(presence_audience=0)) as (a, b):
        alice, bob, carol = await a.guest("alice"), await b.guest("bob"), await b.guest("carol")
        await alice.ask("contact", user="@bob")
        await bob.ask("contact", user="@alice")
        await alice.ask("contact", user="@carol")
        await turns()
        await alice.ask("presence", status="away")
        await a.clock.sleep(2)
        assert (seen(bob, alice), seen(carol, alice)) == (["away"], [])


async def test_who_was_on_a_node_that_died_is_gone_when_it_has_been_silent():
    clock = StageClock()
    async with Town(clock=clock) as (a, b):
        await a.guest("alice")
        bob = await b.guest("bob")
        await a.engine.stop()
        for _ in range(290 // 5):
            bob.say("ping")
            await clock.sleep(5)
        assert (await bob.ask("online"))["count"] == 2
        for _ in range(4):
            await clock.sleep(5)
        assert [user["nick"] for user in (await bob.ask("online"))["users"]] == ["bob"]
        await b.guest("alice")


async def test_who_does_not_come_back_after_a_drain_is_gone_for_those_on_other_nodes():
    clock = StageClock()
    async with Town(clock=clock) as (a, b):
        alice, bob, carol = await b.guest("alice"), await a.guest("bob"), await a.guest("carol")
        await turns()
        await a.engine.drain(5)
        await a.engine.stop()
        await clock.sleep(5)
        await b.back(carol)
        await clock.sleep(4)
        assert seen(alice, bob)[-1] == "online"
        await clock.sleep(2)
        await turns(20)
        assert (seen(alice, bob)[-1], seen(alice, carol)[-1]) == ("offline", "online")


async def test_the_lobby_is_one_for_all_nodes():
    async with Town(clock=StageClock()) as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        members = (await alice.ask("members", conversation="lobby"))["members"]
        assert {row["id"] for row in members} == {alice.me["id"], bob.me["id"]}
        assert (await bob.ask("online"))["count"] == 2
        assert await b.stranger().refused("hello", nick="Alice") == "conflict"
        await a.clock.sleep(6)
        await alice.ask("send", to="lobby", text="look, @bob")
        assert (await bob.event("message"))["mentions"] == [bob.me["id"]]


async def test_a_device_has_one_session_on_all_nodes():
    async with Town() as (a, b):
        old = await a.guest("alice")
        new = await b.back(old)
        await turns()
        assert old.link.bye is not None
        assert not old.link.bye.reconnect
        assert new.link.bye is None


# Revocation.


async def test_who_is_sent_away_is_sent_away_from_all_nodes():
    async with Town() as (a, b):
        forgotten: list[Any] = []
        b.engine.others.revoked.append(lambda *news: forgotten.append(news))
        alice = await b.guest("alice")
        a.engine.revoke(alice.me["id"], ["some login"])
        await turns()
        assert alice.link.bye is None
        a.engine.revoke(alice.me["id"])
        await turns()
        assert alice.link.bye is not None
        assert forgotten == [(alice.me["id"], ("some login",), None), (alice.me["id"], None, None)]


async def test_who_is_called_otherwise_is_called_so_on_all_nodes():
    async with Town() as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        a.engine.renamed(User(bob.me["id"], "robert"))
        await turns()
        await bob.ask("send", to="lobby", text="hi")
        assert (await alice.event("message"))["sender"]["nick"] == "robert"


# When nodes do not hear one another.


async def test_cut_off_a_node_trusts_what_it_keeps_for_two_seconds():
    town = Town(clock=StageClock())
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        await bob.event("conversation")
        await bob.ask("send", to=tea, text="still in")
        town.cut(b)
        await alice.ask("kick", conversation=tea, user="@bob")
        await town.clock.sleep(2.1)
        assert await bob.refused("send", to=tea, text="still?") == "forbidden"
        assert len(town.store.entries[tea]) == 3


async def test_what_happened_while_a_node_was_cut_off_is_made_up_for():
    town = Town(clock=StageClock())
    async with town as (a, b):
        alice, bob, carol = await a.guest("alice"), await b.guest("bob"), await b.guest("carol")
        tea, milk = await group(alice, "@bob"), await group(alice, "@bob")
        await bob.event("conversation", conversation=milk)
        town.cut(b)
        await alice.ask("kick", conversation=tea, user="@bob")
        await alice.ask("send", to=tea, text="among us")
        await alice.ask("send", to=milk, text="for all of us")
        sugar = await group(alice, "@carol")
        await alice.ask("send", to="@carol", text="psst")
        a.engine.revoke("nobody")
        await turns(20)
        assert seqs(bob, tea) == seqs(bob, milk) == [1]
        town.mend(b)
        await town.clock.sleep(1)
        await turns(100)
        assert seqs(bob, tea) == [1, 2]
        assert seqs(bob, milk) == [1, 2]
        assert seqs(carol, sugar) == [1]
        assert [e["body"]["text"] for e in carol.events("message")] == ["psst"]
        assert await bob.refused("send", to=tea, text="but") == "forbidden"


async def test_what_a_node_that_was_cut_off_had_to_say_is_heard():
    town = Town(clock=StageClock())
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        town.cut(b)
        await bob.ask("send", to="lobby", text="hello?")
        await turns(20)
        assert alice.texts("lobby") == []
        town.mend(b)
        await town.clock.sleep(1)
        await turns(50)
        assert alice.texts("lobby") == ["hello?"]


async def test_whose_login_ended_unheard_is_sent_away_when_it_is_known():
    town = Town(clock=StageClock())
    async with town as (_, b):
        alice, bob = await b.guest("alice"), await b.guest("bob")

        async def holds(user: str, _grant: str) -> bool:
            return user != bob.me["id"]

        b.engine.others.holds.append(holds)
        town.cut(b)
        town.mend(b)
        await town.clock.sleep(1)
        await turns(50)
        assert bob.link.bye is not None
        assert alice.link.bye is None


async def test_a_last_message_whose_hint_was_lost_is_found():
    town = Town(clock=StageClock())
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        town.hub.fate = lambda hint, node: ()
        await alice.ask("send", to="lobby", text="last words")
        for _ in range(8):
            await town.clock.sleep(5)
        await turns(20)
        assert bob.texts("lobby") == ["last words"]


async def test_a_hint_without_its_entries_says_where_to_read(monkeypatch):
    town = Town()
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        carry = town.hub.carry
        monkeypatch.setattr(town.hub, "carry", lambda hints, by: carry([h.slim() for h in hints], by))
        await alice.ask("send", to="lobby", text="large")
        assert (await bob.event("message"))["body"]["text"] == "large"


# Jobs and the end.


async def test_what_a_dead_node_left_is_done_by_another():
    clock = StageClock()
    town = Town(clock=clock)
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        await alice.ask("send", to="lobby", text="later", at=clock.now() + 20_000)
        await a.engine.stop()
        for _ in range(6):
            await clock.sleep(5)
        await turns(20)
        assert bob.texts("lobby") == ["later"]
        del alice


async def test_messages_that_expire_do_so_on_all_nodes():
    clock = StageClock()
    async with Town(clock=clock) as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        tea = await group(alice, "@bob")
        await alice.ask("send", to=tea, text="short", expires_s=5)
        for _ in range(3):
            await clock.sleep(5)
        await turns(20)
        assert (await bob.event("recall"))["ref"] == 2


async def test_a_node_that_drains_lets_everything_go():
    town = Town(clock=StageClock())
    async with town as (a, b):
        alice, bob = await a.guest("alice"), await b.guest("bob")
        await alice.ask("send", to="lobby", text="before")
        await bob.event("message")
        await a.engine.drain(5)
        assert alice.link.bye is not None
        assert alice.link.bye.reconnect
        assert [u["nick"] for u in (await bob.ask("online"))["users"]] == ["bob"]
        assert town.hub._brokers["a"].subscribed == {"nodes", "node:a"}
        await bob.ask("send", to="lobby", text="meanwhile")
        alice = await b.back(alice, cursors={"lobby": 1})
        assert (await alice.event("message"))["body"]["text"] == "meanwhile"
