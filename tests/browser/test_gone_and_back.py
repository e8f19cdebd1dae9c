"""The network goes, the server dies: what was written arrives, once; what was missed is there, once."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.app.server import serving
from tests.browser.conftest import Come
from tests.browser.place import Place
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.service


def test_written_offline_and_sent_later(come: Come, place: Place) -> None:
    place.register("bob")
    group = place.group("alice", "Tasting", "bob")
    alice, bob = come("alice"), come("bob")
    alice.open("Tasting")
    bob.open("Tasting")
    alice.say("before")
    bob.sees("before")

    alice.context.set_offline(True)
    alice.say("written in the tunnel")
    alice.sees("written in the tunnel")
    expect(alice.page.get_by_text(re.compile("You are offline")).first).to_be_visible()
    place.say("bob", group, "said meanwhile")
    alice.context.set_offline(False)
    bob.sees("written in the tunnel", timeout=30_000)
    alice.sees("said meanwhile", timeout=30_000)
    for person in (alice, bob):
        for text in ("before", "written in the tunnel", "said meanwhile"):
            expect(person.message(text)).to_have_count(1)


def test_read_offline_and_written_over_a_reload(come: Come, place: Place) -> None:
    """The page comes from the service worker, the conversation from the disk, and what was written waits there."""
    place.register("bob")
    group = place.group("alice", "Tasting", "bob")
    place.say("bob", group, "kept on the disk")
    alice = come("alice")
    alice.open("Tasting")
    alice.sees("kept on the disk")
    alice.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    alice.page.wait_for_timeout(1000)  # what was read is written to the disk

    alice.context.set_offline(True)
    alice.say("later, then")
    alice.page.reload()
    alice.sees("kept on the disk")
    alice.sees("later, then")
    alice.context.set_offline(False)
    expect(alice.message("later, then").get_by_text("Waiting")).to_have_count(0)

    def said() -> list[str]:
        page = place.call("bob", "GET", f"conversations/{group}/messages?limit=50")
        return [entry["body"]["text"] for entry in page["entries"] if entry.get("body")]

    alice.page.wait_for_function("navigator.onLine")
    for _ in range(100):
        if "later, then" in said():
            break
        alice.page.wait_for_timeout(200)
    assert said() == ["kept on the disk", "later, then"]


def test_a_killed_server_loses_and_doubles_nothing_on_the_screen(chromium: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        place = Place(first)
        place.register("bob")
        place.group("alice", "Tasting", "bob")
        port = place.url.rsplit(":", 1)[1]
        alice = Visitor(chromium, place, "alice", account=True)
        bob = Visitor(chromium, place, "bob", account=True)
        alice.open("Tasting")
        bob.open("Tasting")
        for count in range(5):
            alice.say(f"cup {count}.")
        first.stop(signal.SIGKILL)
        for count in range(5, 10):
            alice.say(f"cup {count}.")
        bob.say("and mine.")
    with serving(tmp_path, "--http-port", port) as second:
        bob.sees("cup 9.", timeout=60_000)
        alice.sees("and mine.", timeout=60_000)
        for person in (alice, bob):
            for count in range(10):
                expect(person.message(f"cup {count}.")).to_have_count(1)
            expect(person.message("and mine.")).to_have_count(1)
            assert not person.complaints
        numbers = [int(found[1]) for text in bob.texts() if (found := re.search(r"cup (\d)\.", text))]
        assert numbers == sorted(numbers)
        assert "Traceback" not in second.log
        alice.leave()
        bob.leave()
