"""Coming in: as a guest in one step, with an account, by an invitation; and going again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.place import PASSWORD, Place

pytestmark = pytest.mark.service


def test_a_guest_needs_a_nickname_and_nothing_else(come: Come, place: Place) -> None:
    guest = come("wanderer", account=False)
    guest.page.get_by_role("textbox", name="Your nickname").fill("wanderer")
    guest.page.get_by_role("button", name="Come in as a guest").click()
    guest.open("Lobby")
    guest.say("just passing")
    guest.sees("just passing")
    # After a reload still the same guest.
    guest.page.reload()
    guest.sees("just passing")
    expect(guest.page.get_by_role("button", name="You, wanderer")).to_be_visible()


def test_an_account_is_made_and_used(come: Come, place: Place) -> None:
    page = come("newcomer", account=False).page
    page.get_by_role("link", name="Make an account").click()
    expect(page.get_by_role("heading", name="Make an account")).to_be_visible()
    page.get_by_role("textbox", name="User name").fill("newcomer")
    page.get_by_role("textbox", name="Password").fill("short")
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_text(re.compile("At least"))).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.get_by_role("button", name="You, newcomer")).to_be_visible()
    assert "/login" not in page.url

    page.get_by_role("button", name="You, newcomer").click()
    page.get_by_role("menuitem", name="Log out").click()
    if page.get_by_role("alertdialog").count():
        page.get_by_role("alertdialog").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("textbox", name="User name")).to_be_visible()
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0

    page.get_by_role("textbox", name="User name").fill("newcomer")
    page.get_by_role("textbox", name="Password").fill("not my password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("User name or password is wrong.")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="You, newcomer")).to_be_visible()


def test_a_guest_comes_by_an_invitation(come: Come, place: Place) -> None:
    group = place.group("alice", "Tasting")
    token = place.command("alice", "link", conversation=group, uses=1)["token"]
    guest = come("passerby", account=False)
    guest.page.goto(f"/join/{token}")
    # What it leads to is told to whoever is somebody.
    expect(guest.page.get_by_role("heading", name="You are invited")).to_be_visible()
    guest.page.get_by_role("textbox", name=re.compile("nickname", re.IGNORECASE)).fill("passerby")
    guest.page.get_by_role("button", name="Join as a guest").click()
    expect(guest.page.get_by_role("heading", name="Tasting", level=1)).to_be_visible(timeout=15_000)
    place.say("alice", group, "welcome in")
    guest.sees("welcome in")


def test_whoever_is_not_logged_in_is_led_to_where_they_wanted(come: Come, place: Place) -> None:
    place.register("alice")
    page = come("alice", account=False).page
    page.goto("/settings/appearance")
    page.get_by_role("textbox", name="User name").fill("alice")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/settings/appearance$"))


def test_the_other_tab_goes_with_a_logout(come: Come, place: Place) -> None:
    alice = come("alice")
    expect(alice.page.get_by_role("button", name="You, alice")).to_be_visible()
    other = alice.context.new_page()
    other.goto("/")
    expect(other.get_by_role("button", name="You, alice")).to_be_visible()
    alice.page.get_by_role("button", name="You, alice").click()
    alice.page.get_by_role("menuitem", name="Log out").click()
    if alice.page.get_by_role("alertdialog").count():
        alice.page.get_by_role("alertdialog").get_by_role("button", name="Log out").click()
    expect(other.get_by_role("textbox", name="User name")).to_be_visible()
