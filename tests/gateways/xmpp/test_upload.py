"""Files by XMPP: a slot, what is put there, and the message that carries it, whichever door it came by."""

from typing import Any
from xml.etree.ElementTree import Element

import httpx2 as httpx
import pytest

from teahouse.wire.xmpp.markup import attribute
from teahouse.wire.xmpp.names import CLIENT, DISCO_INFO, OOB, UPLOAD
from tests.gateways.xmpp.client import LOBBY, PASSWORD, Peer, Place
from tests.support.filing import picture

pytestmark = pytest.mark.service


async def slot(peer: Peer, name: str, size: int) -> Element:
    query = f"<request xmlns='{UPLOAD}' filename='{attribute(name)}' size='{size}' content-type='image/png'/>"
    return await peer.ask("get", query, "localhost")


def addresses(answer: Element) -> tuple[str, str]:
    put, get = (answer.find(f"{{{UPLOAD}}}slot/{{{UPLOAD}}}{name}") for name in ("put", "get"))
    assert put is not None and get is not None
    return put.get("url", ""), get.get("url", "")


async def uploaded(peer: Peer, name: str, data: bytes) -> str:
    """Where it is got."""
    put, get = addresses(await slot(peer, name, len(data)))
    async with httpx.AsyncClient() as http:
        assert (await http.put(put, content=data)).status_code == 201
    return get


def oob(message: Element) -> str | None:
    return message.findtext(f"{{{OOB}}}x/{{{OOB}}}url")


async def rest(place: Place, name: str) -> httpx.AsyncClient:
    base = f"{place.server.urls['http']}/api/v1"
    async with httpx.AsyncClient() as http:
        tokens = (await http.post(f"{base}/auth/login", json={"user": name, "password": PASSWORD})).json()
    return httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {tokens['access_token']}"})


async def told(http: httpx.AsyncClient) -> dict[str, Any]:
    entries = (await http.get("/conversations/lobby/messages")).json()["entries"]
    body: dict[str, Any] = next(entry for entry in entries if entry["ev"] == "message")["body"]
    return body


async def test_the_service_is_found(place: Place) -> None:
    peer = await place.guest("romeo")
    info = await peer.ask("get", f"<query xmlns='{DISCO_INFO}'/>", "localhost")
    assert UPLOAD in [each.get("var") for each in info.iter(f"{{{DISCO_INFO}}}feature")]
    fields = {each.get("var"): each[0].text for each in info.iter("{jabber:x:data}field")}
    assert fields["FORM_TYPE"] == UPLOAD and int(fields["max-file-size"] or "") > 1_000_000


async def test_an_address_that_is_said_is_a_file(place: Place) -> None:
    await place.register("romeo")
    romeo, juliet = await place.account("romeo"), await place.guest("juliet")
    await romeo.enter()
    await juliet.enter()
    get = await uploaded(romeo, "tea & leaves.png", picture())
    romeo.say(
        f"<message to='{LOBBY}' type='groupchat' id='m1'><body>{get}</body><x xmlns='{OOB}'><url>{get}</url></x>"
        "</message>"
    )
    heard = await juliet.body(get)
    assert oob(heard) == get and get.endswith("/tea%20%26%20leaves.png")
    async with await rest(place, "romeo") as http:
        body = await told(http)
        assert (body["type"], body["mime"], body["width"]) == ("image", "image/png", 64)
        assert (await http.get(f"/files/{body['file']}")).content == picture()
    async with httpx.AsyncClient() as anybody:
        got = await anybody.get(get)
        assert (got.status_code, got.content) == (200, picture())
        assert got.headers["content-type"] == "image/png"
        romeo.say(
            f"<message to='{LOBBY}' type='groupchat' id='m2'>"
            f"<retract xmlns='urn:xmpp:message-retract:1' id='{heard.get('id')}'/></message>"
        )
        while (await juliet.until("message")).find("{urn:xmpp:message-retract:1}retract") is None:
            pass
        assert (await anybody.get(get)).status_code == 404, "it went with its message"


async def test_what_is_called_a_picture_and_is_none_is_a_file(place: Place) -> None:
    await place.register("romeo")
    romeo = await place.account("romeo")
    await romeo.enter()
    get = await uploaded(romeo, "a.png", b"words")
    romeo.say(f"<message to='{LOBBY}' type='groupchat' id='m1'><body>{get}</body></message>")
    await romeo.body(get)
    async with await rest(place, "romeo") as http:
        assert (await told(http))["type"] == "file"


async def test_a_file_of_another_client_is_got_by_its_address(place: Place) -> None:
    await place.register("romeo")
    juliet = await place.guest("juliet")
    await juliet.enter()
    async with await rest(place, "romeo") as http:
        made = (await http.post("/files", params={"name": "a.txt"}, content=b"words")).json()
        body = {"type": "file", "file": made["id"], "text": "look"}
        await http.post("/conversations/lobby/messages", json={"body": body})
    heard = await juliet.until("message", type="groupchat")
    url = oob(heard)
    assert heard.findtext(f"{{{CLIENT}}}body") == f"look\n{url}"
    async with httpx.AsyncClient() as anybody:
        assert (await anybody.get(url or "")).content == b"words"
        assert (await anybody.get(f"{url}"[:-10] + "x/a.txt")).status_code == 404


async def test_a_slot_is_for_what_was_announced_and_once(place: Place) -> None:
    peer = await place.guest("romeo")
    async with httpx.AsyncClient() as http:
        put, get = addresses(await slot(peer, "a.txt", 5))
        assert (await http.get(get)).status_code == 404, "nothing is there yet"
        assert (await http.put(put[:-2] + "xx", content=b"words")).status_code == 404
        assert (await http.put(put, content=b"word")).status_code == 400
        assert (await http.put(put, content=b"words")).status_code == 404, "it was given up"
        put, get = addresses(await slot(peer, "a.txt", 5))
        assert (await http.put(put, content=b"words!")).status_code == 413
        put, get = addresses(await slot(peer, "a.txt", 5))
        assert (await http.put(put, content=b"words")).status_code == 201
        assert (await http.put(put, content=b"words")).status_code == 404
        assert (await http.get(get)).content == b"words"


async def test_what_cannot_be_kept_is_refused(place: Place) -> None:
    peer = await place.guest("romeo")
    large = await slot(peer, "a.bin", 10**12)
    assert large.get("type") == "error"
    assert large.find(f".//{{{UPLOAD}}}file-too-large/{{{UPLOAD}}}max-file-size") is not None
    for name, size in (("", "5"), ("a", "many"), ("a", "-1")):
        refused = await peer.ask("get", f"<request xmlns='{UPLOAD}' filename='{name}' size='{size}'/>")
        assert refused.find(".//{urn:ietf:params:xml:ns:xmpp-stanzas}bad-request") is not None


async def test_an_address_that_is_not_ours_is_words(place: Place) -> None:
    await place.register("romeo")
    romeo = await place.account("romeo")
    await romeo.enter()
    get = await uploaded(romeo, "a.txt", b"words")
    false = get.replace(get.split("/")[-2], "x" * 24)
    romeo.say(f"<message to='{LOBBY}' type='groupchat' id='m1'><body>{false}</body></message>")
    assert oob(await romeo.body(false)) is None
    async with await rest(place, "romeo") as http:
        assert (await told(http)).get("text") == false
