"""A real browser and the policy of the web client: what the client has to do is allowed, and nothing else is.

The client is made up here, so that it can also try what a script of a stranger would.
"""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.app.server import Server, serving

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]

INDEX = """<!doctype html>
<link rel="stylesheet" href="/assets/app.css">
<link rel="manifest" href="/manifest.webmanifest">
<title>Teahouse</title>
<p onclick="document.title='clicked'">here</p>
<script>document.title = "inline"</script>
<script type="module" src="/assets/app.js"></script>
"""

SCRIPT = """
const worker = new URL("/sw.js", location)
export async function tries() {
  const json = {"content-type": "application/json"}
  const told = await (await fetch("/api/v1/auth/web/guest", {
    method: "POST", headers: json, body: JSON.stringify({nick: "mira"})})).json()
  const own = {...json, "x-csrf-token": told.csrf_token}
  const sent = await fetch("/api/v1/conversations/lobby/messages", {
    method: "POST", headers: own, body: JSON.stringify({text: "from a page"})})
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`)
  const welcome = await new Promise((done, failed) => {
    socket.onerror = failed
    socket.onmessage = event => done(JSON.parse(event.data))
    socket.onopen = () => socket.send(JSON.stringify({op: "hello", id: 1, nick: "mira", resume: told.resume}))
  })
  const blob = URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], {type: "image/svg+xml"}))
  return {
    guest: told.user.guest, sent: sent.status, same: welcome.ok.user.id === told.user.id,
    title: document.title, colour: getComputedStyle(document.body).color, picture: await seen(blob),
    inlined: await seen("data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="),
    worker: (await navigator.serviceWorker.register(worker)) instanceof ServiceWorkerRegistration,
    cookies: document.cookie,
    elsewhere: await fetch("http://127.0.0.1:1/").then(() => "answered", error => error.name),
    picture_elsewhere: await seen("http://127.0.0.1:1/x.png"),
    evaluated: (() => { try { return eval("'yes'") } catch (error) { return error.name } })(),
  }
}
const seen = source => new Promise(done => {
  const image = new Image()
  image.onload = () => done("seen")
  image.onerror = () => done("not seen")
  image.src = source
})
globalThis.tries = tries
"""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Its own for each test: a link for the first administrator works once."""
    client = tmp_path_factory.mktemp("client")
    (client / "assets").mkdir()
    (client / "index.html").write_text(INDEX)
    (client / "sw.js").write_text("self.addEventListener('fetch', () => {})")
    (client / "manifest.webmanifest").write_text(json.dumps({"name": "Teahouse"}))
    (client / "assets" / "app.js").write_text(SCRIPT)
    (client / "assets" / "app.css").write_text("body { color: rgb(1, 2, 3) }")
    with serving(tmp_path_factory.mktemp("house"), TEAHOUSE_HTTP_CLIENT_DIR=str(client)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_client_may_what_it_has_to_and_strangers_nothing(server: Server, page: Page) -> None:
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", said)
    page.goto(f"{server.ready['http']}/c/lobby")
    page.wait_for_function("typeof globalThis.tries === 'function'")
    found: dict[str, Any] = page.evaluate("tries()")
    page.click("p")
    assert found == {
        "guest": True,
        "sent": 201,
        "same": True,
        "title": "Teahouse",
        "colour": "rgb(1, 2, 3)",
        "picture": "seen",
        "inlined": "seen",
        "worker": True,
        "cookies": "",
        "elsewhere": "TypeError",
        "picture_elsewhere": "not seen",
        "evaluated": "EvalError",
    }
    assert page.title() == "Teahouse"
    told = "\n".join(complaints)
    for directive in ("script-src", "connect-src", "img-src"):
        assert directive in told, told
    assert "style-src" not in told and "manifest-src" not in told and "worker-src" not in told, told


def test_a_page_elsewhere_can_neither_frame_nor_read_it(server: Server, page: Page) -> None:
    url = server.ready["http"].replace("127.0.0.1", "localhost")  # another site to the browser
    page.goto(f"{url}/connect")
    framed = page.evaluate(
        """url => new Promise(done => {
            const frame = document.createElement("iframe")
            frame.onload = () => { try { done(frame.contentDocument?.title ?? "closed") } catch { done("closed") } }
            frame.src = url
            document.body.append(frame)
            setTimeout(() => done("closed"), 3000)
        })""",
        f"{server.ready['http']}/",
    )
    assert framed in ("closed", "")


def test_the_first_administrator_goes_on_to_the_client(server: Server, page: Page) -> None:
    link = next(json.loads(line)["link"] for line in server.log.splitlines() if "first-admin" in line)
    page.goto(link)
    page.fill("input[name=user]", "root")
    page.fill("input[name=password]", "a long enough password")
    page.click("button")
    page.wait_for_selector("#outcome:not(:empty)")
    assert "root is the administrator now." in page.inner_text("#outcome")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.click("a")
    page.wait_for_function("typeof globalThis.tries === 'function'")
    assert page.title() == "Teahouse"
    assert page.url == f"{server.ready['http']}/"
