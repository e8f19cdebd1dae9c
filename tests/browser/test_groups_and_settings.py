"""Groups are made and run, and things are set, on the screen; others see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.place import Place

pytestmark = pytest.mark.service


def test_a_group_is_made_and_somebody_is_made_admin(come: Come, place: Place) -> None:
    place.register("bob")
    alice, bob = come("alice"), come("bob")
    page = alice.page
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("menuitem", name=re.compile("New group")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Oolong circle")
    people = dialog.get_by_role("combobox").first
    people.fill("bo")
    page.get_by_role("option", name=re.compile("bob")).click()
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Oolong circle", level=1)).to_be_visible()
    bob.open("Oolong circle")

    page.get_by_role("button", name=re.compile("details", re.IGNORECASE)).first.click()
    page.get_by_role("button", name="What to do with bob").click()
    page.get_by_role("menuitem", name="Make admin").click()
    expect(bob.log.get_by_text("alice made you admin")).to_be_visible()


def test_an_invite_link_is_shown_with_its_code(come: Come, place: Place) -> None:
    place.group("alice", "Tasting")
    alice = come("alice")
    alice.open("Tasting")
    page = alice.page
    page.get_by_role("button", name=re.compile("details", re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Invite links").click()
    page.get_by_role("button", name=re.compile("(New|Make|Create).*link", re.IGNORECASE)).first.click()
    submit = page.get_by_role("dialog").get_by_role("button", name=re.compile("Make|Create", re.IGNORECASE))
    if submit.count():
        submit.first.click()
    expect(page.get_by_role("img", name=re.compile("QR|code", re.IGNORECASE)).first).to_be_visible()
    link = page.locator("input[readonly], code").filter(visible=True).first
    assert "/join/" in (
        link.input_value() if link.evaluate("e => e.tagName") == "INPUT" else link.inner_text()
    )


def test_theme_and_language_change_at_once_and_stay(come: Come, place: Place) -> None:
    page = come("alice").page
    page.goto("/settings/appearance")
    page.get_by_role("radio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_text("简体中文").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name="设置")).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_palette_leads_anywhere(come: Come, place: Place) -> None:
    place.group("alice", "Tasting")
    page = come("alice").page
    expect(page.get_by_role("link", name=re.compile("Tasting"))).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("tast")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Tasting")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tasting", level=1)).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("settings")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Settings")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings"))


def test_the_administrator_sees_and_disables(come: Come, place: Place) -> None:
    place.register("bob")
    place.register("alice")
    place.server_command("user", "admin", "alice")
    alice, bob = come("alice"), come("bob")
    page = alice.page
    page.goto("/admin/users")
    row = page.get_by_role("row", name=re.compile("bob"))
    expect(row).to_be_visible()
    row.get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Disable").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Disable").click()
    # Whoever is disabled is out at once.
    expect(bob.page.get_by_role("textbox", name="User name")).to_be_visible(timeout=15_000)
    page.goto("/admin/audit")
    expect(page.get_by_text(re.compile("disable")).first).to_be_visible()


def test_a_conversation_is_pinned_muted_and_archived(come: Come, place: Place) -> None:
    place.group("alice", "Tasting")
    place.group("alice", "Brewing")
    alice = come("alice")
    page = alice.page
    listed = page.get_by_role("list", name="Conversations")
    listed.get_by_role("link", name=re.compile("Tasting")).click(button="right")
    page.get_by_role("menuitem", name="Pin to the top").click()
    expect(listed.get_by_role("link").first).to_have_text(re.compile("Tasting"))
    listed.get_by_role("link", name=re.compile("Brewing")).click(button="right")
    page.get_by_role("menuitem", name="Archive").click()
    expect(listed.get_by_role("link", name=re.compile("Brewing"))).to_have_count(0)
    page.reload()
    expect(listed.get_by_role("link").first).to_have_text(re.compile("Tasting"))
    expect(listed.get_by_role("link", name=re.compile("Brewing"))).to_have_count(0)
