"""Bad input against a whole server: a clear error or an end for those who send it, and nothing for anybody else."""

import asyncio
import json
import random
from typing import Any, get_args

import pytest

from teahouse.model.commands import AnyCommand
from tests.app.server import Server
from tests.service.strangers import TcpStranger, Witness, guest, memory_of, stranger
from tests.support.lines import LineClient, port_of

pytestmark = pytest.mark.service

MIB = 1 << 20
SEED = 20_261_124
both = pytest.mark.parametrize("gateway", ["tcp", "websocket"])

BAD_FRAMES = {
    "cut off": b'{"op":"send","to":"lobby","te',
    "no object": b'["op","send"]',
    "a word": b"hello",
    "too deep": b'{"op":"send","to":"lobby","body":' + b'{"a":' * 17 + b"1" + b"}" * 18,
    "very deep": b"[" * 60_000,
    "no number": b'{"op":"send","to":"lobby","body":{"type":"x","n":NaN}}',
    "a lone surrogate": b'{"op":"send","to":"lobby","text":"\\ud800"}',
}


@both
@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES)
async def test_what_is_no_frame_is_said_to_be_none_and_the_third_in_a_row_is_the_last(
    server: Server, witness: Witness, gateway: str, frame: bytes
) -> None:
    person = await guest(server, gateway)
    for _ in range(2):
        await person.send(frame)
        await person.send(frame)
        assert "ok" in await person.ask(op="ping")
    for _ in range(3):
        await person.send(frame)
    heard = [line for line in await person.rest() if line.get("ev") not in ("presence", "message")]
    assert [line["error"]["code"] for line in heard[:-1]] == ["bad_frame"] * 3
    assert (heard[-1]["ev"], heard[-1]["reconnect"]) == ("bye", False)


async def test_what_is_not_utf_8_is_no_frame(server: Server, witness: Witness) -> None:
    person = await guest(server, "tcp")
    await person.send(b'{"op":"send","to":"lobby","text":"\xff\xfe"}')
    while "error" not in (heard := await person.hear() or {}):
        pass
    assert heard["error"]["code"] == "bad_frame"
    assert "ok" in await person.ask(op="ping")
    await person.close()
    person = await guest(server, "websocket")  # RFC 6455, 8.1: the connection fails
    await person.send(b'{"op":"send","to":"lobby","text":"\xff\xfe"}')
    await person.rest()


@both
async def test_a_frame_that_is_too_large_ends_the_connection(
    server: Server, witness: Witness, gateway: str
) -> None:
    person = await guest(server, gateway)
    padding = "x" * 65_400
    assert "error" in await person.ask(op="send", to="lobby", text=padding)
    await person.send(json.dumps({"op": "ping", "pad": "x" * 65_536}).encode())
    heard = [line for line in await person.rest() if line.get("ev") not in ("presence", "message")]
    assert [line["error"]["code"] for line in heard if "error" in line] == ["bad_frame"]
    assert heard[-1]["ev"] == "bye"


async def test_a_line_without_end_is_not_gathered(server: Server, witness: Witness) -> None:
    before = memory_of(server)
    for _ in range(10):
        person = TcpStranger(await LineClient.connect(port_of(server.ready["tcp"])))
        try:
            for _ in range(100):
                person.client.writer.write(b"x" * 100_000)
                await person.client.writer.drain()
        except ConnectionError:
            pass
        await person.close()
    assert memory_of(server) - before < 10 * MIB


async def test_a_last_line_without_its_end_counts(server: Server, witness: Witness) -> None:
    client = await LineClient.connect(port_of(server.ready["tcp"]))
    client.writer.write(b'{"op":"hello","id":1,"nick":"hasty"}\n{"op":"ping","id":2}')
    client.writer.write_eof()
    heard = [await client.line()]
    while heard[-1].get("re") != 2:
        heard.append(await client.line())
    with pytest.raises(ConnectionError):
        while True:
            await client.line()


VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2**53, -(2**70), 1.5, "", "lobby", "@", "@nobody", "topic:", "topic:#", "x" * 100,
    "\x00", "茶", [], {}, [[]], {"type": "text"}, {"type": "text", "text": 5}, {"lobby": 1}, {"lobby": -1}, ["@a"] * 3,
    {"": 0}, "direct", "room", "group", "owner", "online", "invisible", "joined", "all", 200, 10**30,
]  # fmt: skip


def random_command(chance: random.Random) -> bytes:
    """A command as somebody may write it who has not read the manual: the right fields, and anything in them."""
    command = chance.choice(get_args(AnyCommand))
    names = [*command.__struct_fields__, "unheard_of"]
    fields = {name: chance.choice(VALUES) for name in names if chance.random() < 0.6}
    if chance.random() < 0.7:
        fields |= {name: "lobby" for name in ("conversation", "to") if name in names}
    if chance.random() < 0.9:
        fields["id"] = chance.randrange(1000)
    frame = json.dumps({"op": command.__struct_config__.tag, **fields}).encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(frame))
        frame = frame[:at] + chance.randbytes(chance.randrange(4)).replace(b"\n", b"") + frame[at + 1 :]
    return frame


async def test_ten_thousand_random_frames(server: Server, witness: Witness) -> None:
    chance = random.Random(SEED)
    before = memory_of(server)
    answered: dict[str, int] = {}
    for n in range(100):
        client = await LineClient.connect(port_of(server.ready["tcp"]))
        client.say("hello", id="hello", nick=f"fool{n}")
        client.writer.write(b"".join(random_command(chance) + b"\n" for _ in range(100)))
        client.writer.write_eof()
        async for line in client.reader:
            heard = json.loads(line)
            code = heard["error"]["code"] if "error" in heard else "ok"
            answered[code] = answered.get(code, 0) + 1
        client.close()
    assert "internal" not in answered, server.log
    assert answered["ok"] > 500 and answered["bad_request"] > 1000 and answered["not_found"] > 10, answered
    assert memory_of(server) - before < 60 * MIB


async def test_half_open_connections_are_ended_and_bother_nobody(server: Server, witness: Witness) -> None:
    port = port_of(server.ready["http"])
    silent = [await LineClient.connect(port_of(server.ready["tcp"])) for _ in range(100)]
    for n, client in enumerate(silent):
        client.writer.write(b'{"op":"hello","nick":"half'[: n % 27])
    shaking = [await LineClient.connect(port) for _ in range(50)]
    for client in shaking:
        client.writer.write(b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: webso")
    mute = [await stranger(server, "websocket") for _ in range(50)]
    assert await witness.delay() < 1
    heard = await asyncio.gather(*(TcpStranger(client).rest() for client in silent))
    assert all(lines[-1]["ev"] == "bye" for lines in heard)
    heard = await asyncio.gather(*(person.rest() for person in mute))
    assert all(lines[-1]["ev"] == "bye" for lines in heard)
    for client in shaking:
        client.close()


@both
async def test_slow_readers_hold_up_nobody_and_cost_little(
    server: Server, witness: Witness, gateway: str
) -> None:
    slow = [await guest(server, gateway) for _ in range(20)]
    before = memory_of(server)
    delays = []
    text = "x" * 8000
    for n in range(200):
        await witness.one.ask("send", to="lobby", text=f"{n} {text}", cid=f"slow-{gateway}-{n}")
        if n % 20 == 0:
            delays.append(await witness.delay())
    witness.one.events.clear()
    assert max(delays) < 1
    assert memory_of(server) - before < 20 * 1.5 * MIB
    for person in slow[:3]:
        await check_told_all(person, text)
    for person in slow:
        await person.close()


async def check_told_all(person: object, text: str) -> None:
    """Who reads at last is told everything, in order."""
    seqs: list[int] = []
    big = 0
    while big < 200:
        heard = await person.hear()  # type: ignore[attr-defined]
        assert heard is not None
        if heard.get("ev") == "message":
            seqs.append(heard["seq"])
            big += heard["body"]["text"].endswith(text)
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


async def test_who_asks_and_does_not_listen_is_not_read(server: Server, witness: Witness) -> None:
    before = memory_of(server)
    people = [await guest(server, "tcp") for _ in range(5)]
    for person in people:
        assert isinstance(person, TcpStranger)
        for _ in range(200):
            person.client.writer.write(b'{"op":"history","id":1,"conversation":"lobby","limit":200}\n' * 100)
    assert await witness.delay() < 1
    await asyncio.sleep(1)
    assert await witness.delay() < 1
    assert memory_of(server) - before < 40 * MIB
    for person in people:
        await person.close()


async def test_slow_senders_are_waited_for_only_so_long(server: Server, witness: Witness) -> None:
    clients = [await LineClient.connect(port_of(server.ready["tcp"])) for _ in range(20)]
    hello = b'{"op":"hello","id":1,"nick":"slow"}\n'
    for byte in hello[:20]:
        for client in clients:
            client.writer.write(bytes([byte]))
        await asyncio.sleep(0.02)
    assert await witness.delay() < 1
    clients[0].writer.write(hello[20:])
    assert (await clients[0].line())["ok"]["user"]["nick"] == "slow"
    heard = await asyncio.gather(*(TcpStranger(client).rest() for client in clients[1:]))
    assert all(lines[-1]["ev"] == "bye" for lines in heard)
    clients[0].close()


async def test_crowds_that_come_and_break_off_leave_nothing_behind(server: Server, witness: Witness) -> None:
    before = memory_of(server)
    for n in range(300):
        client = await LineClient.connect(port_of(server.ready["tcp"]))
        client.say("hello", nick=f"brief{n}")
        client.say("send", to="lobby", text="bye")
        client.close()
    async with asyncio.timeout(10):
        while any(user["nick"].startswith("brief") for user in (await witness.one.ask("online"))["users"]):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert memory_of(server) - before < 20 * MIB
