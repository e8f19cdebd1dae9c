"""axe looks at every view, in light and dark; and everything can be reached without a mouse."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.place import Place

pytestmark = pytest.mark.service

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STILL = "document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)"

STRANGERS = ["/login", "/register", "/reset/made-up", "/join/made-up", "/nowhere/at/all"]
SETTINGS = ["profile", "account", "devices", "privacy", "notifications", "appearance", "bots", "about"]
ADMIN = [
    "statistics",
    "users",
    "conversations",
    "sessions",
    "reports",
    "letters",
    "webhooks",
    "trace",
    "audit",
]


def violations(page: Page, *, over: bool = False) -> list[str]:
    """What axe objects to, a line each. `over`: a menu is open over the page, which belongs to no landmark."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger: the page's own policy lets no script in
    found: dict[str, Any] = page.evaluate(
        "([tags, landmarks]) => axe.run(document, {runOnly: {type: 'tag', values: tags}, "
        "rules: {region: {enabled: landmarks}}, resultTypes: ['violations']})",
        [RULES, not over],
    )
    return [
        f"{page.url}: {one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    # Contrast is told of colours that stand still.
    for _ in range(100):
        if page.evaluate(STILL):
            break
        page.wait_for_timeout(50)


@pytest.fixture
def rooms(place: Place) -> str:
    """An administrator, and a conversation with everything in it."""
    for name in ("bob", "carol"):
        place.register(name)
    group = place.group("alice", "Tasting", "bob", "carol")
    for count in range(3):
        place.say("bob", group, f"cup {count}, @alice")
    seq = place.say("alice", group, "see https://tea.example.org/ for the list")
    place.call("bob", "POST", f"conversations/{group}/messages", text="good", reply_to=seq)
    place.call(
        "bob",
        "POST",
        f"conversations/{group}/messages",
        body={
            "type": "markdown",
            "text": "# Tea\n\n- `oolong`\n- **sencha**\n\n```python\nprint('tea')\n```",
        },
    )
    place.server_command("user", "admin", "alice")
    return group


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_strangers_views(come: Come, scheme: str) -> None:
    someone = come("nobody", account=False, color_scheme=scheme)
    found = []
    for path in STRANGERS:
        someone.page.goto(path)
        settled(someone.page)
        found += violations(someone.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_chat(come: Come, rooms: str, scheme: str, width: int) -> None:
    alice = come("alice", color_scheme=scheme, viewport={"width": width, "height": 800})
    settled(alice.page)
    found = violations(alice.page)
    alice.page.goto(f"/c/{rooms}")
    alice.sees("cup 2")
    settled(alice.page)
    found += violations(alice.page)
    alice.page.get_by_role("button", name=re.compile("details", re.IGNORECASE)).first.click()
    expect(alice.page.get_by_role("heading", name="Members", exact=True)).to_be_visible()
    settled(alice.page)
    found += violations(alice.page)
    assert not found, "\n".join(found)


def test_what_opens_over_the_chat(come: Come, rooms: str) -> None:
    alice = come("alice")
    page = alice.page
    page.goto(f"/c/{rooms}")
    alice.sees("cup 2")
    found = []
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_visible()
    settled(page)
    found += violations(page, over=True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Emoji").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    found += violations(page, over=True)
    page.keyboard.press("Escape")
    alice.message("cup 1").get_by_text("cup 1").first.click(button="right")
    expect(page.get_by_role("menu")).to_be_visible()
    settled(page)
    found += violations(page, over=True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("menuitem", name=re.compile("New group")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settled(page)
    found += violations(page, over=True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search in this conversation").click()
    settled(page)
    found += violations(page, over=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_settings_and_administration(come: Come, rooms: str, scheme: str) -> None:
    alice = come("alice", color_scheme=scheme)
    found = []
    for path in [f"/settings/{name}" for name in SETTINGS] + [f"/admin/{name}" for name in ADMIN]:
        alice.page.goto(path)
        settled(alice.page)
        expect(alice.page.get_by_role("heading").first).to_be_visible()
        assert path.split("/")[1] in alice.page.url, f"{path} led to {alice.page.url}"
        found += violations(alice.page)
    assert not found, "\n".join(found)


def test_a_message_by_keyboard_alone(come: Come, rooms: str) -> None:
    alice = come("alice")
    page = alice.page
    settled(page)
    # Tab leads to the list, arrows lead through it.
    focused = "document.activeElement.tagName + document.activeElement.textContent"
    for key in ["Tab"] * 8 + ["ArrowUp", "ArrowDown", "ArrowDown"]:
        if str(page.evaluate(focused)).startswith("A") and key == "Tab":
            continue
        if "Tasting" in str(page.evaluate(focused)) and str(page.evaluate(focused)).startswith("A"):
            break
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tasting", level=1)).to_be_visible()
    expect(alice.composer).to_be_focused()
    page.keyboard.type("no mouse here")
    page.keyboard.press("Enter")
    alice.sees("no mouse here")
    # Only what is stored can be changed.
    expect(alice.message("no mouse here").get_by_role("button", name="Sent")).to_be_visible()
    # Up from the empty field: one's last message, to be changed.
    page.keyboard.press("ArrowUp")
    expect(alice.composer).to_have_value("no mouse here")
    page.keyboard.press("Escape")
    expect(alice.composer).to_have_value("")
