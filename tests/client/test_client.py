"""The client against a scripted peer: answers by id, time-outs, lost connections, gaps, goodbyes."""

import asyncio
import json

import pytest

from teahouse.client import Client, Dismissed, Event, Hello, LogEvent, Problem
from teahouse.client import client as module
from teahouse.model import commands
from teahouse.model.errors import Code
from teahouse.model.events import Bye, Ephemeral, Notice, Typing
from teahouse.model.results import Pong
from tests.client.peer import Frame, Peer, message


async def take(client: Client, count: int) -> list[Event]:
    taken: list[Event] = []
    async with asyncio.timeout(5):
        async for event in client.events():
            taken.append(event)
            if len(taken) == count:
                break
    return taken


async def seqs(client: Client, count: int) -> list[int]:
    """The seqs of the next `count` entries; notices are passed over."""
    found: list[int] = []
    while len(found) < count:
        (event,) = await take(client, 1)
        if isinstance(event, LogEvent):
            found.append(event.seq)
    return found


# --- hello ------------------------------------------------------------------------------------------


async def test_hello(peer: Peer, alice: Client) -> None:
    assert alice.welcome.user.nick == "alice"
    assert alice.welcome.resume == "secret"
    assert peer.heard[0] == {"op": "hello", "id": 1, "nick": "alice"}


async def test_refused_at_the_door(peer: Peer) -> None:
    peer.on("hello", lambda _: {"error": {"code": "conflict", "message": "taken", "retry": False}})
    with pytest.raises(Problem, match="taken") as caught:
        await Client(peer.url, Hello(nick="alice")).connect()
    assert caught.value.code is Code.CONFLICT


async def test_dismissed_at_the_door(peer: Peer) -> None:
    def dismiss(_: Frame) -> None:
        peer.say({"ev": "bye", "reason": "no room", "reconnect": False})
        peer._writers[-1].close()

    peer.on("hello", dismiss)
    with pytest.raises(Dismissed, match="no room"):
        await Client(peer.url, Hello(nick="alice")).connect()


async def test_nobody_answers_there() -> None:
    with pytest.raises(OSError, match="Connect call failed"):
        await Client("tcp://127.0.0.1:1", Hello(nick="alice")).connect()


async def test_not_connected_yet() -> None:
    with pytest.raises(ConnectionError, match="not connected"):
        _ = Client("tcp://127.0.0.1:1", Hello(nick="alice")).welcome


# --- request and answer -----------------------------------------------------------------------------


async def test_answers_find_their_commands_in_any_order(peer: Peer, alice: Client) -> None:
    first_asked = asyncio.Event()

    async def slow(_: Frame) -> Frame:
        first_asked.set()
        return {"error": {"code": "not_found", "message": "no such person"}}

    peer.on("online", slow)
    asked = asyncio.gather(
        alice.request(commands.Online(), dict), alice.request(commands.Ping(), Pong), return_exceptions=True
    )
    refused, pong = await asked
    assert isinstance(refused, Problem)
    assert pong == Pong(1)


async def test_no_answer_in_time(peer: Peer) -> None:
    peer.on("ping", lambda _: None)
    async with Client(peer.url, Hello(nick="alice"), timeout_s=0.1) as client:
        with pytest.raises(TimeoutError):
            await client.request(commands.Ping(), Pong)


async def test_a_connection_lost_before_the_answer(peer: Peer, alice: Client) -> None:
    peer.on("ping", lambda _: peer.hang_up())
    with pytest.raises(ConnectionError):
        await alice.request(commands.Ping(), Pong)


async def test_a_code_this_client_does_not_know(peer: Peer, alice: Client) -> None:
    peer.on("ping", lambda _: {"error": {"code": "too_hot", "message": "tea"}})
    with pytest.raises(Problem, match="tea") as caught:
        await alice.request(commands.Ping(), Pong)
    assert caught.value.code is Code.INTERNAL


# --- events -----------------------------------------------------------------------------------------


async def test_events_come_typed(peer: Peer, alice: Client) -> None:
    peer.say(
        message(1, "hello", reply_to=7, mentions=["u1"], something="new"),
        {"ev": "typing", "conversation": "lobby", "user": "u2", "on": True},
        {
            "ev": "message",
            "conversation": "lobby",
            "sender": {"id": "u2", "nick": "bob"},
            "at": 1,
            "body": {},
        },
        {"ev": "invented later", "x": 1},
        {"error": {"code": "muted", "message": "quiet", "retry": False}},
    )
    entry, typing, ephemeral, notice = await take(alice, 4)
    assert isinstance(entry, LogEvent)
    assert (entry.text, entry.reply_to, entry.mentions) == ("hello", 7, ("u1",))
    assert isinstance(typing, Typing)
    assert isinstance(ephemeral, Ephemeral)
    assert notice == Notice("muted", "quiet")


async def test_a_gap_is_filled_from_history_before_it_is_shown(peer: Peer, alice: Client) -> None:
    def history(command: Frame) -> Frame:
        first = command["after"] + 1
        return {"ok": {"entries": [message(first), message(first + 1)], "more": True}}

    peer.on("history", history)
    peer.say(message(1), message(6), message(7))
    assert await seqs(alice, 7) == [1, 2, 3, 4, 5, 6, 7]
    assert [page["after"] for page in peer.ops("history")] == [1, 3]


async def test_a_gap_that_may_not_be_read_is_passed_over(peer: Peer, alice: Client) -> None:
    peer.on("history", lambda _: {"error": {"code": "not_found", "message": "not yours"}})
    peer.say(message(1), message(6))
    assert await seqs(alice, 2) == [1, 6]


async def test_a_gap_that_cannot_be_read_now_is_read_later(peer: Peer, alice: Client) -> None:
    def history(_: Frame) -> Frame:
        if len(peer.ops("history")) < 3:
            return {"error": {"code": "unavailable", "message": "later", "retry": True, "retry_after_ms": 10}}
        return {"ok": {"entries": [message(2), message(3)], "more": False}}

    peer.on("history", history)
    peer.say(message(1), message(4))
    assert await seqs(alice, 4) == [1, 2, 3, 4]


async def test_resync_fetches_what_was_left_out(peer: Peer, alice: Client) -> None:
    peer.on("history", lambda _: {"ok": {"entries": [message(2), message(3)], "more": False}})
    peer.say(message(1), {"ev": "resync", "conversation": "lobby", "from": 1}, message(4))
    assert await seqs(alice, 4) == [1, 2, 3, 4]


# --- sends ------------------------------------------------------------------------------------------


async def test_own_sends_are_answers_not_events(peer: Peer, alice: Client) -> None:
    sent = await alice.send("lobby", "hi")
    assert sent.seq == 1
    peer.say(message(2))
    assert await seqs(alice, 1) == [2]
    assert peer.ops("history") == []


async def test_a_send_is_repeated_with_its_cid_until_it_is_acknowledged(peer: Peer, alice: Client) -> None:
    def store_and_die(command: Frame) -> Frame:
        answer = peer.store(command)
        if len(peer.ops("send")) < 3:
            peer.hang_up()
        return answer

    peer.on("send", store_and_die)
    sent = await alice.send("lobby", "hi", reply_to=4)
    assert (sent.seq, sent.duplicate, peer.head) == (1, True, 1)
    sends = peer.ops("send")
    assert len(sends) == 3
    assert {(send["cid"], send["text"], send["reply_to"]) for send in sends} == {(sends[0]["cid"], "hi", 4)}


async def test_a_send_waits_when_it_is_told_to(peer: Peer, alice: Client) -> None:
    def refuse_once(command: Frame) -> Frame:
        if len(peer.ops("send")) == 1:
            return {"error": {"code": "rate_limited", "message": "slow", "retry": True, "retry_after_ms": 50}}
        return peer.store(command)

    peer.on("send", refuse_once)
    assert (await alice.send("lobby", "hi")).seq == 1


async def test_a_send_that_is_refused_for_good(peer: Peer, alice: Client) -> None:
    peer.on("send", lambda _: {"error": {"code": "muted", "message": "quiet", "retry": False}})
    with pytest.raises(Problem, match="quiet"):
        await alice.send("lobby", "hi")
    assert len(peer.ops("send")) == 1


# --- lost connections -------------------------------------------------------------------------------


async def test_it_comes_back_with_its_secret_and_where_it_was(peer: Peer, alice: Client) -> None:
    peer.say(message(1), message(2))
    assert await seqs(alice, 2) == [1, 2]
    peer.hang_up()
    notices = await take(alice, 2)
    assert [notice.code for notice in notices if isinstance(notice, Notice)] == ["disconnected", "connected"]
    hello = peer.ops("hello")[1]
    assert (hello["resume"], hello["cursors"]) == ("secret", {"lobby": 2})
    peer.say(message(2), message(3))
    assert await seqs(alice, 1) == [3]


async def test_it_was_in_the_lobby_before_anybody_spoke(peer: Peer) -> None:
    peer.head = 9
    async with Client(peer.url, Hello(nick="alice")) as client:
        peer.hang_up()
        await take(client, 2)
        assert peer.ops("hello")[1]["cursors"] == {"lobby": 9}


async def test_it_hears_of_a_conversation_opened_while_it_was_away(peer: Peer, alice: Client) -> None:
    listed = {"conversation": "d1", "kind": "direct", "title": "bob", "last_seq": 2, "read_seq": 0}
    peer.on("conversations", lambda _: {"ok": {"conversations": [listed]}})
    entries = [message(1) | {"conversation": "d1"}, message(2) | {"conversation": "d1"}]

    def history(command: Frame) -> Frame:
        assert command["conversation"] == "d1"
        return {"ok": {"entries": entries, "more": False}}

    peer.on("history", history)
    peer.hang_up()
    assert await seqs(alice, 2) == [1, 2]


async def test_more_conversations_than_hello_can_speak_of(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_HELLO_CURSORS", 1)
    rows = [{"conversation": name, "kind": "group", "last_seq": 5} for name in ("a", "b", "c")]
    peer.on("conversations", lambda _: {"ok": {"conversations": rows}})
    peer.on("history", lambda _: {"ok": {"entries": [message(5) | {"conversation": "b"}], "more": False}})
    cursors = {"a": 3, "b": 4, "c": 5}
    async with Client(peer.url, Hello(nick="alice", cursors=cursors)) as client:
        assert await seqs(client, 1) == [5]
        assert peer.ops("hello")[0]["cursors"] == {"a": 3}
        assert [page["conversation"] for page in peer.ops("history")] == ["b"]


async def test_a_request_waits_for_the_next_connection(peer: Peer, alice: Client) -> None:
    peer.hang_up()
    await take(alice, 1)
    assert await alice.request(commands.Ping(), Pong) == Pong(1)


async def test_it_goes_on_trying_while_the_server_is_down(peer: Peer, alice: Client) -> None:
    await peer.stop()
    await take(alice, 1)
    await asyncio.sleep(0.05)
    await peer.start()
    (notice,) = await take(alice, 1)
    assert notice == Notice("connected", "connected again")


async def test_nonsense_counts_as_a_lost_connection(peer: Peer, alice: Client) -> None:
    peer._writers[-1].write(b"not json\n")
    await take(alice, 2)
    assert len(peer.ops("hello")) == 2


async def test_a_silent_server_is_left(peer: Peer) -> None:
    def hello(command: Frame) -> Frame:
        answer = peer._usual(command)
        assert answer is not None
        answer["ok"]["heartbeat_s"] = 0
        return answer

    peer.on("hello", hello)
    peer.on("ping", lambda _: None)
    async with Client(peer.url, Hello(nick="alice"), timeout_s=0.1) as client:
        (notice,) = await take(client, 1)
        assert isinstance(notice, Notice)
        assert notice.code == "disconnected"


# --- goodbyes ---------------------------------------------------------------------------------------


async def test_bye_for_good_ends_everything(peer: Peer, alice: Client) -> None:
    peer.say({"ev": "bye", "reason": "replaced", "reconnect": False})
    peer._writers[-1].close()
    (bye,) = await take(alice, 1)
    assert bye == Bye("replaced", False)
    with pytest.raises(Dismissed, match="replaced"):
        await take(alice, 1)
    with pytest.raises(Dismissed, match="replaced"):
        await alice.send("lobby", "hi")
    assert len(peer.ops("hello")) == 1


async def test_bye_for_now(peer: Peer, alice: Client) -> None:
    peer.say({"ev": "bye", "reason": "restart", "reconnect": True, "after_ms": 20})
    peer._writers[-1].close()
    await take(alice, 3)
    assert len(peer.ops("hello")) == 2


async def test_a_secret_that_is_no_longer_known_ends_it(peer: Peer, alice: Client) -> None:
    peer.on("hello", lambda _: {"error": {"code": "unauthenticated", "message": "who?", "retry": False}})
    peer.hang_up()
    await take(alice, 1)
    with pytest.raises(Problem, match="who"):
        await take(alice, 1)


async def test_who_is_not_let_back_in_sends_nothing_more(peer: Peer, alice: Client) -> None:
    """A send that waits must not take the refusal of the door for one of its own."""
    peer.on("hello", lambda _: {"error": {"code": "unauthenticated", "message": "who?", "retry": False}})
    peer.on("send", lambda _: peer.hang_up())
    with pytest.raises(Dismissed, match="who"):
        await alice.send("lobby", "hi")


async def test_closed_by_ourselves(peer: Peer) -> None:
    client = Client(peer.url, Hello(nick="alice"))
    await client.connect()
    await client.close()
    assert [event async for event in client.events()] == []
    with pytest.raises(Dismissed, match="closed"):
        await client.send("lobby", "hi")


async def test_tell_wants_no_answer(peer: Peer, alice: Client) -> None:
    await alice.tell(commands.Typing(conversation="lobby"))
    await alice.request(commands.Ping(), Pong)
    assert peer.heard[-2] == json.loads('{"op": "typing", "conversation": "lobby"}')
