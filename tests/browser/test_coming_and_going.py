"""Groups lose members and end, on the screen; and a provider lets somebody in whose name the server did not know."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.app.provider import provider, settings
from tests.app.server import serving
from tests.browser.conftest import Come
from tests.browser.place import Place
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.service

__all__ = ("provider",)


def details(person: Visitor, title: str) -> None:
    person.open(title)
    person.page.get_by_role("button", name=re.compile("details", re.IGNORECASE)).first.click()


def listed(person: Visitor, title: str, count: int) -> None:
    links = person.page.get_by_role("list", name="Conversations").get_by_role("link", name=re.compile(title))
    expect(links).to_have_count(count)


def do_with(person: Visitor, nick: str, action: str) -> None:
    person.page.get_by_role("button", name=f"What to do with {nick}").click()
    person.page.get_by_role("menuitem", name=action, exact=True).click()


def test_somebody_is_removed_and_hears_nothing_more(come: Come, place: Place) -> None:
    place.register("bob")
    place.group("alice", "Tasting", "bob")
    alice, bob = come("alice"), come("bob")
    details(alice, "Tasting")
    bob.open("Tasting")
    do_with(alice, "bob", "Remove")
    alice.confirm("Remove")
    expect(alice.log.get_by_text("You removed bob")).to_be_visible()
    expect(alice.page.get_by_role("button", name="What to do with bob")).to_have_count(0)
    # What was there stays readable to him; writing is over.
    expect(bob.composer).to_have_count(0)
    alice.say("between us now")
    alice.sees("between us now")
    expect(bob.page.get_by_text("between us now")).to_have_count(0)


def test_the_owner_hands_over_and_leaves(come: Come, place: Place) -> None:
    place.register("bob")
    place.group("alice", "Tasting", "bob")
    alice, bob = come("alice"), come("bob")
    details(alice, "Tasting")
    expect(alice.page.get_by_text("make somebody else the owner first")).to_be_visible()
    do_with(alice, "bob", "Hand over to them")
    alice.confirm("Hand over")
    panel = alice.page.get_by_role("complementary")
    panel.get_by_role("button", name="Leave", exact=True).click()
    alice.confirm("Leave")
    listed(alice, "Tasting", 0)
    bob.open("Tasting")
    expect(bob.log.get_by_text("alice left")).to_be_visible()


def test_a_group_is_dissolved(come: Come, place: Place) -> None:
    place.register("bob")
    place.group("alice", "Tasting", "bob")
    alice, bob = come("alice"), come("bob")
    listed(bob, "Tasting", 1)
    details(alice, "Tasting")
    alice.page.get_by_role("complementary").get_by_role("button", name="Dissolve", exact=True).click()
    alice.confirm("Dissolve")
    listed(alice, "Tasting", 0)
    listed(bob, "Tasting", 0)


@pytest.fixture
def house(provider: str, tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path, **settings(provider), TEAHOUSE_OIDC_NAME="Tea Office") as running:
        yield Place(running)


def test_ada_comes_by_her_provider(chromium: Browser, house: Place) -> None:
    ada = Visitor(chromium, house, "ada", account=False)
    ada.page.get_by_role("link", name=re.compile("Tea Office")).or_(
        ada.page.get_by_role("button", name=re.compile("Tea Office"))
    ).first.click()
    ada.page.locator("input[name=sub]").fill("4711")
    ada.page.get_by_role(
        "button", name=re.compile("authori[sz]e|log ?in|submit", re.IGNORECASE)
    ).first.click()
    expect(ada.page.get_by_role("link", name="Lobby").first).to_be_visible()
    ada.open("Lobby")
    ada.say("hello from the office")
    ada.sees("hello from the office")
    assert not ada.complaints, ada.complaints
    ada.leave()


def test_the_list_shows_the_picture_of_a_group(come: Come, place: Place) -> None:
    group = place.group("alice", "Tasting")
    place.call("alice", "PATCH", f"conversations/{group}", avatar=place.picture("alice"))
    alice = come("alice")
    row = alice.page.get_by_role("list", name="Conversations").get_by_role("link", name=re.compile("Tasting"))
    expect(row.locator(f"img[src*='conversations/{group}/avatar']")).to_be_visible()
