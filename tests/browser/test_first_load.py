"""What is loaded before the first screen is small, and all of it from here."""

import pytest

from tests.browser.conftest import CLIENT, Come
from tests.browser.place import Place

pytestmark = pytest.mark.service

LIMIT = 250_000  # bytes of JavaScript, compressed


def test_the_first_chat_screen(come: Come, place: Place) -> None:
    alice = come("alice")
    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.url))
    # Without the service worker, as at the first visit.
    alice.page.evaluate(
        "async () => { for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister() }"
    )
    alice.page.goto("/c/lobby")
    alice.log.wait_for()
    alice.page.wait_for_load_state("networkidle")
    scripts = {url.split("/assets/")[1] for url in asked if "/assets/" in url and url.endswith(".js")}
    assert scripts
    sizes = {name: size_of(name) for name in scripts}
    assert sum(sizes.values()) < LIMIT, sorted(sizes.items(), key=lambda item: -item[1])
    elsewhere = [url for url in asked if not url.startswith((place.url, "data:", "blob:"))]
    assert not elsewhere


def size_of(name: str) -> int:
    plain = CLIENT.parent / "assets" / name
    packed = plain.with_name(name + ".gz")
    return (packed if packed.exists() else plain).stat().st_size
