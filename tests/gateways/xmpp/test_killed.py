"""The server is killed while somebody talks by XMPP, and started again: nothing that was acknowledged is lost, and
nothing is there twice."""

import asyncio
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from teahouse.wire.xmpp.names import CLIENT, SID, SM
from tests.app.server import serving
from tests.gateways.xmpp.client import LOBBY, PASSWORD, Peer, Place
from tests.gateways.xmpp.test_archive import paged, query, said

pytestmark = pytest.mark.service

ROUNDS = 3
BODY = f"{{{CLIENT}}}body"


class Writer:
    """Says 1, 2, 3 ... and keeps what is not acknowledged, as clients with XEP-0198 do."""

    def __init__(self) -> None:
        self.said = 0
        self.acknowledged = 0
        self._waiting: list[int] = []

    async def talk(self, peer: Peer, stop: asyncio.Event) -> None:
        """Until the connection breaks. What was not acknowledged before is said again first."""
        handled = 0
        for number in self._waiting:
            self._say(peer, number)
        while not stop.is_set():
            self.said += 1
            self._waiting.append(self.said)
            self._say(peer, self.said)
            if self.said % 5 == 0:
                peer.say(f"<r xmlns='{SM}'/>")
                found = await peer.hear()
                while found is not None and found.tag != f"{{{SM}}}a":
                    found = await peer.hear()
                if found is None:
                    return
                more = int(found.get("h", "")) - handled
                handled += more
                self.acknowledged = max([self.acknowledged, *self._waiting[:more]])
                del self._waiting[:more]

    def _say(self, peer: Peer, number: int) -> None:
        origin = f"<origin-id xmlns='{SID}' id='o{number}'/>"
        peer.say(
            f"<message to='{LOBBY}' type='groupchat' id='m{number}'><body>{number}</body>{origin}</message>"
        )


async def come(place: Place) -> Peer:
    """A new stream, with stream management. The old one is not known any more after a kill."""
    peer = await place.connect()
    await peer.login("PLAIN", f"\0romeo\0{PASSWORD}".encode())
    await peer.open()
    peer.say(f"<resume xmlns='{SM}' previd='gone' h='0'/>")
    assert (await peer.until("failed"))[0].tag.endswith("item-not-found")
    bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desk</resource></bind>"
    bound: Any = await peer.ask("set", bind)
    peer.jid = bound[0][0].text
    await peer.enter()
    await peer.manage()
    return peer


async def test_a_server_that_is_killed_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    writer = Writer()
    for round_ in range(ROUNDS):
        with serving(tmp_path, "--limits", "off") as server:
            place = Place(SimpleNamespace(urls=server.ready))  # type: ignore[arg-type]
            if round_ == 0:
                await place.register("romeo")
            peer = await come(place)
            stop = asyncio.Event()
            talking = asyncio.create_task(writer.talk(peer, stop))
            await asyncio.sleep(0.5)
            server.process.send_signal(signal.SIGKILL)
            await asyncio.wait([talking], timeout=10)
            stop.set()
    assert writer.acknowledged > 10
    with serving(tmp_path, "--limits", "off") as server:
        place = Place(SimpleNamespace(urls=server.ready))  # type: ignore[arg-type]
        peer = await come(place)
        stored: list[int] = []
        inside = paged(200)
        while True:
            results, fin = await query(peer, LOBBY, inside)
            stored += [int(text) for text in said(results) if text]
            if fin.get("complete") == "true":
                break
            inside = paged(200, after=results[-1].get("id") or "")
    assert len(stored) == len(set(stored)), "something is there twice"
    assert set(range(1, writer.acknowledged + 1)) <= set(stored), "something that was acknowledged is lost"
