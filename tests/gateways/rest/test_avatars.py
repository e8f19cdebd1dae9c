"""Avatars: set by whoever has the picture, seen by whoever may see whose it is, gone with the file."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from teahouse.gateways.rest.avatars import Avatars
from teahouse.gateways.rest.files import Files
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.uploads import Uploads
from teahouse.model.accounts import Account
from teahouse.model.errors import Code, Problem
from tests.app.server import serving
from tests.support.filing import filing_house, picture
from tests.support.house import House
from tests.support.rest import Site

Json = dict[str, Any]


class People:
    """Accounts, as far as avatars ask."""

    def __init__(self) -> None:
        self.avatars: dict[str, str] = {}

    async def profile(self, user: str) -> Account:
        if user not in self.avatars:
            raise Problem(Code.NOT_FOUND, "nobody")
        return Account(id=user, name=user, nick=user, avatar=self.avatars[user])


def site_of(house: House) -> tuple[Site, People]:
    keeper, people = house.engine.keeper, People()
    assert keeper is not None
    avatars = Avatars(Ask(house.engine), keeper, people)  # type: ignore[arg-type]
    return Site(house, files=Files(keeper), uploads=Uploads(keeper), avatars=avatars), people


async def uploaded(client: httpx2.AsyncClient, data: bytes) -> str:
    answer = await client.post("/files", content=data)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def test_the_picture_of_a_conversation_is_seen_by_its_members_only(tmp_path: Path) -> None:
    async with filing_house(tmp_path) as house:
        site, _ = site_of(house)
        alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
        async with site.client(alice) as hers, site.client(bob) as his, site.client(eve) as stranger:
            made = await hers.post("/conversations", json={"kind": "group", "members": [bob.me["id"]]})
            group = f"/conversations/{made.json()['conversation']}"
            assert (await his.get(f"{group}/avatar")).status_code == 404
            file = await uploaded(hers, picture())
            assert (await hers.patch(group, json={"avatar": file})).status_code == 200
            shown = await his.get(f"{group}/avatar")
            assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
            assert shown.content[8:12] == b"WEBP"
            assert shown.headers["cache-control"].startswith("private, max-age=300")
            for version, kept in ((file, 86_400), ("f-before", 300)):
                shown = await his.get(f"{group}/avatar", params={"v": version})
                assert f"max-age={kept}," in shown.headers["cache-control"]
            known = {"If-None-Match": shown.headers["etag"]}
            assert (await his.get(f"{group}/avatar", headers=known)).status_code == 304
            assert (await his.get(f"/files/{file}")).status_code == 404  # the file itself is not shown
            refused = await stranger.get(f"{group}/avatar")
            nowhere = await stranger.get("/conversations/c-none/avatar")
            assert refused.status_code == nowhere.status_code == 404
            assert (await hers.delete(f"/files/{file}")).status_code == 204
            assert (await his.get(f"{group}/avatar")).status_code == 404


@pytest.mark.parametrize("data", [b"plain words", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""])
async def test_an_avatar_is_a_picture(tmp_path: Path, data: bytes) -> None:
    async with filing_house(tmp_path) as house:
        site, _ = site_of(house)
        async with site.client(await house.guest("alice")) as hers:
            made = await hers.post("/conversations", json={"kind": "group", "title": "Tea"})
            file = await uploaded(hers, data)
            answer = await hers.patch(f"/conversations/{made.json()['conversation']}", json={"avatar": file})
            assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_an_avatar_is_ones_own(tmp_path: Path) -> None:
    """Somebody else's file and none at all look the same, also one that can be read."""
    async with filing_house(tmp_path) as house:
        site, _ = site_of(house)
        alice, eve = await house.guest("alice"), await house.guest("eve")
        async with site.client(alice) as hers, site.client(eve) as others:
            file = await uploaded(hers, picture())
            body = {"body": {"type": "image", "file": file}}
            assert (await hers.post("/conversations/lobby/messages", json=body)).status_code == 201
            assert (await others.get(f"/files/{file}")).status_code == 200
            group = (await others.post("/conversations", json={"kind": "group", "title": "x"})).json()
            for one in (file, "f" + "0" * 32, "../../etc/passwd"):
                answer = await others.patch(f"/conversations/{group['conversation']}", json={"avatar": one})
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_picture_of_an_account_is_for_everybody(tmp_path: Path) -> None:
    async with filing_house(tmp_path) as house:
        site, people = site_of(house)
        alice, bob = await house.guest("alice"), await house.guest("bob")
        async with site.client(alice) as hers, site.client(bob) as his, site.client() as nobody:
            people.avatars = {"u1": await uploaded(hers, picture()), "u2": "", "u3": "f-gone"}
            assert (await his.get("/users/u1/avatar")).status_code == 200
            for user in ("u2", "u3", "u4"):
                assert (await his.get(f"/users/{user}/avatar")).status_code == 404
            assert (await nobody.get("/users/u1/avatar")).status_code == 401


@pytest.mark.service
def test_an_avatar_outlasts_the_message_and_not_its_owner(tmp_path: Path) -> None:
    """On a real server: the picture was sent as a message, too, and that is recalled; then the account is erased."""
    with serving(tmp_path, "--limits", "off") as server:

        def account(name: str) -> httpx2.Client:
            body = {"user": name, "password": "a long enough password"}
            token = httpx2.post(f"{server.ready['http']}/api/v1/auth/register", json=body).json()[
                "access_token"
            ]
            return httpx2.Client(
                base_url=f"{server.ready['http']}/api/v1", headers={"Authorization": f"Bearer {token}"}
            )

        alice, bob = account("alice"), account("bob")
        me = alice.get("/users/me").json()["id"]
        file = alice.post("/files", content=picture()).json()["id"]
        assert bob.patch("/users/me", json={"avatar": file}).status_code == 404
        assert alice.patch("/users/me", json={"avatar": file}).json()["avatar"] == file
        sent = alice.post(
            "/conversations/lobby/messages", json={"body": {"type": "image", "file": file}}
        ).json()
        assert bob.get(f"/files/{file}").status_code == 200
        assert alice.delete(f"/conversations/lobby/messages/{sent['seq']}").status_code == 200
        assert bob.get(f"/files/{file}").status_code == 404
        assert bob.get(f"/users/{me}/avatar").headers["content-type"] == "image/webp"
        assert alice.patch("/users/me", json={"avatar": ""}).json()["avatar"] == ""
        assert bob.get(f"/users/{me}/avatar").status_code == 404
        assert alice.patch("/users/me", json={"avatar": file}).status_code == 200
        confirmed = {"password": "a long enough password"}
        assert alice.request("DELETE", "/users/me", json=confirmed).status_code == 204
        assert bob.get(f"/users/{me}/avatar").status_code == 404
