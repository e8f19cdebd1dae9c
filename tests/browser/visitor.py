"""Somebody before a browser: what they see is named as a person or a screen reader would name it."""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from tests.browser.place import PASSWORD, Place

# Said by Chromium of a network that is away or of an answer that is an error; the client has to live with both.
EXPECTED = ("Failed to load resource", "net::ERR_", "WebSocket connection to")


class Visitor:
    def __init__(self, chromium: Browser, place: Place, name: str, *, account: bool, **options: Any) -> None:
        self.name = name
        self.place = place
        self.complaints: list[str] = []
        options = {"locale": "en-US", "viewport": {"width": 1280, "height": 800}} | options
        self.context = chromium.new_context(base_url=place.url, **options)
        self.context.set_default_timeout(10_000)
        if account:
            self.log_in()
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        # Logged in without the form, as by a provider: the word says that asking the server is worth it.
        self.page.goto("/?entered=1" if account else "/")
        while account and not self.page.evaluate("localStorage.getItem('teahouse.session')"):
            self.page.wait_for_timeout(20)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.complaints.append(message.text)

    def log_in(self) -> None:
        """By cookie, as the page does, but without its form."""
        self.place.register(self.name)
        answer = self.context.request.post(
            "/api/v1/auth/web/login",
            data={"user": self.name, "password": PASSWORD},
            headers={"Origin": self.place.url},
        )
        assert answer.ok, answer.text()

    def leave(self) -> None:
        self.context.close()

    # --- what is on the screen ---

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("textbox").first

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def message(self, text: str) -> Locator:
        return self.log.get_by_role("article").filter(has_text=text)

    def sees(self, text: str, timeout: float = 10_000) -> None:
        expect(self.message(text).first).to_be_visible(timeout=timeout)

    def texts(self) -> list[str]:
        """What every message on the screen says, from above to below."""
        return [" ".join(text.split()) for text in self.log.get_by_role("article").all_inner_texts()]

    # --- what one does ---

    def open(self, title: str) -> None:
        listed = self.page.get_by_role("list", name=re.compile("Conversations|会话"))
        listed.get_by_role("link", name=title).first.click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def act(self, text: str, action: str) -> None:
        """Choose something from the menu of a message."""
        self.message(text).get_by_text(text).first.click(button="right")
        # A shortcut may stand behind the name.
        self.page.get_by_role("menuitem", name=re.compile(rf"^{re.escape(action)}( \S)?$")).click()

    def confirm(self, action: str) -> None:
        self.page.get_by_role("alertdialog").get_by_role("button", name=action).click()
