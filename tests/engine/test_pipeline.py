"""Sending: the road of a message from hello to everybody's screen."""

import asyncio

import pytest

from tests.support.house import House, Refused, turns


async def test_a_message_reaches_everybody_in_the_lobby_but_its_sender():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        sent = await alice.ask("send", to="lobby", text="hi")
        assert (sent["conversation"], sent["seq"], sent["duplicate"]) == ("lobby", 1, False)
        event = await bob.event("message")
        assert event["seq"] == 1
        assert event["message"] == sent["message"]
        assert event["sender"] == {"id": alice.me["id"], "nick": "alice"}
        assert event["body"] == {"type": "text", "text": "hi"}
        assert "cid" not in event
        assert alice.events("message") == []


async def test_answers_and_events_come_in_seq_order_on_one_connection():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for n in range(20):
            (alice if n % 2 else bob).say("send", id=f"n{n}", to="lobby", text=str(n))
        await turns()
        seqs = [
            line["ok"]["seq"] if "ok" in line else line["seq"]
            for line in alice.link.lines
            if line.get("ev") == "message" or str(line.get("re")).startswith("n")
        ]
        assert seqs == list(range(1, 21))


async def test_one_write_a_turn_carries_all_that_happened():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        before = bob.link.writes
        for n in range(50):
            alice.say("send", to="lobby", text=str(n))
        await turns()
        assert len(bob.events("message")) == 50
        assert bob.link.writes == before + 1


async def test_the_same_cid_is_stored_and_delivered_once():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        first = await alice.ask("send", to="lobby", text="once", cid="c1")
        again = await alice.ask("send", to="lobby", text="once", cid="c1")
        assert again == {**first, "duplicate": True}
        with pytest.raises(Refused) as refused:
            await alice.ask("send", to="lobby", text="other", cid="c1")
        assert refused.value.code == "idempotency_conflict"
        await bob.ask("ping")
        assert bob.texts("lobby") == ["once"]


async def test_other_devices_of_the_sender_get_the_event_with_its_cid():
    async with House() as house:
        phone = await house.guest("alice", device="phone")
        desk = house.stranger()
        await desk.hello("alice", resume=phone.resume, device="desk")
        await phone.ask("send", to="lobby", text="hi", cid="c1")
        assert (await desk.event("message"))["cid"] == "c1"
        assert phone.events("message") == []


async def test_a_nick_opens_a_direct_conversation_that_both_see():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        carol = await house.guest("carol")
        sent = await alice.ask("send", to="@bob", text="psst")
        event = await bob.event("message")
        assert event["conversation"] == sent["conversation"] != "lobby"
        back = await bob.ask("send", to="@Alice", text="yes?")
        assert back["conversation"] == sent["conversation"]
        assert (await alice.event("message"))["seq"] == 2
        await carol.ask("ping")
        assert carol.events("message") == []


async def test_nobody_and_oneself_cannot_be_written_to():
    async with House() as house:
        alice = await house.guest("alice")
        for to, code in (("@nobody", "not_found"), ("@alice", "bad_request"), ("c123", "not_found")):
            with pytest.raises(Refused) as refused:
                await alice.ask("send", to=to, text="hi")
            assert refused.value.code == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "bad_request"),
        ({"text": "   "}, "bad_request"),
        ({"text": "a", "body": {"type": "text", "text": "b"}}, "bad_request"),
        ({"body": {"text": "no type"}}, "bad_request"),
        ({"body": {"type": "text"}}, "bad_request"),
        ({"body": {"type": "poll", "fields": ["x" * 60_000]}}, "too_large"),
        ({"text": "茶" * 6000}, "too_large"),
    ],
)
async def test_bad_bodies_are_refused_and_nothing_is_stored(fields, code):
    async with House() as house:
        alice = await house.guest("alice")
        with pytest.raises(Refused) as refused:
            await alice.ask("send", to="lobby", **fields)
        assert refused.value.code == code
        assert (await alice.ask("history", conversation="lobby"))["entries"] == []


async def test_a_typed_body_travels_as_it_is():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        body = {"type": "location", "lat": 30.25, "lon": 120.17, "text": "龙井村"}
        await alice.ask("send", to="lobby", body=body)
        assert (await bob.event("message"))["body"] == body


async def test_an_ephemeral_message_is_not_stored():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        answer = await alice.ask("send", to="lobby", text="boo", ephemeral=True)
        assert answer["ephemeral"] is True
        assert "seq" not in await bob.event("message")
        assert (await bob.ask("history", conversation="lobby"))["entries"] == []


async def test_a_topic_reaches_the_rooms_that_listen_to_it():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        halls = await bob.ask("create", kind="room", title="halls", topic="tea.hall.*")
        everything = await bob.ask("create", kind="room", title="all", topic="tea.#")
        await bob.ask("create", kind="room", title="kitchen", topic="tea.kitchen.#")
        sent = await alice.ask("send", to="topic:tea.hall.warm", text="24 C", cid="t1")
        heard = {room["conversation"] for room in sent["routed"]}
        assert heard == {halls["conversation"], everything["conversation"]}
        assert (await bob.event("message"))["topic"] == "tea.hall.warm"
        again = await alice.ask("send", to="topic:tea.hall.warm", text="24 C", cid="t1")
        assert again["duplicate"] is True
        with pytest.raises(Refused) as refused:
            await alice.ask("send", to="topic:coffee", text="?")
        assert refused.value.code == "not_found"


async def test_urgent_messages_are_stored_first():
    async with House() as house:
        alice = await house.guest("alice")
        for n in range(5):
            alice.say("send", id=f"n{n}", to="lobby", text=str(n))
        urgent = alice.ask("send", to="lobby", text="fire", priority="high")
        assert (await urgent)["seq"] == 1


async def test_a_store_that_cannot_write_answers_unavailable_and_recovers():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        house.store.failure = "disk full"
        with pytest.raises(Refused) as refused:
            await alice.ask("send", to="lobby", text="lost?", cid="c1")
        assert refused.value.code == "unavailable"
        assert refused.value.error["retry"] is True
        assert house.engine.ready()["store"] == "disk full"
        assert (await alice.ask("online"))["count"] == 2
        house.store.failure = None
        assert (await alice.ask("send", to="lobby", text="lost?", cid="c1"))["seq"] == 1
        assert house.engine.ready()["store"] == "ok"
        assert (await bob.event("message"))["seq"] == 1


async def test_commands_take_effect_in_the_order_they_came():
    async with House() as house:
        alice = await house.guest("alice")
        made = await alice.ask("create", kind="room", title="r")
        bob = await house.guest("bob")
        bob.say("join", id="j", conversation=made["conversation"])
        bob.say("send", id="s", to=made["conversation"], text="here")
        bob.say("history", id="h", conversation=made["conversation"])
        bob.say("leave", id="l", conversation=made["conversation"])
        await turns(40)
        answers = {line["re"]: line for line in bob.link.lines if "re" in line}
        assert answers["s"]["ok"]["seq"] == 3
        assert [entry["ev"] for entry in answers["h"]["ok"]["entries"]] == [
            "conversation",
            "member",
            "message",
        ]
        assert answers["l"]["ok"]["seq"] == 4


async def test_too_many_commands_are_refused_with_the_time_to_wait():
    from teahouse.engine.options import EngineOptions

    async with House(options=EngineOptions(sends_per_s=1, sends_burst=3)) as house:
        alice = await house.guest("alice")
        for _ in range(3):
            await alice.ask("send", to="lobby", text="x")
        with pytest.raises(Refused) as refused:
            await alice.ask("send", to="lobby", text="x")
        assert refused.value.code == "rate_limited"
        assert 0 < refused.value.error["retry_after_ms"] <= 1000


async def test_a_session_that_runs_ahead_is_not_read_until_it_is_answered():
    from teahouse.engine.options import EngineOptions

    async with House(options=EngineOptions(commands_per_s=0, sends_per_s=0, in_flight=8)) as house:
        alice = await house.guest("alice")
        for n in range(20):
            alice.say("send", id=n + 100, to="lobby", text="x")
        assert alice.link.held
        await turns()
        assert not alice.link.held
        assert sum(line.get("re", 0) >= 100 for line in alice.link.lines) == 20


async def test_after_eof_what_is_in_flight_is_answered_first():
    async with House() as house:
        alice = await house.guest("alice")
        alice.say("send", id="last", to="lobby", text="bye")
        house.engine.ended(alice.link.session)
        assert not alice.link.closed
        await turns()
        await asyncio.sleep(0)
        assert alice.link.closed
        assert any(line.get("re") == "last" for line in alice.link.lines)


async def test_a_reply_is_to_something_that_is_there():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="question")
        await bob.ask("send", to="lobby", text="answer", reply_to=1)
        assert (await alice.event("message"))["reply_to"] == 1
        for seq in (0, 3):
            with pytest.raises(Refused) as refused:
                await bob.ask("send", to="lobby", text="answer", reply_to=seq)
            assert refused.value.code == "bad_request"
