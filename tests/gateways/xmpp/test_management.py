import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.engine.heartbeat import SILENT
from teahouse.gateways.xmpp.management import MOST_ENTRIES, Ledger, rewind
from teahouse.wire.xmpp.names import CLIENT, SID, SM
from tests.gateways.xmpp.client import LOBBY, PASSWORD, Peer, Place

BODY = f"{{{CLIENT}}}body"


def test_what_is_handled_is_what_is_handled_without_a_gap() -> None:
    ledger = Ledger("s")
    numbers = [ledger.begin() for _ in range(4)]
    ledger.end(numbers[1])
    assert ledger.handled == 0
    ledger.end(numbers[0])
    assert ledger.handled == 2
    ledger.end(numbers[3])
    ledger.end(numbers[2])
    assert ledger.handled == 4


@given(st.lists(st.sampled_from(["a", "b", ""]), max_size=30), st.integers(0, 30))
def test_a_stream_goes_on_where_the_client_was(told: list[str], seen: int) -> None:
    """Whatever it was sent, and however much of it came: nothing is lost, and nothing it has comes again."""
    seen = min(seen, len(told))
    ledger = Ledger("s")
    cursors = {"a": 0, "b": 0}
    for conversation in told:
        if conversation:
            cursors[conversation] += 1
            ledger.tell(conversation, cursors[conversation])
        else:
            ledger.say(b"%d" % ledger.sent, lasting=True)
    again = rewind(list(ledger.unseen), cursors, seen)
    for conversation in ("a", "b"):
        assert cursors[conversation] == told[:seen].count(conversation)
    assert len(again) == told[seen:].count("")


def test_too_much_is_not_remembered() -> None:
    ledger = Ledger("s")
    for seq in range(MOST_ENTRIES + 1):
        ledger.tell("a", seq)
    assert not ledger.resumable
    assert not ledger.unseen


def test_counts_go_around() -> None:
    ledger = Ledger("s", sent=2**32 - 2)
    for seq in range(1, 5):
        ledger.tell("a", seq)
    assert ledger.acknowledge(1) == {"a": 3}
    assert ledger.acknowledge(9) is None


async def back(place: Place, previous: str, seen: int, name: str = "romeo") -> Peer:
    """The client on a new connection, asking to resume."""
    peer = await place.connect()
    await peer.login("PLAIN", f"\0{name}\0{PASSWORD}".encode())
    await peer.open()
    peer.say(f"<resume xmlns='{SM}' previd='{previous}' h='{seen}'/>")
    return peer


@pytest.mark.service
async def test_a_stream_that_broke_is_resumed_from_the_log(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    stream = await romeo.manage()
    await romeo.enter()
    await juliet.enter()
    juliet.say(f"<message to='{LOBBY}' type='groupchat'><body>1</body></message>")
    await romeo.body("1")
    seen = romeo.received
    for number in (2, 3):  # these come, but the client does not say so
        juliet.say(f"<message to='{LOBBY}' type='groupchat'><body>{number}</body></message>")
        await romeo.body(str(number))
    handled = await romeo.handled()
    romeo.abort()
    await asyncio.sleep(0.1)
    juliet.say(f"<message to='{LOBBY}' type='groupchat'><body>4</body></message>")
    juliet.say("<message to='romeo@localhost' type='chat'><body>psst</body></message>")
    await juliet.body("4")
    assert (await juliet.ask("get", "<ping xmlns='urn:xmpp:ping'/>")).get("type") == "result"
    romeo = await back(place, stream, seen)
    resumed = await romeo.until("resumed")
    assert (resumed.get("previd"), int(resumed.get("h", ""))) == (stream, handled)
    heard = [(await romeo.until("message")).findtext(BODY) for _ in range(4)]
    assert [body for body in heard if body != "psst"] == ["2", "3", "4"]
    assert "psst" in heard
    romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>5</body></message>")
    await romeo.body("5")


@pytest.mark.service
async def test_a_connection_nobody_knows_is_dead_is_taken_over(place: Place) -> None:
    await place.register("romeo")
    first = await place.account("romeo")
    stream = await first.manage()
    second = await back(place, stream, 0)
    await second.until("resumed")
    assert await first.error() == "conflict"
    third = await back(place, stream, 0)
    await third.until("resumed")


@pytest.mark.service
async def test_a_stream_is_its_owners(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo = await place.account("romeo")
    stream = await romeo.manage()
    romeo.abort()
    await asyncio.sleep(0.1)
    thief = await back(place, stream, 0, "juliet")
    assert (await thief.until("failed"))[0].tag.endswith("item-not-found")
    bound = await thief.ask("set", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>")
    assert bound.get("type") == "result"
    owner = await back(place, stream, 0)
    await owner.until("resumed")


@pytest.mark.service
async def test_what_was_not_acknowledged_is_sent_again_and_stored_once(place: Place) -> None:
    """With an origin-id anywhere, without one on the same stream."""
    await place.register("romeo")
    romeo = await place.account("romeo")
    await romeo.enter()
    stream = await romeo.manage()
    for origin in (f"<origin-id xmlns='{SID}' id='o'/>", ""):
        romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>x{len(origin)}</body>{origin}</message>")
    await romeo.body("x0")
    romeo.abort()
    await asyncio.sleep(0.1)
    romeo = await back(place, stream, 0)
    handled = int((await romeo.until("resumed")).get("h", ""))
    assert handled == 2


@pytest.mark.service
async def test_a_count_that_is_too_high_ends_the_stream(place: Place) -> None:
    await place.register("romeo")
    romeo = await place.account("romeo")
    await romeo.manage()
    romeo.say(f"<a xmlns='{SM}' h='77'/>")
    assert await romeo.error() == "undefined-condition"


@pytest.mark.service
async def test_a_client_that_fell_silent_may_come_back_after_it_was_cut_off(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    stream = await romeo.manage()
    await romeo.enter()
    await juliet.enter()
    engine = place.server.engine
    session = next(s for s in engine.sessions if s.user is not None and s.user.nick == "romeo")
    session.link.probe()
    for number in (1, 2):
        juliet.say(f"<message to='{LOBBY}' type='groupchat'><body>{number}</body></message>")
        await romeo.body(str(number))
    engine.dismiss(session, SILENT)
    assert await romeo.error() == "reset"
    juliet.say(f"<message to='{LOBBY}' type='groupchat'><body>3</body></message>")
    await juliet.body("3")
    romeo = await back(place, stream, romeo.received - 1)
    await romeo.until("resumed")
    assert [(await romeo.until("message")).findtext(BODY) for _ in range(2)] == ["2", "3"]
