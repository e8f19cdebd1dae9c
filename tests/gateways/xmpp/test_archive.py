import asyncio
from xml.etree.ElementTree import Element

import pytest

from teahouse.wire.xmpp.names import CLIENT, DATA_FORMS, DELAY, FORWARD, MAM, RETRACT, RSM
from tests.gateways.xmpp.client import LOBBY, Peer, Place

pytestmark = pytest.mark.service

BODY = f"{{{CLIENT}}}body"
SAID = f"{{{FORWARD}}}forwarded/{{{CLIENT}}}message"


async def query(peer: Peer, to: str = "", inside: str = "") -> tuple[list[Element], Element]:
    """The results of a query, and its end."""
    asked = f"<query xmlns='{MAM}' queryid='q'>{inside}</query>"
    where = f" to='{to}'" if to else ""
    peer.say(f"<iq type='set' id='mam'{where}>{asked}</iq>")
    results: list[Element] = []
    while True:
        found = await peer.hear()
        assert found is not None
        if found.tag == f"{{{CLIENT}}}iq" and found.get("id") == "mam":
            assert found.get("type") == "result"
            return results, found[0]
        result = found.find(f"{{{MAM}}}result")
        if result is not None:
            results.append(result)


def said(results: list[Element]) -> list[str | None]:
    return [message.findtext(BODY) for result in results if (message := result.find(SAID)) is not None]


def paged(most: int, **where: str) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in where.items())
    return f"<set xmlns='{RSM}'><max>{most}</max>{inside}</set>"


def filtered(**given: str) -> str:
    fields = "".join(f"<field var='{n.strip('_')}'><value>{v}</value></field>" for n, v in given.items())
    form = f"<field var='FORM_TYPE'><value>{MAM}</value></field>{fields}"
    return f"<x xmlns='{DATA_FORMS}' type='submit'>{form}</x>"


async def test_a_room_is_paged_both_ways(place: Place) -> None:
    romeo = await place.guest("romeo")
    await romeo.enter()
    for number in range(1, 8):
        romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>{number}</body></message>")
        await romeo.body(str(number))
    results, fin = await query(romeo, LOBBY, paged(3))
    assert said(results) == ["1", "2", "3"]
    assert fin.get("complete") is None
    last = fin.findtext(f"{{{RSM}}}set/{{{RSM}}}last") or ""
    assert (last, results[0].get("id"), results[0].get("queryid")) == ("3", "1", "q")
    results, fin = await query(romeo, LOBBY, paged(5, after=last))
    assert said(results) == ["4", "5", "6", "7"]
    assert fin.get("complete") == "true"
    results, fin = await query(romeo, LOBBY, paged(2, before=""))
    assert (said(results), fin.get("complete")) == (["6", "7"], None)
    results, fin = await query(romeo, LOBBY, paged(9, before="6"))
    assert (said(results), fin.get("complete")) == (["1", "2", "3", "4", "5"], "true")


async def test_a_span_of_time(place: Place) -> None:
    romeo = await place.guest("romeo")
    await romeo.enter()
    for number in range(1, 6):
        romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>{number}</body></message>")
        await romeo.body(str(number))
        await asyncio.sleep(0.005)
    results, _ = await query(romeo, LOBBY)
    delay = results[2].find(f"{{{FORWARD}}}forwarded/{{{DELAY}}}delay")
    assert delay is not None
    third = delay.get("stamp") or ""
    after, _ = await query(romeo, LOBBY, filtered(start=third))
    before, _ = await query(romeo, LOBBY, filtered(end=third))
    assert said(after)[-3:] == ["3", "4", "5"]
    assert said(before)[:3] == ["1", "2", "3"]
    none, fin = await query(romeo, LOBBY, filtered(start="2100-01-01T00:00:00Z"))
    assert (none, fin.get("complete")) == ([], "true")


async def test_ones_own_archive_is_all_direct_conversations(place: Place) -> None:
    for name in ("romeo", "juliet", "nurse"):
        await place.register(name)
    romeo, juliet, nurse = [await place.account(name) for name in ("romeo", "juliet", "nurse")]
    for peer, text in ((juliet, "one"), (nurse, "two"), (juliet, "three"), (nurse, "four")):
        peer.say(f"<message to='romeo@localhost' type='chat'><body>{text}</body></message>")
        await romeo.body(text)
        await asyncio.sleep(0.005)  # the archive is in order of time, to the millisecond
    romeo.say("<message to='juliet@localhost' type='chat'><body>five</body></message>")
    await juliet.body("five")
    results, fin = await query(romeo)
    assert (said(results), fin.get("complete")) == (["one", "two", "three", "four", "five"], "true")
    sent = results[4].find(SAID)
    assert sent is not None
    assert (sent.get("from"), sent.get("to")) == ("romeo@localhost/teahouse", "juliet@localhost")
    results, fin = await query(romeo, "", paged(2))
    last = fin.findtext(f"{{{RSM}}}set/{{{RSM}}}last") or ""
    assert (said(results), fin.get("complete")) == (["one", "two"], None)
    results, fin = await query(romeo, "", paged(9, after=last))
    assert (said(results), fin.get("complete")) == (["three", "four", "five"], "true")
    results, fin = await query(romeo, "", paged(2, before=""))
    assert (said(results), fin.get("complete")) == (["four", "five"], None)
    results, _ = await query(romeo, "", filtered(with_="juliet@localhost"))
    assert said(results) == ["one", "three", "five"]
    results, _ = await query(romeo, "", filtered(with_="mercutio@localhost"))
    assert results == []


async def test_what_was_recalled_is_a_tombstone(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    romeo.say("<message to='juliet@localhost' type='chat' id='m1'><body>oops</body></message>")
    await juliet.body("oops")
    romeo.say(f"<message to='juliet@localhost' type='chat'><retract xmlns='{RETRACT}' id='m1'/></message>")
    await juliet.until("message")
    results, _ = await query(juliet)
    message = results[0].find(SAID)
    assert message is not None
    assert message.find(f"{{{RETRACT}}}retracted") is not None
    assert "oops" not in said(results)


async def test_nobody_reads_the_archive_of_another(place: Place) -> None:
    romeo = await place.guest("romeo")
    for to in ("juliet@localhost", "cunknown@conference.localhost", "d" + "a" * 24 + "@conference.localhost"):
        assert (await romeo.ask("set", f"<query xmlns='{MAM}'/>", to)).get("type") == "error"


async def test_entering_a_room_shows_what_was_said(place: Place) -> None:
    romeo = await place.guest("romeo")
    await romeo.enter()
    for number in range(1, 4):
        romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>{number}</body></message>")
        await romeo.body(str(number))
    juliet = await place.guest("juliet")
    juliet.say(
        f"<presence to='{LOBBY}/juliet'><x xmlns='http://jabber.org/protocol/muc'>"
        "<history maxstanzas='2'/></x></presence>"
    )
    shown = await juliet.until("message")
    assert shown.findtext(BODY) == "2"
    assert shown.find(f"{{{DELAY}}}delay") is not None
    assert (await juliet.until("message")).findtext(BODY) == "3"
