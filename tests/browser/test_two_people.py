"""Two people in two browsers, one server: what one does, the other sees."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.place import Place
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.service


@pytest.fixture
def group(place: Place) -> str:
    place.register("bob")
    return place.group("alice", "Tasting", "bob")


@pytest.fixture
def alice(come: Come, group: str) -> Visitor:
    person = come("alice")
    person.open("Tasting")
    return person


@pytest.fixture
def bob(come: Come, group: str) -> Visitor:
    person = come("bob")
    person.open("Tasting")
    return person


def test_they_talk(alice: Visitor, bob: Visitor) -> None:
    alice.say("Which tea today?")
    bob.sees("Which tea today?")
    bob.say("Longjing, the early one.")
    alice.sees("Longjing, the early one.")
    # Everything once, and in order, on both sides.
    for person in (alice, bob):
        said = [text for text in person.texts() if "Which tea" in text or "Longjing" in text]
        assert len(said) == 2 and "Which tea" in said[0]
    read = alice.message("Which tea today?").get_by_role("button", name=re.compile("Read by 1"))
    expect(read).to_be_visible()


def test_one_sees_the_other_typing(alice: Visitor, bob: Visitor) -> None:
    alice.composer.press_sequentially("Hm, let me")
    expect(bob.page.get_by_text("alice is typing").first).to_be_visible()
    alice.say("Let me think.")
    bob.sees("Let me think.")
    expect(bob.page.get_by_text("alice is typing")).to_have_count(0)


def test_reply_edit_and_recall(alice: Visitor, bob: Visitor) -> None:
    alice.say("Oolong at nine?")
    bob.sees("Oolong at nine?")
    bob.act("Oolong at nine?", "Reply")
    bob.say("Rather at ten.")
    alice.sees("Rather at ten.")
    expect(alice.message("Rather at ten.")).to_contain_text("Oolong at nine?")

    alice.act("Oolong at nine?", "Edit")
    expect(alice.composer).to_have_value("Oolong at nine?")
    alice.say("Oolong at ten!")
    bob.sees("Oolong at ten!")
    expect(bob.message("Oolong at ten!").first).to_contain_text("edited")

    alice.act("Oolong at ten!", "Recall for everybody")
    alice.confirm("Recall")
    expect(bob.page.get_by_text("This message was recalled").first).to_be_visible()
    expect(bob.message("Oolong at ten!")).to_have_count(0)


def test_reactions_are_seen_and_taken_back(alice: Visitor, bob: Visitor) -> None:
    alice.say("The kettle is on.")
    bob.sees("The kettle is on.")
    bob.message("The kettle is on.").hover()
    bob.message("The kettle is on.").get_by_role("button", name=re.compile("React")).first.click()
    bob.page.get_by_role("button", name="React with 👍").first.click()
    shown = alice.message("The kettle is on.").get_by_role("button", name=re.compile("👍"))
    expect(shown).to_be_visible()
    bob.message("The kettle is on.").get_by_role(
        "button", name=re.compile("👍.*bob|👍.*[Yy]ou")
    ).first.click()
    expect(shown).to_have_count(0)


def test_a_mention_is_completed_and_counted(alice: Visitor, bob: Visitor) -> None:
    bob.open("Lobby")
    alice.composer.press_sequentially("@bo")
    expect(alice.page.get_by_role("option", name=re.compile("bob"))).to_be_visible()
    alice.composer.press("Enter")
    alice.composer.press_sequentially("there is cake")
    alice.composer.press("Enter")
    alice.sees("@bob there is cake")
    link = bob.page.get_by_role("link", name=re.compile("Tasting"))
    expect(link).to_contain_text(re.compile("mentioned|@"))
    expect(bob.page).to_have_title(re.compile(r"1"))


def test_a_picture_is_pasted_or_chosen_and_seen(alice: Visitor, bob: Visitor, tmp_path: Path) -> None:
    picture = tmp_path / "leaves.png"
    Image.new("RGB", (320, 200), (40, 104, 90)).save(picture)
    alice.page.locator("input[type=file]").first.set_input_files(picture)
    alice.composer.fill("fresh leaves")
    alice.composer.press("Enter")
    photo = bob.log.get_by_role("button", name=re.compile("Open the photo: fresh leaves"))
    expect(photo).to_be_visible(timeout=20_000)
    bob.sees("fresh leaves")
    image = photo.locator("img")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    photo.click()
    expect(bob.page.get_by_role("dialog")).to_be_visible()
    bob.page.keyboard.press("Escape")
    expect(bob.page.get_by_role("dialog")).to_have_count(0)


def test_what_was_said_is_found(alice: Visitor, bob: Visitor) -> None:
    bob.say("今天的铁观音很香")
    alice.sees("今天的铁观音很香")
    for count in range(3):
        bob.say(f"and cup {count}")
    alice.page.get_by_role("button", name="Search in this conversation").click()
    alice.page.get_by_role("searchbox", name="Search messages").or_(
        alice.page.get_by_placeholder("Search", exact=True)
    ).first.fill("铁观音")
    hit = alice.page.get_by_role("link", name=re.compile("铁观音")).or_(
        alice.page.get_by_role("button", name=re.compile("铁观音"))
    )
    expect(hit.first).to_be_visible()
    hit.first.click()
    alice.sees("今天的铁观音很香")


def test_nothing_a_person_writes_is_markup(alice: Visitor, bob: Visitor) -> None:
    evil = '<img src=x onerror="document.title=1"> <script>alert(1)</script> [x](javascript:alert(1))'
    alice.say(evil)
    bob.sees("<script>alert(1)</script>")
    expect(bob.log.locator("img[src=x], script, a[href^=javascript]")).to_have_count(0)
