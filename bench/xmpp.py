"""XMPP: what an idle session costs the server in memory, and a message of a room in CPU for each who hears it; the
latter also of ejabberd, where Debian's package is installed, in turns with ours: same clients, same room, same words.

The same program measures another server of XMPP: `python -m bench.xmpp --server 127.0.0.1:5222 --pid N --domain
localhost --rooms conference.localhost`, with anonymous login there, and the process that serves.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import ejabberd
from bench.playing import Failed
from bench.served import FREE, line_of, process
from bench.verdict import Verdict, tell

IDLE = 1000
OCCUPANTS = 500
GOAL_BYTES = 25_000
GOAL_SHARE = 0.25
"""Of ejabberd's CPU for a delivery in a room."""

TURNS = 3
CALM, BURST = (50, 1), (12, 10)
"""Rounds in a turn, and messages in each; the next one begins when all of one have come."""

WAIT_S = 60.0
SETTLE_S = 12.0
_END = b"</message>"
_LOCAL = ("localhost", "conference.localhost")
_SASL = "urn:ietf:params:xml:ns:xmpp-sasl"


class Client(asyncio.Protocol):
    """Reads as little as possible: the machine's time is the server's."""

    def __init__(self) -> None:
        self.heard = 0
        self._data: bytes | None = b""
        self._rest = b""
        self._waits: tuple[bytes, asyncio.Future[None]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self._data is None:
            data = self._rest + data
            self.heard += data.count(_END)
            self._rest = data[1 - len(_END) :]  # a message may come in two reads
            return
        self._data += data
        if self._waits is not None and self._waits[0] in self._data:
            self._waits[1].set_result(None)
            self._waits = None

    def count(self) -> None:
        """From here on messages are counted, and nothing is looked at."""
        self._data = None

    async def ask(self, said: str, answer: bytes) -> None:
        self._data = b""
        self._waits = answer, asyncio.get_running_loop().create_future()
        self.transport.write(said.encode())
        await asyncio.wait_for(self._waits[1], WAIT_S)


class Place:
    def __init__(self, address: str, pid: int, domain: str, rooms: str) -> None:
        host, _, port = address.rpartition(":")
        self._host, self._port, self.pid = host, int(port), pid
        self._domain, self._room = domain, f"lobby@{rooms}"

    async def come(self, number: int, enter: bool) -> Client:
        loop = asyncio.get_running_loop()
        _, client = await loop.create_connection(Client, self._host, self._port)
        head = (
            f"<stream:stream to='{self._domain}' version='1.0' xmlns='jabber:client' "
            "xmlns:stream='http://etherx.jabber.org/streams'>"
        )
        nick = f"g{number}"
        said = b64encode(nick.encode()).decode()
        await client.ask(head, b"</stream:features>")
        await client.ask(f"<auth xmlns='{_SASL}' mechanism='ANONYMOUS'>{said}</auth>", b"<success")
        await client.ask(head, b"</stream:features>")
        bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
        await client.ask(f"<iq type='set' id='b'>{bind}</iq>", b"</iq>")
        if enter:
            muc = "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
            await client.ask(f"<presence to='{self._room}/{nick}'>{muc}</presence>", b"subject")
        return client

    async def gather(self, count: int, enter: bool) -> list[Client]:
        clients: list[Client] = []
        for start in range(0, count, 20):
            numbers = range(start, min(count, start + 20))
            clients += await asyncio.gather(*(self.come(number, enter) for number in numbers))
        return clients

    async def talk(self, clients: list[Client], rounds: int, burst: int) -> float:
        """Microseconds of the server's CPU for each message that came."""
        stanza = f"<message to='{self._room}' type='groupchat' id='x'><body>Good morning, all of you.</body></message>"
        said = stanza.encode() * burst
        wanted = sum(client.heard for client in clients)
        before = cpu_s(self.pid)
        for _ in range(rounds):
            wanted += burst * len(clients)
            clients[0].transport.write(said)
            until = time.monotonic() + WAIT_S
            while (heard := sum(client.heard for client in clients)) < wanted:
                if time.monotonic() > until:
                    lost = sum(client.transport.is_closing() for client in clients)
                    raise Failed(f"{wanted - heard} messages did not come; {lost} of {len(clients)} are gone")
                await asyncio.sleep(0.002)
        return (cpu_s(self.pid) - before) / (rounds * burst * len(clients)) * 1e6


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def idle(place: Place) -> float:
    first = await place.gather(20, enter=False)
    before = memory(place.pid)
    rest = [await place.come(number, False) for number in range(20, IDLE)]
    await asyncio.sleep(3)
    grown = (memory(place.pid) - before) / len(rest)
    for client in (*first, *rest):
        client.transport.abort()
    await asyncio.sleep(1)
    return grown


class Spent:
    """What deliveries cost a server, in all turns."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.clients: list[Client] = []
        self._calm: list[float] = []
        self._burst: list[float] = []

    async def enter(self) -> None:
        self.clients = await self.place.gather(OCCUPANTS, enter=True)

    async def turn(self) -> None:
        self._calm.append(await self.place.talk(self.clients, *CALM))
        self._burst.append(await self.place.talk(self.clients, *BURST))

    @property
    def calm(self) -> float:
        return sum(self._calm) / len(self._calm)

    @property
    def burst(self) -> float:
        return sum(self._burst) / len(self._burst)


async def rooms(places: Sequence[Place]) -> list[Spent]:
    """The same of all of them, in turns, so that what the machine does besides is the same, too."""
    spent = [Spent(place) for place in places]
    for each in spent:
        await each.enter()
    await asyncio.sleep(SETTLE_S)  # until all have been told that all are there
    for each in spent:
        for client in each.clients:
            client.count()
    for _ in range(TURNS):
        for client in (client for each in spent for client in each.clients):
            client.transport.write(b" ")  # whoever is silent for long is cut off (RFC 6120, 4.6.1)
        await asyncio.sleep(1)
        for each in spent:
            await each.turn()
    return spent


async def measure(*places: Place) -> tuple[float, list[Spent]]:
    return await idle(places[0]), await rooms(places)


def verdicts(grown: float, ours: Spent, other: Spent | None) -> bool:
    kept = tell(
        Verdict(
            "xmpp",
            f"memory of an idle session, {IDLE:,}",
            grown,
            GOAL_BYTES,
            at_most=True,
            unit=" bytes",
            seen={},
        )
    )
    seen: dict[str, float | str] = {"us": ours.calm, "in bursts of 10, us": ours.burst}
    if other is None:
        print(f"no ejabberd to compare with; CPU a delivery, room of {OCCUPANTS}: {seen}")
        return kept
    seen |= {"ejabberd, us": other.calm, "ejabberd in bursts of 10, us": other.burst}
    promise = f"CPU a delivery, room of {OCCUPANTS}, of ejabberd's"
    share = Verdict("xmpp", promise, ours.calm / other.calm, GOAL_SHARE, at_most=True, seen=seen)
    return tell(share) and kept


def xmpp(rounds: int, seconds: float) -> bool:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with ExitStack() as stack:
        data = stack.enter_context(TemporaryDirectory())
        command = [sys.executable, "-m", "teahouse", "serve", "--limits", "off", "--data", data, *FREE]
        started = stack.enter_context(process(command))
        address = json.loads(line_of(started))["xmpp"].rpartition("/")[2]
        places = [Place(address, started.pid, *_LOCAL)]
        if ejabberd.installed():
            folder = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            places.append(Place(*stack.enter_context(ejabberd.running(Path(folder))), *_LOCAL))
        grown, spent = asyncio.run(measure(*places))
    return verdicts(grown, spent[0], spent[1] if len(spent) > 1 else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--domain", default="localhost")
    parser.add_argument("--rooms", default="conference.localhost")
    given = parser.parse_args()
    place = Place(given.server, given.pid, given.domain, given.rooms)
    grown, (spent,) = asyncio.run(measure(place))
    if not grown:
        raise Failed("nothing grew: is this the process that serves?")
    print(
        f"{grown:,.0f} bytes an idle session; {spent.calm:.1f} us a delivery, {spent.burst:.1f} us in bursts of 10"
    )


if __name__ == "__main__":
    main()
