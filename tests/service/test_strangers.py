"""Every operation of the REST interface that names an object, tried by three people whose it is not: two with an
account, and a guest in a browser.

The operations come from the OpenAPI document, so a new one is tried as soon as it is served: it needs a line in
`things` for a new kind of object, and one in OPEN_TO_ALL if strangers may use it.
"""

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.app.server import serving, teahouse

pytestmark = [pytest.mark.service, pytest.mark.timeout(300)]

Json = dict[str, Any]
REFUSED = {401, 403, 404}

OPEN_TO_ALL = {
    "GET /api/v1/users/{user}": "who somebody is may be seen by whoever has the id",
    "PUT /api/v1/users/me/blocks/{user}": "anybody may be blocked",
    "DELETE /api/v1/users/me/blocks/{user}": "and no longer",
    "PUT /api/v1/users/me/contacts/{user}": "anybody may be a contact",
    "DELETE /api/v1/users/me/contacts/{user}": "and no longer",
    "POST /api/v1/users/{user}/reports": "anybody may be reported",
    "GET /api/v1/links/{token}": "whoever has an invitation may look at it",
    "POST /api/v1/links/{token}/join": "and use it",
}
"""Operations that name an object of somebody else's and are for everybody, and why."""


HEADERS = {
    "PATCH /api/v1/files/uploads/{upload}": {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
}
"""What a request needs to be looked at at all."""


class Site:
    def __init__(self, url: str, cwd: Path) -> None:
        self.url = url
        self.cwd = cwd
        self.document = httpx2.get(f"{url}/openapi.json").json()
        self.alice, self.bob, self.carol = (self.account(name) for name in ("alice", "bob", "carol"))
        self.guest = self.visitor("mira")
        self.things = self._things()

    def account(self, name: str) -> httpx2.Client:
        body = {"user": name, "password": "a long enough password"}
        answer = httpx2.post(f"{self.url}/api/v1/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return httpx2.Client(base_url=self.url, headers=bearer, timeout=20)

    def visitor(self, nick: str) -> httpx2.Client:
        client = httpx2.Client(base_url=self.url, timeout=20)
        answer = client.post("/api/v1/auth/web/guest", json={"nick": nick})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client

    def _things(self) -> dict[str, str]:
        """What is Alice's alone, by the name of the path parameter that means such a thing."""
        group = self.post("/conversations", {"kind": "group", "title": "Secret"})["conversation"]
        sent = self.post(f"/conversations/{group}/messages", {"text": "the secret word is oolong"})
        tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "6"}
        upload = self.alice.post("/api/v1/files/uploads", headers=tus).headers["location"].rpartition("/")[2]
        file = self.alice.post("/api/v1/files?name=oolong.txt", content=b"oolong").json()["id"]
        link = self.post(f"/conversations/{group}/links", {})
        spam = self.bob.post("/api/v1/conversations/lobby/messages", json={"text": "cheap tea"}).json()
        report = self.post(f"/conversations/lobby/messages/{spam['seq']}/reports", {"reason": "spam"})
        return {
            "conversation": group,
            "seq": str(sent["seq"]),
            "message": sent["message"],
            "user": self.alice.get("/api/v1/users/me").json()["id"],
            "login": self.alice.get("/api/v1/users/me/devices").json()["devices"][0]["id"],
            "file": file,
            "upload": upload,
            "link": link["link"],
            "token": link["token"],
            "report": report["report"],
            "bot": self.post("/bots", {"nick": "alicebot", "scopes": ["messages:read"]})["bot"]["id"],
            "webhook": self.post(f"/conversations/{group}/webhooks", {"nick": "ci"})["webhook"]["id"],
            "outlet": self.post(f"/conversations/{group}/outgoing-webhooks", {"url": "https://example.org/"})[
                "webhook"
            ]["id"],
            "schedule": self._schedule(group),
            "stream": self._stream(),
            "session": "s0",
            "letter": "expire:lobby.1",
            "device": self._device(),
            "provider": "sso",
            **self._desk(),
        }

    def _desk(self) -> dict[str, str]:
        """A team of the desk whose supervisor is Alice, what it knows, and a ticket."""
        root = self.administrator()
        team = answered(root.post("/api/v1/desk/teams", json={"name": "Tea"}))
        place = {"teams": [team["id"]], "supervisor": True}
        me = self.alice.get("/api/v1/users/me").json()["id"]
        answered(root.put(f"/api/v1/desk/agents/{me}", json=place))
        papers = f"/desk/teams/{team['id']}"
        visitor = answered(httpx2.post(f"{self.url}/api/v1/desk/hello", json={"team": team["key"]}))
        answered(
            httpx2.post(
                f"{self.url}/api/v1/conversations/{visitor['conversation']}/messages",
                json={"text": "where is my oolong?"},
                headers={"Authorization": f"Bearer {visitor['token']}"},
            )
        )
        return {
            "team": team["id"],
            "article": self.post(f"{papers}/knowledge", {"title": "Tea", "text": "oolong"})["id"],
            "example": self.post(f"{papers}/training", {"text": "oolong?", "intent": "tea"})["id"],
            "reply": self.post(f"{papers}/canned", {"title": "Tea", "text": "oolong"})["id"],
            "ticket": self._ticket(),
        }

    def _ticket(self) -> str:
        """The visitor's: it is made a moment after what they wrote."""
        for _ in range(100):
            if tickets := answered(self.alice.get("/api/v1/desk/tickets"))["tickets"]:
                found: str = tickets[0]["id"]
                return found
            time.sleep(0.1)
        raise AssertionError("no ticket was made of what a visitor wrote")

    def administrator(self) -> httpx2.Client:
        account = {"user": "root", "password": "a long enough password"}
        made = teahouse(
            "user", "add", "root", "--admin", "--password-stdin", cwd=self.cwd, stdin=account["password"]
        )
        assert made.returncode == 0, made.stderr
        token = answered(httpx2.post(f"{self.url}/api/v1/auth/login", json=account))["access_token"]
        return httpx2.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=20)

    def _device(self) -> str:
        """A phone of Alice's that is woken up."""
        path = "/api/v1/users/me/push"
        described = self.document["paths"][path]["post"]
        found: str = self.post("/users/me/push", body_of(described)["json"])["id"]
        return found

    def _schedule(self, group: str) -> str:
        at = time.time_ns() // 1_000_000 + 3_600_000
        found: str = self.post(f"/conversations/{group}/scheduled", {"text": "oolong", "at": at})["schedule"]
        return found

    def _stream(self) -> str:
        """Of Alice's bot."""
        token = self.post("/bots", {"nick": "teller", "scopes": ["stream"]})["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        path = "/api/v1/conversations/lobby/streams"
        begun = self.alice.post(path, json={"append": "oolong"}, headers=bearer)
        assert begun.status_code == 201, begun.text
        found: str = begun.json()["stream"]
        return found

    def post(self, path: str, body: Json) -> Json:
        return answered(self.alice.post(f"/api/v1{path}", json=body))

    def operations(self) -> Iterator[tuple[str, str, Json]]:
        """Method, path and description of those that name an object."""
        for path, methods in self.document["paths"].items():
            for method, described in methods.items():
                if "{" in path and described.get("security"):
                    yield method.upper(), path, described

    def state(self) -> Json:
        """All that strangers could have changed, or added to."""
        group = self.things["conversation"]
        return {
            path: self.alice.get(f"/api/v1{path}").json()
            for path in (
                f"/conversations/{group}/messages?limit=200",
                f"/conversations/{group}/members",
                f"/conversations/{group}/webhooks",
                f"/conversations/{group}/outgoing-webhooks",
                "/bots",
                "/scheduled",
                "/users/me",
                "/users/me/push",
            )
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    cwd = tmp_path_factory.mktemp("site")
    with serving(cwd, "--limits", "off") as server:
        yield Site(server.ready["http"], cwd)


def answered(answer: httpx2.Response) -> Json:
    assert answer.status_code in (200, 201), answer.text
    found: Json = answer.json()
    return found


def filled(path: str, things: dict[str, str]) -> str:
    """The path with Alice's objects in it."""
    missing = set(re.findall(r"\{(\w+)\}", path)) - things.keys()
    assert not missing, f"{path}: say in _things() what of Alice's {missing} may be"
    return path.format(**things)


def body_of(described: Json) -> Json:
    content = described.get("requestBody", {}).get("content", {}).get("application/json")
    return {} if content is None else {"json": content.get("example", {})}


def test_strangers_reach_nothing(site: Site) -> None:
    before = site.state()
    strangers = (site.bob, site.carol, site.guest)
    reached = []
    for (method, path, described), stranger in itertools.product(site.operations(), strangers):
        if f"{method} {path}" in OPEN_TO_ALL:
            continue
        given = {**body_of(described), "headers": HEADERS.get(f"{method} {path}", {})}
        answer = stranger.request(method, filled(path, site.things), **given)
        if answer.status_code not in REFUSED or "oolong" in answer.text:
            reached.append(f"{method} {path}: {answer.status_code} {answer.text[:120]}")
    assert not reached, "\n".join(reached)
    assert site.state() == before


def test_a_guest_may_what_is_said_to_be_open_to_guests(site: Site) -> None:
    """And what is not is refused before it is looked at what was asked for."""
    wrong = []
    for path, methods in site.document["paths"].items():
        for method, described in methods.items():
            if not described.get("security") or "logout" in path:
                continue
            target = re.sub(r"\{\w+\}", "x", path)
            given = {**body_of(described), "headers": HEADERS.get(f"{method.upper()} {path}", {})}
            answer = site.guest.request(method.upper(), target, **given)
            refused = answer.status_code == 403 and "it takes an account" in answer.text
            refused = refused or (answer.status_code == 403 and "only administrators" in answer.text)
            if refused is described.get("x-guests", False):
                wrong.append(f"{method.upper()} {path}: {answer.status_code} {answer.text[:120]}")
    assert not wrong, "\n".join(wrong)


def test_nobody_reaches_nothing_at_all(site: Site) -> None:
    """Without a token every operation that wants one is 401, whatever is asked."""
    open_ = []
    for path, methods in site.document["paths"].items():
        for method, described in methods.items():
            if not described.get("security"):
                continue
            target = re.sub(r"\{\w+\}", "x", path)
            answer = httpx2.request(method.upper(), site.url + target, **body_of(described))
            if answer.status_code != 401:
                open_.append(f"{method.upper()} {path}: {answer.status_code}")
    assert not open_, "\n".join(open_)


def test_the_exceptions_are_still_served(site: Site) -> None:
    served = {f"{method} {path}" for method, path, _ in site.operations()}
    assert OPEN_TO_ALL.keys() <= served, f"no longer there: {OPEN_TO_ALL.keys() - served}"
