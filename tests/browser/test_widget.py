"""The widget on a page of another origin: from the first word to the rating, in both languages, by keyboard, with a
strict policy, outside office hours, and with a bad network."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.place import Place
from tests.browser.service import Agent, Service
from tests.browser.site import Shop, shop_of
from tests.browser.test_accessible import settled, violations
from tests.browser.visitor import EXPECTED

pytestmark = pytest.mark.service

# The shadow root is closed; tests and axe have to look into it.
OPEN = """const attach = Element.prototype.attachShadow
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }) }"""

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "ask": "What does shipping cost?",
        "answer": "It is free from 20 euros.",
        "open": re.compile("Open the chat"),
        "write": "Write a message",
        "person": "Talk to a person",
        "served": "bob is here for you now.",
        "typing": "bob is typing",
        "rate": re.compile("How did we do"),
        "comment": re.compile("add something"),
        "stars": "5 of 5",
        "send": "Send the rating",
        "rated": "Thank you for the rating.",
        "picture": "Picture: leaves.png",
    },
    "zh": {
        "ask": "怎么退货？",
        "answer": "三十天内可以退货。",
        "open": re.compile("打开在线咨询"),
        "write": "输入消息",
        "person": "转人工客服",
        "served": "bob 正在为您服务。",
        "typing": "bob 正在输入",
        "rate": re.compile("您对我们的服务满意吗"),
        "comment": re.compile("还有什么"),
        "stars": "5 分（满分 5 分）",
        "send": "提交评价",
        "rated": "感谢您的评价。",
        "picture": "图片：leaves.png",
    },
}


class Guest:
    """Somebody who looks at the shop."""

    def __init__(self, chromium: Browser, shop: Shop, *, look_inside: bool = True, **options: object) -> None:
        options = {"locale": "en-US", "viewport": {"width": 1000, "height": 760}} | options
        self.context = chromium.new_context(**options)  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        if look_inside:
            self.context.add_init_script(OPEN)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text)
                if said.type in ("error", "warning") and not said.text.startswith(EXPECTED)
                else None
            ),
        )
        self.page.goto(shop.url)

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog")

    def open(self, language: str) -> None:
        self.page.get_by_role("button", name=WORDS[language]["open"]).click()
        expect(self.panel).to_be_visible()

    def say(self, language: str, text: str) -> None:
        field = self.panel.get_by_role("textbox", name=WORDS[language]["write"])
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value("")

    def sees(self, text: str) -> None:
        said = self.panel.get_by_role("log").get_by_text(text, exact=True).first
        expect(said).to_be_visible(timeout=20_000)

    def leave(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def shop(place: Place) -> Iterator[Shop]:
    with shop_of(place.url) as open_:
        yield open_


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh", "dark")])
def test_from_the_first_word_to_the_rating(
    chromium: Browser, place: Place, shop: Shop, tmp_path: Path, language: str, scheme: str
) -> None:
    words = WORDS[language]
    service = Service(place)
    service.teach(WORDS["en"]["ask"], WORDS["en"]["answer"])
    service.teach(WORDS["zh"]["ask"], WORDS["zh"]["answer"])
    agent = Agent(service)
    shop.attributes = {"data-team": service.key, "data-name": "Li Wei"}
    locale = "zh-CN" if language == "zh" else "en-US"
    guest = Guest(chromium, shop, locale=locale, color_scheme=scheme)
    page = guest.page

    guest.open(language)
    guest.say(language, words["ask"])
    guest.sees(words["answer"])
    settled(page)
    assert not violations(page)

    guest.panel.get_by_role("button", name=words["person"]).click()
    ticket = service.ticket("ringing")
    place.call("bob", "POST", f"desk/tickets/{ticket['id']}/accept")
    guest.sees(words["served"])
    conversation = ticket["conversation"]
    agent.tell("typing", conversation=conversation, on=True)
    expect(guest.panel.get_by_text(words["typing"])).to_be_visible()
    place.say("bob", conversation, "see https://tea.example/x\nand <b>this</b>")
    link = guest.panel.get_by_role("link", name="https://tea.example/x")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    guest.sees("see https://tea.example/x and <b>this</b>")

    picture = tmp_path / "leaves.png"
    Image.new("RGB", (320, 200), (40, 104, 90)).save(picture)
    guest.panel.locator("input[type=file]").set_input_files(picture)
    shown = guest.panel.get_by_role("img", name=words["picture"])
    expect(shown).to_be_visible(timeout=20_000)
    expect(guest.panel.locator("canvas[data-painted]")).to_be_visible()
    page.wait_for_timeout(3100)  # so often typing is told
    guest.panel.get_by_role("textbox", name=words["write"]).press_sequentially("hm")
    agent.hears("ev", "typing")

    page.reload()  # it was open, and is again
    guest.sees(words["ask"])
    guest.sees(words["answer"])
    expect(shown).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)
    page.screenshot(path=tmp_path / f"widget-{language}-{scheme}.png")

    place.call("bob", "POST", f"desk/tickets/{ticket['id']}/resolve")
    expect(guest.panel.get_by_role("group", name=words["rate"])).to_be_visible(timeout=20_000)
    settled(page)
    assert not violations(page)
    guest.panel.get_by_role("radio", name=words["stars"]).check()
    guest.panel.get_by_role("textbox", name=words["comment"]).fill("quick")
    guest.panel.get_by_role("button", name=words["send"]).click()
    expect(guest.panel.get_by_text(words["rated"])).to_be_visible()
    closed = service.ticket("closed")
    assert (closed["rating"], closed["comment"]) == (5, "quick")
    agent.leave()
    guest.leave()


@pytest.mark.timeout(90)
def test_a_page_with_a_strict_policy(chromium: Browser, place: Place, shop: Shop, tmp_path: Path) -> None:
    service = Service(place)
    service.teach(WORDS["en"]["ask"], WORDS["en"]["answer"])
    shop.attributes = {"data-team": service.key, "data-color": "#7a1f5c", "data-position": "left"}
    shop.strict()
    stranger = Guest(chromium, shop, look_inside=False)
    stranger.page.wait_for_function("window.teahouse")
    assert stranger.page.evaluate("document.querySelector('teahouse-widget').shadowRoot") is None
    stranger.leave()
    guest = Guest(chromium, shop)
    guest.open("en")
    guest.say("en", WORDS["en"]["ask"])
    guest.sees(WORDS["en"]["answer"])
    picture = tmp_path / "leaves.png"
    Image.new("RGB", (320, 200), (40, 104, 90)).save(picture)
    guest.panel.locator("input[type=file]").set_input_files(picture)
    expect(guest.panel.locator("canvas[data-painted]")).to_be_visible(timeout=20_000)
    header = guest.panel.locator("header")
    expect(header).to_have_css("background-color", "rgb(122, 31, 92)")
    box = guest.panel.bounding_box()
    assert box is not None and box["x"] < 100
    guest.leave()


@pytest.mark.timeout(90)
def test_by_keyboard_and_by_the_page(chromium: Browser, place: Place, shop: Shop) -> None:
    service = Service(place)
    shop.attributes = {"data-team": service.key, "data-title": "Ask us"}
    guest = Guest(chromium, shop, viewport={"width": 390, "height": 740})
    page = guest.page
    bubble = page.get_by_role("button", name=WORDS["en"]["open"])
    bubble.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Ask us")).to_be_visible()
    field = guest.panel.get_by_role("textbox", name="Write a message")
    expect(field).to_be_focused()
    settled(page)
    box = guest.panel.bounding_box()
    assert box is not None and (round(box["width"]), round(box["height"])) == (390, 740)  # all of a phone
    assert not violations(page)
    for _ in range(12):  # round and round, never to what is behind
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "TEAHOUSE-WIDGET"
    page.keyboard.press("Escape")
    expect(guest.panel).to_be_hidden()
    expect(bubble).to_be_focused()
    page.evaluate("() => { window.heard = []; teahouse.on('open', () => heard.push('open')) }")
    page.evaluate("teahouse.open()")
    expect(guest.panel).to_be_visible()
    assert page.evaluate("heard") == ["open"]
    page.evaluate("teahouse.close()")
    expect(guest.panel).to_be_hidden()
    guest.leave()


@pytest.mark.timeout(90)
def test_who_writes_while_nobody_is_there_leaves_a_message(
    chromium: Browser, place: Place, shop: Shop
) -> None:
    service = Service(place, hours={"zone": "UTC", "week": [[], [], [], [], [], [], []], "holidays": []})
    shop.attributes = {"data-team": service.key}
    guest = Guest(chromium, shop)
    guest.open("en")
    form = guest.panel
    expect(form.get_by_role("heading", name="Leave us a message")).to_be_visible()
    settled(guest.page)
    assert not violations(guest.page)
    form.get_by_label("Name").fill("Li Wei")
    form.get_by_label("E-mail or phone").fill("li@example.org")
    form.get_by_label("Message", exact=True).fill("Where is my tea?")
    form.get_by_role("button", name="Leave the message").click()
    expect(form.get_by_text("Thank you. We have your message")).to_be_visible(timeout=20_000)
    ticket = service.ticket("message")
    who = place.call("root", "GET", f"desk/tickets/{ticket['id']}/visitor")
    assert (who["name"], who["contact"]) == ("Li Wei", "li@example.org")
    guest.leave()


@pytest.mark.timeout(90)
def test_what_is_said_without_a_network_is_sent_later(chromium: Browser, place: Place, shop: Shop) -> None:
    service = Service(place)
    service.teach(WORDS["en"]["ask"], WORDS["en"]["answer"])
    shop.attributes = {"data-team": service.key}
    guest = Guest(chromium, shop)
    guest.open("en")
    guest.say("en", "hello")
    expect(guest.panel.get_by_text("Sending")).to_have_count(0)
    guest.page.close()
    again = guest.context.new_page()
    again.route("**/ws", lambda route: route.abort())
    again.route_web_socket("**/ws", lambda socket: socket.close())
    again.goto(shop.url)
    guest.page = again
    guest.say("en", WORDS["en"]["ask"])
    expect(guest.panel.get_by_text("Sending")).to_be_visible()
    again.close()
    guest.page = guest.context.new_page()
    guest.page.goto(shop.url)
    guest.sees(WORDS["en"]["answer"])
    guest.leave()
