"""The outbox against a scripted peer: order, one cid, refusals, and what is left at the end."""

import asyncio

from teahouse.client import Client
from teahouse.client.outbox import Outbox, Outgoing
from tests.client.peer import Frame, Peer


class Told:
    def __init__(self) -> None:
        self.outgoings: list[Outgoing] = []
        self._queue: asyncio.Queue[Outgoing] = asyncio.Queue()

    def __call__(self, outgoing: Outgoing) -> None:
        self._queue.put_nowait(outgoing)

    async def of(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            self.outgoings += [await self._queue.get() for _ in range(count)]
        return [outgoing.text for outgoing in self.outgoings]


async def test_in_the_order_they_were_written(peer: Peer, alice: Client) -> None:
    told = Told()
    outbox = Outbox(alice, told)
    for n in range(20):
        outbox.put("lobby", f"{n}")
    assert len(outbox.waiting) == 20
    assert await told.of(20) == [f"{n}" for n in range(20)]
    assert [outgoing.sent.seq for outgoing in told.outgoings if outgoing.sent] == list(range(1, 21))
    assert outbox.waiting == []


async def test_over_a_lost_connection_in_order_and_once(peer: Peer, alice: Client) -> None:
    def store_and_die(command: Frame) -> Frame:
        answer = peer.store(command)
        if len(peer.ops("send")) in (2, 4):
            peer.hang_up()
        return answer

    peer.on("send", store_and_die)
    told = Told()
    outbox = Outbox(alice, told)
    for n in range(5):
        outbox.put("lobby", f"{n}")
    assert await told.of(5) == ["0", "1", "2", "3", "4"]
    assert peer.head == 5
    assert [outgoing.sent.seq for outgoing in told.outgoings if outgoing.sent] == [1, 2, 3, 4, 5]


async def test_what_is_refused_holds_nobody_up(peer: Peer, alice: Client) -> None:
    def refuse_once(command: Frame) -> Frame:
        if command["text"] == "bad":
            return {"error": {"code": "forbidden", "message": "not here", "retry": False}}
        return peer.store(command)

    peer.on("send", refuse_once)
    told = Told()
    outbox = Outbox(alice, told)
    bad, good = outbox.put("lobby", "bad"), outbox.put("lobby", "good", reply_to=3)
    await told.of(2)
    assert bad.problem is not None and bad.problem.message == "not here" and not bad.waiting
    assert good.sent is not None
    assert peer.ops("send")[1]["reply_to"] == 3


async def test_places_do_not_wait_for_one_another(peer: Peer, alice: Client) -> None:
    peer.on("send", lambda command: None if command["to"] == "c1" else peer.store(command))
    told = Told()
    outbox = Outbox(alice, told)
    outbox.put("c1", "stuck")
    outbox.put("lobby", "free")
    assert await told.of(1) == ["free"]
    assert [outgoing.text for outgoing in await outbox.drain(0.05)] == ["stuck"]


async def test_the_server_does_not_want_us_back(peer: Peer, alice: Client) -> None:
    peer.on("send", lambda _: None)
    outbox = Outbox(alice, Told())
    outbox.put("lobby", "one")
    peer.say({"ev": "bye", "reason": "enough", "reconnect": False})
    peer._writers[-1].close()
    assert [outgoing.text for outgoing in await outbox.drain(2)] == ["one"]
    outbox.put("lobby", "two")
    assert [outgoing.text for outgoing in outbox.waiting] == ["one", "two"]


async def test_a_body_goes_in_the_place_of_the_text(peer: Peer, alice: Client) -> None:
    told = Told()
    Outbox(alice, told).put("lobby", "**x**", body={"type": "markdown", "text": "**x**"})
    await told.of(1)
    (send,) = peer.ops("send")
    assert "text" not in send and send["body"]["type"] == "markdown"
