import pytest

from teahouse.client import Client
from teahouse.model.commands import Hello
from teahouse.wire.xmpp.names import (
    CARBONS,
    CHAT_STATES,
    CLIENT,
    CORRECT,
    FORWARD,
    MARKERS,
    REACTIONS,
    RECEIPTS,
    REPLY,
    RETRACT,
    SID,
)
from tests.gateways.xmpp.client import LOBBY, Peer, Place

pytestmark = pytest.mark.service

BODY = f"{{{CLIENT}}}body"


async def two(place: Place) -> tuple[Peer, Peer]:
    for name in ("romeo", "juliet"):
        await place.register(name)
    return await place.account("romeo"), await place.account("juliet")


async def test_a_direct_message(place: Place) -> None:
    romeo, juliet = await two(place)
    romeo.say(
        "<message to='juliet@localhost' type='chat' id='m1'><body>It is the east &amp; you</body></message>"
    )
    heard = await juliet.body("It is the east & you")
    assert (heard.get("from"), heard.get("to")) == ("romeo@localhost/teahouse", juliet.jid)
    given = heard.find(f"{{{SID}}}stanza-id")
    assert given is not None
    assert (given.get("by"), given.get("id")) == ("juliet@localhost", heard.get("id"))


async def test_receipts_and_markers_reach_the_sender_under_its_own_id(place: Place) -> None:
    romeo, juliet = await two(place)
    romeo.say("<message to='juliet@localhost' type='chat' id='m1'><body>hi</body></message>")
    heard = await juliet.body("hi")
    juliet.say(
        f"<message to='romeo@localhost'><received xmlns='{RECEIPTS}' id='{heard.get('id')}'/></message>"
    )
    got = await romeo.until("message")
    received = got.find(f"{{{RECEIPTS}}}received")
    assert received is not None
    assert received.get("id") == "m1"
    juliet.say(
        f"<message to='romeo@localhost'><displayed xmlns='{MARKERS}' id='{heard.get('id')}'/></message>"
    )
    while (shown := (await romeo.until("message")).find(f"{{{MARKERS}}}displayed")) is None:
        pass
    assert shown.get("id") == "m1"


async def test_a_correction_a_reaction_and_a_retraction(place: Place) -> None:
    romeo, juliet = await two(place)
    romeo.say("<message to='juliet@localhost' type='chat' id='m1'><body>helo</body></message>")
    heard = await juliet.body("helo")
    id_ = heard.get("id")
    romeo.say(
        "<message to='juliet@localhost' type='chat' id='m2'><body>hello</body>"
        f"<replace xmlns='{CORRECT}' id='m1'/></message>"
    )
    replaced = (await juliet.body("hello")).find(f"{{{CORRECT}}}replace")
    assert replaced is not None
    assert replaced.get("id") == id_
    juliet.say(
        f"<message to='romeo@localhost' type='chat'><reactions xmlns='{REACTIONS}' id='{id_}'>"
        "<reaction>👍</reaction></reactions></message>"
    )
    reactions = (await romeo.until("message")).find(f"{{{REACTIONS}}}reactions")
    assert reactions is not None
    assert [reaction.text for reaction in reactions] == ["👍"]
    romeo.say(f"<message to='juliet@localhost' type='chat'><retract xmlns='{RETRACT}' id='m2'/></message>")
    retract = (await juliet.until("message")).find(f"{{{RETRACT}}}retract")
    assert retract is not None
    assert retract.get("id") == id_


async def test_the_same_origin_id_is_one_message(place: Place) -> None:
    romeo, juliet = await two(place)
    for _ in range(2):
        romeo.say(
            "<message to='juliet@localhost' type='chat' id='m1'><body>once</body>"
            f"<origin-id xmlns='{SID}' id='o1'/></message>"
        )
    romeo.say("<message to='juliet@localhost' type='chat'><body>then</body></message>")
    await juliet.body("once")
    following = await juliet.until("message")
    assert following.findtext(BODY) == "then"


async def test_ones_other_devices_see_what_one_says(place: Place) -> None:
    romeo, juliet = await two(place)
    phone = await place.account("romeo", "phone")
    await phone.ask("set", f"<enable xmlns='{CARBONS}'/>")
    romeo.say("<message to='juliet@localhost' type='chat' id='m1'><body>hi</body></message>")
    carbon = await phone.until("message")
    said = carbon.find(f"{{{CARBONS}}}sent/{{{FORWARD}}}forwarded/{{{CLIENT}}}message")
    assert said is not None
    assert (said.findtext(BODY), said.get("to")) == ("hi", "juliet@localhost")
    await juliet.body("hi")


async def test_typing(place: Place) -> None:
    romeo, juliet = await two(place)
    romeo.say("<message to='juliet@localhost' type='chat'><body>hi</body></message>")
    await juliet.body("hi")
    juliet.say(f"<message to='romeo@localhost' type='chat'><composing xmlns='{CHAT_STATES}'/></message>")
    state = await romeo.until("message")
    assert state.find(f"{{{CHAT_STATES}}}composing") is not None


async def test_what_is_refused_comes_back_as_an_error(place: Place) -> None:
    romeo, _ = await two(place)
    for to, condition in (
        ("nobody@localhost", "item-not-found"),
        ("juliet@elsewhere.org", "item-not-found"),
        ("a b@localhost", "bad-request"),
    ):
        romeo.say(f"<message to='{to}' type='chat' id='m1'><body>hi</body></message>")
        error = await romeo.until("message", type="error", id="m1")
        assert error[0][0].tag.endswith(condition)


async def test_a_group_tells_all_and_the_sender_too(place: Place) -> None:
    romeo, juliet = await two(place)
    await romeo.enter()
    await juliet.enter()
    romeo.say(f"<message to='{LOBBY}' type='groupchat' id='m1'><body>hear me</body></message>")
    mine, heard = await romeo.body("hear me"), await juliet.body("hear me")
    assert (mine.get("id"), mine.get("from")) == ("m1", f"{LOBBY}/romeo")
    assert heard.get("id") == "lobby.1"
    for message in (mine, heard):
        given = message.find(f"{{{SID}}}stanza-id")
        assert given is not None
        assert (given.get("by"), given.get("id")) == (LOBBY, "1")
    juliet.say(
        f"<message to='{LOBBY}' type='groupchat' id='m2'><body>&gt; hear me\nI do</body>"
        f"<reply xmlns='{REPLY}' id='1'/>"
        f"<fallback xmlns='urn:xmpp:fallback:0' for='{REPLY}'><body start='0' end='10'/></fallback></message>"
    )
    reply = (await romeo.body("I do")).find(f"{{{REPLY}}}reply")
    assert reply is not None
    assert reply.get("id") == "1"


async def test_who_has_not_entered_hears_nothing_of_a_room(place: Place) -> None:
    romeo, juliet = await two(place)
    await romeo.enter()
    juliet.say(f"<message to='{LOBBY}' type='groupchat' id='m1'><body>hi</body></message>")
    error = await juliet.until("message", type="error")
    assert error[0][0].tag.endswith("forbidden")
    romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>hi</body></message>")
    await romeo.body("hi")
    romeo.say("<message to='juliet@localhost' type='chat'><body>psst</body></message>")
    assert (await juliet.until("message")).findtext(BODY) == "psst"


async def test_other_doors_lead_to_the_same_conversation(place: Place) -> None:
    romeo, _ = await two(place)
    await romeo.enter()
    async with Client(place.server.urls["tcp"], Hello(nick="mercutio")) as mercutio:
        await mercutio.send("lobby", "a plague on both")
        heard = await romeo.body("a plague on both")
        assert heard.get("from") == f"{LOBBY}/mercutio"
        romeo.say(f"<message to='{LOBBY}' type='groupchat'><body>peace</body></message>")
        await romeo.body("peace")
        assert [entry.text for entry in (await mercutio.history("lobby")).entries] == [
            "a plague on both",
            "peace",
        ]
