"""Bots, webhooks and administrators on a real server, over every way in."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.app.server import Server, serving, teahouse
from tests.support.lines import LineClient, Refused, port_of

pytestmark = pytest.mark.service

PASSWORD = "a long enough password"
ALL = ["messages:read", "messages:write", "conversations:read", "commands:write"]
Json = dict[str, Any]


@dataclass
class Town:
    server: Server
    cwd: Path

    @property
    def url(self) -> str:
        return str(self.server.ready["http"]) + "/api/v1"

    @property
    def port(self) -> int:
        return port_of(self.server.ready["tcp"])

    def logged_in(self, name: str, path: str = "/auth/register") -> httpx2.Client:
        answer = httpx2.post(self.url + path, json={"user": name, "password": PASSWORD})
        assert answer.status_code in (200, 201), answer.text
        return self.bearing(answer.json()["access_token"])

    def bearing(self, token: str) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=20)

    def admin(self) -> httpx2.Client:
        made = teahouse("user", "add", "root", "--admin", "--password-stdin", cwd=self.cwd, stdin=PASSWORD)
        assert made.returncode == 0, made.stderr
        return self.logged_in("root", "/auth/login")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with serving(tmp_path, "--limits", "off") as server:
        yield Town(server, tmp_path)


def made(client: httpx2.Client, path: str, **body: Any) -> Json:
    answer = client.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    found: Json = answer.json()
    return found


async def bot_at(town: Town, token: str) -> LineClient:
    client = await LineClient.connect(town.port)
    await client.ask("hello", token=token)
    return client


async def sent_away(client: LineClient) -> bool:
    """Whether the server ends the connection, with a word that says not to come back."""
    async with asyncio.timeout(5):
        bye = await client.event("bye")
        with pytest.raises(ConnectionError):
            while True:
                await client.line()
    return bye["reconnect"] is False


async def confirmed(admin: httpx2.Client, message: str, nick: str) -> Json:
    """The member's part of a message's trace, when one of their devices is in it: that is written after a while."""
    for _ in range(50):
        trace = admin.get(f"/admin/messages/{message}/trace").json()
        found: Json = next(row for row in trace["members"] if row["nick"] == nick)
        if found["devices"]:
            return found
        await asyncio.sleep(0.2)
    raise AssertionError(f"no device of {nick} has confirmed {message}")


async def test_a_bot_answers_a_slash_command(town: Town) -> None:
    alice = town.logged_in("alice")
    bot = made(alice, "/bots", nick="kettle", scopes=ALL)
    tea = made(alice, "/conversations", kind="group", members=["@kettle"])["conversation"]
    kettle = await bot_at(town, bot["token"])
    rest = town.bearing(bot["token"])
    told = rest.put("/bots/me/commands", json={"commands": [{"name": "brew"}]})
    assert told.status_code == 200, told.text
    made(alice, f"/conversations/{tea}/messages", text="/brew oolong")
    event = await kettle.event("message", conversation=tea)
    assert event["command"] == {"bot": bot["bot"]["id"], "name": "brew", "rest": "oolong"}
    await kettle.ask("send", to=tea, text="Ready.", reply_to=event["seq"])
    entries = alice.get(f"/conversations/{tea}/messages").json()["entries"]
    assert (entries[-1]["body"]["text"], entries[-1]["bot"]) == ("Ready.", True)
    assert rest.get(f"/users/{bot['bot']['id']}").status_code == 403
    assert alice.get(f"/users/{bot['bot']['id']}").json()["kind"] == "bot"


async def test_scopes_hold_on_connections_too(town: Town) -> None:
    alice = town.logged_in("alice")
    reader = made(alice, "/bots", nick="reader", scopes=["messages:read"])
    writer = made(alice, "/bots", nick="writer", scopes=["messages:write"])
    client = await bot_at(town, reader["token"])
    for op, fields in (("send", {"to": "lobby", "text": "x"}), ("create", {"kind": "group"}), ("online", {})):
        assert await client.refused(op, **fields) == "forbidden"
    await client.ask("history", conversation="lobby")
    deaf = await LineClient.connect(town.port)
    assert await deaf.refused("hello", token=writer["token"]) == "forbidden"
    assert await deaf.refused("hello", token="tb_forged") == "unauthenticated"
    assert made(town.bearing(writer["token"]), "/conversations/lobby/messages", text="x")["seq"] == 1


async def test_what_is_taken_from_a_bot_is_taken_at_once(town: Town) -> None:
    """A new token, an owner who is disabled and enabled, a bot that is disabled, the end."""
    alice, root = town.logged_in("alice"), town.admin()
    bot = made(alice, "/bots", nick="kettle", scopes=ALL)
    path, owner = f"/bots/{bot['bot']['id']}", alice.get("/users/me").json()["id"]

    kettle = await bot_at(town, bot["token"])
    turned = made(alice, f"{path}/token")
    assert await sent_away(kettle)
    with pytest.raises(Refused):
        await bot_at(town, bot["token"])

    for user in (owner, bot["bot"]["id"]):
        kettle, rest = await bot_at(town, turned["token"]), town.bearing(turned["token"])
        assert rest.get("/conversations").status_code == 200
        assert root.patch(f"/admin/users/{user}", json={"disabled": True}).json()["disabled"] > 0
        assert await sent_away(kettle)
        assert rest.get("/conversations").status_code == 401
        with pytest.raises(Refused):
            await bot_at(town, turned["token"])
        assert root.patch(f"/admin/users/{user}", json={"disabled": False}).json()["disabled"] == 0

    alice = town.logged_in("alice", "/auth/login")
    tea = made(alice, "/conversations", kind="group", members=["@kettle"])["conversation"]
    kettle = await bot_at(town, turned["token"])
    assert alice.delete(path).status_code == 204
    assert await sent_away(kettle)
    members = alice.get(f"/conversations/{tea}/members").json()["members"]
    assert [member["nick"] for member in members] == ["alice"]
    assert made(alice, "/bots", nick="kettle", scopes=[])["bot"]["nick"] == "kettle"


async def test_a_bot_has_no_password_and_no_rights(town: Town) -> None:
    alice, root = town.logged_in("alice"), town.admin()
    bot = made(alice, "/bots", nick="kettle", scopes=ALL)
    user = bot["bot"]["id"]
    assert root.patch(f"/admin/users/{user}", json={"admin": True}).status_code == 409
    assert root.post(f"/admin/users/{user}/password-link").status_code == 400
    teahouse("user", "passwd", "kettle", "--password-stdin", cwd=town.cwd, stdin=PASSWORD)
    login = {"user": "kettle", "password": PASSWORD}
    assert httpx2.post(f"{town.url}/auth/login", json=login).status_code == 401
    stranger = await LineClient.connect(town.port)
    assert await stranger.refused("hello", **login) == "unauthenticated"


async def test_an_erased_owner_takes_the_bots_along(town: Town) -> None:
    alice = town.logged_in("alice")
    bot = made(alice, "/bots", nick="kettle", scopes=ALL)
    kettle = await bot_at(town, bot["token"])
    gone = alice.request("DELETE", "/users/me", json={"password": PASSWORD})
    assert gone.status_code == 204, gone.text
    assert await sent_away(kettle)
    bob = town.logged_in("bob")
    for _ in range(100):
        if bob.post("/bots", json={"nick": "kettle", "scopes": []}).status_code == 201:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the bot is still there")


async def test_the_way_of_a_message_and_what_is_recorded(town: Town) -> None:
    alice, root = town.logged_in("alice"), town.admin()
    bot = made(alice, "/bots", nick="kettle", scopes=ALL)
    tea = made(alice, "/conversations", kind="group", title="Tea", members=["@kettle"])["conversation"]
    hook = made(alice, f"/conversations/{tea}/webhooks", nick="CI")
    kettle = await bot_at(town, bot["token"])
    sent = made(httpx2.Client(), hook["url"], text="oolong")
    await kettle.ask("delivered", conversation=tea, seq=sent["seq"])
    member = await confirmed(root, sent["message"], "kettle")
    assert member["devices"][0]["delivered"] is True
    session = root.get("/admin/sessions").json()["sessions"][0]
    assert (session["gateway"], session["address"], session["nick"]) == ("tcp", "127.0.0.1", "kettle")
    assert root.delete(f"/admin/sessions/{session['session']}").status_code == 204
    assert await sent_away(kettle)
    found = root.get("/admin/statistics").json()
    assert (found["bots"], found["messages"], found["conversations"]) == (1, 1, 1)

    httpx2.post(f"{town.url}/auth/login", json={"user": "alice", "password": "wrong wrong"})
    audit = root.get("/admin/audit", params={"limit": 200})
    actions = [record["action"] for record in audit.json()["records"]]
    expected = {"account.created", "login.began", "bot.created", "webhook.created", "message.traced"}
    assert actions[0] == "login.failed"
    assert expected | {"session.cut"} <= set(actions)
    secrets = (bot["token"], hook["token"], PASSWORD, "oolong", "wrong wrong")
    for secret in secrets:
        assert secret not in audit.text
        assert secret not in town.server.log


async def test_a_password_by_a_link(town: Town) -> None:
    alice, root = town.logged_in("alice"), town.admin()
    user = alice.get("/users/me").json()["id"]
    link = made(root, f"/admin/users/{user}/password-link")
    reset = {"token": link["token"], "password": "another long password"}
    assert httpx2.post(f"{town.url}/auth/reset", json={**reset, "password": "short"}).status_code == 400
    other = {**reset, "token": "u1." + link["token"].partition(".")[2]}
    assert httpx2.post(f"{town.url}/auth/reset", json=other).status_code == 403
    assert httpx2.post(f"{town.url}/auth/reset", json=reset).status_code == 204
    assert httpx2.post(f"{town.url}/auth/reset", json=reset).status_code == 403
    assert alice.get("/users/me").status_code == 401
    login = {"user": "alice", "password": reset["password"]}
    assert httpx2.post(f"{town.url}/auth/login", json=login).status_code == 200


async def test_administrators_do_nothing_to_themselves(town: Town) -> None:
    root = town.admin()
    me = root.get("/users/me").json()["id"]
    for wish in ({"disabled": True}, {"admin": False}):
        assert root.patch(f"/admin/users/{me}", json=wish).status_code == 409
    alice = town.logged_in("alice")
    user = alice.get("/users/me").json()["id"]
    assert alice.patch(f"/admin/users/{user}", json={"admin": True}).status_code == 403
    assert root.patch(f"/admin/users/{user}", json={"admin": True}).json()["admin"] is True
    assert alice.get("/admin/statistics").status_code == 200
    assert root.patch(f"/admin/users/{user}", json={"admin": False}).json()["admin"] is False
    assert alice.get("/admin/statistics").status_code == 403
    assert root.post(f"/admin/users/{user}/logout").status_code == 204
    assert alice.get("/users/me").status_code == 401
    page = root.get("/admin/users", params={"limit": 1}).json()
    rest = root.get("/admin/users", params={"cursor": page["cursor"]}).json()
    assert [row["user"] for row in page["users"] + rest["users"]] == ["alice", "root"]
