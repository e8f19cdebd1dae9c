"""Chinese is written with an input method: Enter that ends a composition sends nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come

pytestmark = pytest.mark.service


def test_enter_while_composing_does_not_send(come: Come) -> None:
    alice = come("alice", locale="zh-CN")
    alice.open("Lobby")
    alice.composer.click()
    keys = alice.context.new_cdp_session(alice.page)
    # What Chromium does with an input method: a composition, keys that say 229, and the words at the end.
    for so_far in ("n", "ni", "nih", "nihao"):
        keys.send(
            "Input.imeSetComposition",
            {"text": so_far, "selectionStart": len(so_far), "selectionEnd": len(so_far)},
        )
    expect(alice.composer).to_have_value("nihao")
    keys.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"},
    )
    keys.send(
        "Input.dispatchKeyEvent",
        {"type": "keyUp", "windowsVirtualKeyCode": 13, "key": "Enter", "code": "Enter"},
    )
    expect(alice.log.get_by_role("article")).to_have_count(0)
    keys.send("Input.insertText", {"text": "你好"})
    expect(alice.composer).to_have_value("你好")
    expect(alice.log.get_by_role("article")).to_have_count(0)
    # The Enter that ends a composition is told in the same moment (composer/keys.ts); a person's next one is not.
    alice.page.wait_for_timeout(200)
    alice.composer.press("Enter")
    alice.sees("你好")
    expect(alice.log.get_by_role("article")).to_have_count(1)
