import pytest

from teahouse.client import Client
from teahouse.model.commands import Create, Hello, Invite
from teahouse.model.results import Created, Logged
from teahouse.wire.xmpp.names import (
    BLOCKING,
    CLIENT,
    DISCO_INFO,
    DISCO_ITEMS,
    MUC,
    MUC_ADMIN,
    MUC_USER,
    PING,
    ROSTER,
)
from tests.gateways.xmpp.client import LOBBY, PASSWORD, Place

pytestmark = pytest.mark.service

ITEM = f"{{{MUC_USER}}}x/{{{MUC_USER}}}item"
STATUS = f"{{{MUC_USER}}}x/{{{MUC_USER}}}status"


async def test_who_enters_is_told_who_is_there_and_itself_last(place: Place) -> None:
    romeo, juliet = await place.guest("romeo"), await place.guest("juliet")
    romeo.say(f"<presence to='{LOBBY}/romeo'><x xmlns='{MUC}'/></presence>")
    seen = [await romeo.until("presence") for _ in range(2)]
    assert [presence.get("from") for presence in seen] == [f"{LOBBY}/juliet", f"{LOBBY}/romeo"]
    assert {status.get("code") for status in seen[1].findall(STATUS)} >= {"110", "100"}
    subject = await romeo.until("message", type="groupchat")
    assert subject.findtext(f"{{{CLIENT}}}subject") == "Lobby"
    mercutio = await place.guest("mercutio")
    came = await romeo.until("presence")
    assert came.get("from") == f"{LOBBY}/mercutio"
    mercutio.abort()
    assert juliet.jid


async def test_a_self_ping_asks_whether_one_is_there(place: Place) -> None:
    romeo = await place.guest("romeo")
    ping = f"<ping xmlns='{PING}'/>"
    assert (await romeo.ask("get", ping, f"{LOBBY}/romeo")).get("type") == "error"
    await romeo.enter()
    assert (await romeo.ask("get", ping, f"{LOBBY}/romeo")).get("type") == "result"
    romeo.say(f"<presence type='unavailable' to='{LOBBY}/romeo'/>")
    await romeo.until("presence", type="unavailable")
    assert (await romeo.ask("get", ping, f"{LOBBY}/romeo")).get("type") == "error"


async def test_a_group_is_entered_by_its_members_alone(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    async with Client(place.server.urls["tcp"], Hello(user="romeo", password=PASSWORD)) as other:
        made = await other.request(Create(kind="group", title="Verona"), Created)
        group = f"{made.conversation}@conference.localhost"
        juliet.say(f"<presence to='{group}/juliet'><x xmlns='{MUC}'/></presence>")
        refused = await juliet.until("presence", type="error")
        assert any(each.tag.endswith(("registration-required", "item-not-found")) for each in refused.iter())
        await romeo.enter(group)
        await other.request(Invite(conversation=made.conversation, user="@juliet"), Logged)
    invited = await juliet.until("message")
    invite = invited.find(f"{{{MUC_USER}}}x/{{{MUC_USER}}}invite")
    assert invite is not None
    assert invite.get("from") == "romeo@localhost/teahouse"
    await juliet.enter(group)
    kick = f"<query xmlns='{MUC_ADMIN}'><item nick='juliet' role='none'/></query>"
    assert (await juliet.ask("set", kick.replace("juliet", "romeo"), group)).get("type") == "error"
    assert (await romeo.ask("set", kick, group)).get("type") == "result"
    out = await juliet.until("presence", type="unavailable")
    assert "307" in {status.get("code") for status in out.findall(STATUS)}


async def test_what_there_is_can_be_discovered(place: Place) -> None:
    romeo = await place.guest("romeo")
    info = f"<query xmlns='{DISCO_INFO}'/>"
    server = await romeo.ask("get", info, "localhost")
    assert "urn:xmpp:carbons:2" in {each.get("var") for each in server.iter(f"{{{DISCO_INFO}}}feature")}
    account = await romeo.ask("get", info, "romeo@localhost")
    assert "urn:xmpp:mam:2" in {each.get("var") for each in account.iter(f"{{{DISCO_INFO}}}feature")}
    lobby = await romeo.ask("get", info, LOBBY)
    assert "muc_open" in {each.get("var") for each in lobby.iter(f"{{{DISCO_INFO}}}feature")}
    items = f"<query xmlns='{DISCO_ITEMS}'/>"
    listed = await romeo.ask("get", items, "conference.localhost")
    assert [each.get("jid") for each in listed.iter(f"{{{DISCO_ITEMS}}}item")] == [LOBBY]


async def test_contacts_are_the_roster(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    juliet.say("<presence/>")
    add = f"<query xmlns='{ROSTER}'><item jid='juliet@localhost' name='My love'/></query>"
    assert (await romeo.ask("set", add)).get("type") == "result"
    roster = await romeo.ask("get", f"<query xmlns='{ROSTER}'/>")
    items = list(roster.iter(f"{{{ROSTER}}}item"))
    assert [(item.get("jid"), item.get("name"), item.get("subscription")) for item in items] == [
        ("juliet@localhost", "My love", "both")
    ]
    version = roster[0].get("ver")
    assert len(await romeo.ask("get", f"<query xmlns='{ROSTER}' ver='{version}'/>")) == 0
    romeo.say("<presence/>")
    there = await romeo.until("presence")
    while there.get("from") != "juliet@localhost/teahouse":
        there = await romeo.until("presence")
    assert there.get("type") is None


async def test_whoever_is_blocked_cannot_write(place: Place) -> None:
    for name in ("romeo", "juliet"):
        await place.register(name)
    romeo, juliet = await place.account("romeo"), await place.account("juliet")
    block = f"<block xmlns='{BLOCKING}'><item jid='romeo@localhost'/></block>"
    assert (await juliet.ask("set", block)).get("type") == "result"
    listed = await juliet.ask("get", f"<blocklist xmlns='{BLOCKING}'/>")
    assert [each.get("jid") for each in listed.iter(f"{{{BLOCKING}}}item")] == ["romeo@localhost"]
    romeo.say("<message to='juliet@localhost' type='chat' id='m1'><body>hi</body></message>")
    assert (await romeo.until("message", type="error")).get("id") == "m1"


async def test_what_is_not_known_is_unavailable(place: Place) -> None:
    romeo = await place.guest("romeo")
    answer = await romeo.ask("get", "<query xmlns='urn:nothing'/>")
    assert answer.get("type") == "error"
    for name in ("jabber:iq:version",):
        assert (await romeo.ask("get", f"<query xmlns='{name}'/>", "localhost")).get("type") == "result"
    assert (await romeo.ask("get", "<time xmlns='urn:xmpp:time'/>", "localhost")).get("type") == "result"
    assert (await romeo.ask("get", "<vCard xmlns='vcard-temp'/>", "juliet@localhost")).get("type") == "result"
