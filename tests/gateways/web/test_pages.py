"""The web client before the REST application: what is its, what is not, and with which headers."""

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest

from teahouse.app.site import compose_site
from teahouse.gateways.rest.application import RestContext
from teahouse.gateways.web import pages

INDEX = b"<!doctype html><title>Teahouse</title>"
SCRIPT = b"export const tea = 1\n" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    made = tmp_path / "client"
    (made / "assets").mkdir(parents=True)
    (made / "icons").mkdir()
    (made / "index.html").write_bytes(INDEX)
    (made / "sw.js").write_bytes(b"sw")
    (made / "healthz").write_bytes(b"not healthy")
    (made / "icons" / "192.png").write_bytes(b"png")
    (made / "assets" / "app-1a2b.js").write_bytes(SCRIPT)
    (made / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (made / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return made


def browser(client_dir: object) -> httpx2.AsyncClient:
    site: Any = compose_site(RestContext(lambda: {"store": "ok"}, "tcp://127.0.0.1:9000"), str(client_dir))
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=site),
        base_url="http://chat.example.org",
        headers={"accept-encoding": ""},
    )


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/login", "/c/topic:tea", "/join/a-b_c", "/settings/", "/admin/x/y"]
)
async def test_every_address_inside_the_client_is_its_page(built: Path, path: str) -> None:
    async with browser(built) as client:
        answer = await client.get(path)
        assert (answer.status_code, answer.content) == (200, INDEX)
        assert answer.headers["cache-control"] == "no-cache"
        head = await client.head(path)
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(INDEX)))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/favicon.ico", 404),
        ("/c/picture.png", 404),
        ("/assets/app-old.js", 404),
        ("/assets/app", 404),
        ("/assets", 404),
        ("/api", 404),
        ("/api/v1/nothing", 404),
        ("/api/v2", 404),
        ("/ws", 404),
        ("/ws/x", 404),
        ("/docs/nothing", 404),
        ("/openapi.json", 200),
        ("/healthz", 200),
        ("/ping", 200),
        ("/connect", 200),
        ("/first-admin", 200),
    ],
)
async def test_what_the_server_answers_is_never_hidden(built: Path, path: str, status: int) -> None:
    async with browser(built) as client:
        answer = await client.get(path)
        assert answer.status_code == status, answer.text
        assert INDEX not in answer.content and b"not healthy" not in answer.content
        if status == 404:
            assert answer.headers["content-type"] == "application/problem+json"


async def test_only_reading_is_answered(built: Path) -> None:
    async with browser(built) as client:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert (await client.request(method, "/login")).status_code == 404
            assert (await client.request(method, "/sw.js")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..%5c..%5csecret.txt",
        "/..\\secret",
        "/assets/%00app-1a2b.js",
        "/x%00y",
        "//secret.txt",
        "/c/../../etc/passwd",
        "/c/%2e%2e/etc/passwd",
    ],
)
async def test_no_path_leads_out(built: Path, path: str) -> None:
    """As they come off the wire: an HTTP client would tidy them up before."""
    site: Any = compose_site(RestContext(dict), str(built))
    started: dict[str, Any] = {}
    body = b""

    async def send(message: Any) -> None:
        nonlocal body
        started.update(message if "status" in message else {})
        body += message.get("body", b"")

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
    }
    await site(
        {**scope, "headers": [], "scheme": "http", "http_version": "1.1", "root_path": ""}, receive, send
    )
    assert started["status"] == 404
    assert b"secret" not in body


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("gzip;q=0.000, br; q=0", ""),
        (";;;,,=,q=", ""),
    ],
)
async def test_the_best_coding_that_the_browser_takes(built: Path, accepted: str, coding: str) -> None:
    async with browser(built) as client:
        request = client.build_request("GET", "/assets/app-1a2b.js", headers={"accept-encoding": accepted})
        answer = await client.send(request, stream=True)
        assert answer.headers.get("content-encoding", "") == coding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        await answer.aclose()


async def test_what_the_browser_has_is_not_sent_again(built: Path) -> None:
    async with browser(built) as client:
        first = await client.get("/")
        etag = first.headers["etag"]
        for given in (etag, f'"other", {etag}', f"W/{etag}", "*"):
            again = await client.get("/login", headers={"If-None-Match": given})
            assert (again.status_code, again.content) == (304, b"")
            assert (again.headers["etag"], again.headers["cache-control"]) == (etag, "no-cache")
            assert "content-type" not in again.headers
        assert (await client.get("/", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_the_page_may_load_nothing_from_elsewhere(built: Path) -> None:
    async with browser(built) as client:
        for path in ("/", "/sw.js", "/assets/app-1a2b.js"):
            headers = (await client.get(path)).headers
            policy = dict(
                part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
            )
            assert policy["default-src"] == "'none'"
            assert policy["script-src"] == policy["style-src"] == policy["worker-src"] == "'self'"
            assert policy["connect-src"] == "'self' ws://chat.example.org wss://chat.example.org"
            assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert "microphone=(self)" in headers["permissions-policy"]
            assert headers["referrer-policy"] == "same-origin"


async def test_the_host_header_adds_nothing_to_the_policy(built: Path) -> None:
    async with browser(built) as client:
        for host in ("x; script-src *", "a b", "*", "https://evil.example", "x'y"):
            policy = (await client.get("/", headers={"host": host})).headers["content-security-policy"]
            assert "connect-src 'self';" in policy and host not in policy.replace("'self'", "")


@pytest.mark.parametrize("client_dir", ["auto", "", "/nowhere"])
async def test_without_a_client_the_page_says_how_to_connect(
    client_dir: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("teahouse.__file__", str(tmp_path / "__init__.py"))
    async with browser(client_dir) as client:
        home = await client.get("/")
        assert home.status_code == 200 and "nc chat.example.org 9000" in home.text
        assert ("Node.js 20.19 or newer" in home.text) == (client_dir == "auto")
        assert (await client.get("/connect")).text == home.text
        assert (await client.get("/login")).status_code == 404


async def test_the_page_that_says_how_to_connect_stays(built: Path) -> None:
    async with browser(built) as client:
        page = await client.get("/connect")
        assert "nc chat.example.org 9000" in page.text and "not built" not in page.text


async def test_a_client_that_is_being_worked_on_is_read_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LOOK_S", 0.0)
    async with browser(built) as client:
        assert (await client.get("/")).content == INDEX
        (built / "index.html").unlink()  # a build empties the folder first
        assert (await client.get("/")).content == INDEX
        (built / "index.html").write_bytes(b"newer")
        (built / "assets" / "app-3c4d.js").write_bytes(b"newer")
        assert (await client.get("/")).content == b"newer"
        assert (await client.get("/assets/app-3c4d.js")).content == b"newer"


async def test_the_widget_is_for_the_pages_of_others(built: Path) -> None:
    async with browser(built) as client:
        missing = await client.get("/widget.js")
        assert (missing.status_code, missing.headers["content-type"]) == (404, "text/plain; charset=utf-8")
        assert "make setup" in missing.text
    (built / "widget.js").write_bytes(SCRIPT)
    async with browser(built) as client:
        given = await client.get("/widget.js")
        assert (given.status_code, given.content) == (200, SCRIPT)
        assert given.headers["cross-origin-resource-policy"] == "cross-origin"
        assert given.headers["cache-control"] == "no-cache"
        again = await client.get("/widget.js", headers={"If-None-Match": given.headers["etag"]})
        assert again.status_code == 304
        assert (await client.get("/sw.js")).headers["cross-origin-resource-policy"] == "same-origin"


async def test_without_a_client_the_widget_is_explained() -> None:
    async with browser("") as client:
        answer = await client.get("/widget.js")
        assert (answer.status_code, answer.headers["cross-origin-resource-policy"]) == (404, "cross-origin")
