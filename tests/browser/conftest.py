"""A real server, a real Chromium, and people who sit before it.

One Chromium for the tests of a file (its driver runs an event loop of its own, which must be gone before other tests
run theirs); a browser context a person, so nobody shares cookies or stored data. Whatever a
page writes to its console as an error, and every refused request of the content security policy, fails the test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.app.server import Server, serving
from tests.browser.place import Place
from tests.browser.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "src" / "teahouse" / "webclient" / "index.html"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --use-fake-ui-for-media-stream --use-fake-device-for-media-stream"
)

Come = Callable[..., Visitor]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    assert CLIENT.exists(), "the web client is not built: `make setup`"
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
    yield browser
    browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def place(server: Server) -> Iterator[Place]:
    """The server as a place: who has an account there, and how one comes in by REST."""
    yield Place(server)
    assert "Traceback" not in server.log, server.log


@pytest.fixture
def come(chromium: Browser, place: Place) -> Iterator[Come]:
    """`come("alice")`: somebody with an account, logged in, before a browser of their own. What `come` is given
    besides is for the browser: `locale`, `viewport`, `color_scheme`, `has_touch` ..."""
    people: list[Visitor] = []

    def arrive(name: str, *, account: bool = True, **options: object) -> Visitor:
        person = Visitor(chromium, place, name, account=account, **options)
        people.append(person)
        return person

    yield arrive
    for person in people:
        person.leave()
    for person in people:
        assert not person.complaints, f"{person.name}'s browser complained: {person.complaints}"
