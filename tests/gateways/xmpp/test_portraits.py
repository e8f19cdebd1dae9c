"""Pictures of people, as clients of XMPP ask for them."""

from base64 import b64decode
from hashlib import sha1

import httpx2 as httpx
import pytest

from teahouse.wire.xmpp.names import AVATAR_DATA, AVATAR_METADATA, PUBSUB, VCARD
from tests.gateways.xmpp.client import LOBBY, PASSWORD, Place
from tests.support.filing import picture

pytestmark = pytest.mark.service

ASK = f"<vCard xmlns='{VCARD}'/>"


async def painted(place: Place, name: str) -> bytes:
    """Somebody with a picture; what others see of it."""
    await place.register(name)
    base = f"{place.server.urls['http']}/api/v1"
    async with httpx.AsyncClient(base_url=base) as http:
        tokens = (await http.post("/auth/login", json={"user": name, "password": PASSWORD})).json()
        http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        made = (await http.post("/files", params={"name": "me.png"}, content=picture())).json()
        assert (await http.patch("/users/me", json={"avatar": made["id"]})).status_code == 200
        return (await http.get(f"/users/{tokens['user']['id']}/avatar")).content


def items(node: str) -> str:
    return f"<pubsub xmlns='{PUBSUB}'><items node='{node}'/></pubsub>"


async def test_a_vcard_has_the_picture(place: Place) -> None:
    seen = await painted(place, "juliet")
    romeo = await place.guest("romeo")
    for address in ("juliet@localhost", f"{LOBBY}/juliet"):
        card = await romeo.ask("get", ASK, address)
        assert card.findtext(f".//{{{VCARD}}}NICKNAME") == "juliet"
        assert card.findtext(f".//{{{VCARD}}}PHOTO/{{{VCARD}}}TYPE") == "image/webp"
        assert b64decode(card.findtext(f".//{{{VCARD}}}BINVAL") or "") == seen
    own = await romeo.ask("get", ASK)
    assert own.findtext(f".//{{{VCARD}}}FN") == "romeo" and own.find(f".//{{{VCARD}}}PHOTO") is None


async def test_an_avatar_is_an_item(place: Place) -> None:
    seen = await painted(place, "juliet")
    name = sha1(seen, usedforsecurity=False).hexdigest()
    romeo = await place.guest("romeo")
    told = (await romeo.ask("get", items(AVATAR_METADATA), "juliet@localhost")).find(
        f".//{{{AVATAR_METADATA}}}info"
    )
    assert told is not None
    assert told.attrib == {"id": name, "bytes": str(len(seen)), "type": "image/webp"}
    data = await romeo.ask("get", items(AVATAR_DATA), "juliet@localhost")
    assert b64decode(data.findtext(f".//{{{AVATAR_DATA}}}data") or "") == seen
    for node, whom in ((AVATAR_DATA, "romeo@localhost"), ("urn:xmpp:mood", "juliet@localhost")):
        none = await romeo.ask("get", items(node), whom)
        assert none.find(".//{urn:ietf:params:xml:ns:xmpp-stanzas}item-not-found") is not None
