"""The full-screen client and the real server: what a person presses, what a person sees."""

import asyncio
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from textual import events as terminal

from teahouse.client import Client, Event, Hello, LogEvent
from teahouse.client.account import Login, Memory
from teahouse.fullscreen import deeds
from teahouse.model import commands, events
from teahouse.model.results import Created
from tests.app.server import Server
from tests.fullscreen.seat import Seat, seated

pytestmark = pytest.mark.service


async def heard(client: Client, kind: type[Event], **having: Any) -> Any:
    """The next event of this kind with these fields."""
    async with asyncio.timeout(20):
        async for event in client.events():
            if isinstance(event, kind) and all(getattr(event, n) == v for n, v in having.items()):
                return event
    raise AssertionError("it ended")


# --- talking ------------------------------------------------------------------------------------------


async def test_what_one_writes_the_others_hear(bob: Client, seat: Seat) -> None:
    await seat.write("hello all")
    event = await heard(bob, LogEvent, ev="message")
    assert (event.text, event.sender.nick) == ("hello all", "alice")
    await seat.see("hello all  ✓")
    await bob.send("lobby", "and hello to you")
    await seat.see("and hello to you", "bob")


async def test_chinese_comes_whole_and_is_wide(bob: Client, seat: Seat) -> None:
    """An input method gives what it has composed, character by character; Enter sends all of it and nothing before."""
    await seat.type("今天喝龙井")
    assert seat.program._stage.composer.text == "今天喝龙井"
    assert await quiet(bob)
    await seat.press("enter")
    assert (await heard(bob, LogEvent, ev="message")).text == "今天喝龙井"
    await bob.send("lobby", "一二三四五六七八九十" * 6)
    screen = await seat.see("一二三四五六七八九十")
    lines = [line for line in screen.splitlines() if "一二三" in line or "四五六" in line]
    assert len(lines) >= 2  # 120 columns do not fit in one line of 80
    assert "".join(line[26:].strip().lstrip("0123456789: ") for line in lines) == "一二三四五六七八九十" * 6


async def quiet(client: Client) -> bool:
    try:
        async with asyncio.timeout(0.2):
            await heard(client, LogEvent, ev="message")
    except TimeoutError:
        return True
    return False


async def test_several_lines(bob: Client, seat: Seat) -> None:
    await seat.type("one")
    await seat.press("ctrl+j")
    await seat.write("two")
    assert (await heard(bob, LogEvent, ev="message")).text == "one\ntwo"


async def test_a_mention_is_completed(bob: Client, seat: Seat) -> None:
    await seat.until(lambda: "bob" in seat.program.visit.nicks())
    await seat.type("hi @bo")
    await seat.see("@bob")
    await seat.press("tab")
    assert seat.program._stage.composer.text == "hi @bob "
    await seat.write("look")
    assert (await heard(bob, LogEvent, ev="message")).mentions == (bob.welcome.user.id,)


async def test_commands_are_completed_and_tab_goes_on(seat: Seat) -> None:
    await seat.type("/me")
    await seat.press("tab")
    first = seat.program._stage.composer.text
    await seat.press("tab")
    assert {first, seat.program._stage.composer.text} == {"/me ", "/members "}


async def test_nobody_can_write_on_my_terminal(bob: Client, seat: Seat) -> None:
    await bob.send("lobby", "red \x1b[31m \x07 \u202e end")
    await seat.see("red \ufffd[31m \ufffd \ufffd end")


async def test_nothing_is_taken_for_markup(bob: Client, seat: Seat) -> None:
    title = "[/b] [red]x[/] [@click=app.leave]y"
    made = await bob.request(commands.Create(kind="group", title=title, members=["@alice"]), Created)
    await bob.send(made.conversation, "[/] [bold]hi[/bold] [@click=app.leave]z")
    await seat.see("[/b] [red]x[/]")
    await seat.program.enter(made.conversation)
    await seat.see("[/] [bold]hi[/bold] [@click=app.leave]z", "Write a message to [/b] [red]x[/]")
    await seat.press("ctrl+p")
    await seat.type("y")
    await seat.see("Go to [/b] [red]x[/] [@click=app.leave]y")
    await seat.press("escape")
    await seat.write("/search hi")
    await seat.see("[bold]hi[/bold]")


async def test_markdown_is_rendered(bob: Client, seat: Seat) -> None:
    await bob.send("lobby", None, body={"type": "markdown", "text": "**bold** and `code`\n\n- item"})
    screen = await seat.see("bold and code", "• item")
    assert "**" not in screen


async def test_a_file_is_shown_and_an_unknown_body_too(bob: Client, seat: Seat) -> None:
    await bob.send("lobby", None, body={"type": "chess", "move": "e4"})
    await seat.see("cannot show (chess)")
    await seat.write("/save")
    await seat.see("Only those with an account")


# --- changing what was said ---------------------------------------------------------------------------


async def test_up_changes_the_last_message(bob: Client, seat: Seat) -> None:
    await seat.write("teh tea")
    said = await heard(bob, LogEvent, ev="message")
    await seat.see("teh tea  ✓")
    await seat.press("up")
    await seat.see("Editing your message")
    await seat.press(*["backspace"] * 7)
    await seat.write("the tea")
    edit = await heard(bob, LogEvent, ev="edit")
    assert (edit.ref, edit.text) == (said.seq, "the tea")
    await seat.see("the tea  edited")
    await seat.see_no("teh tea")


async def test_escape_leaves_the_edit(seat: Seat) -> None:
    await seat.write("as it is")
    await seat.see("as it is  ✓")
    await seat.press("up")
    await seat.see("Editing")
    await seat.press("x", "escape")
    await seat.see_no("Editing")
    assert seat.program._stage.composer.text == ""
    assert "as it is" in seat.screen


async def test_reply_react_and_recall_by_keys(bob: Client, seat: Seat) -> None:
    sent = await bob.send("lobby", "which pot?")
    await seat.see("which pot?")
    await seat.press("f6", "r")
    await seat.see("Reply to bob: which pot?")
    await seat.write("the red one")
    reply = await heard(bob, LogEvent, ev="message")
    assert (reply.reply_to, reply.text) == (sent.seq, "the red one")
    await seat.see("┃ bob: which pot?", "the red one  ✓")
    await seat.press("f6", "up", "t")
    await seat.write("🍵")
    reaction = await heard(bob, LogEvent, ev="reaction")
    assert (reaction.ref, reaction.emoji, reaction.on) == (sent.seq, "🍵", True)
    await seat.see("🍵 1")
    await seat.press("f6", "d")
    assert (await heard(bob, LogEvent, ev="recall")).ref == reply.seq
    await seat.see("alice took a message back")


async def test_what_others_change_changes(bob: Client, seat: Seat) -> None:
    sent = await bob.send("lobby", "greem tea")
    await seat.see("greem tea")
    place: dict[str, Any] = {"conversation": "lobby", "seq": sent.seq}
    await bob.request(commands.Edit(**place, text="green tea"), dict)
    await seat.see("green tea  edited")
    await bob.request(commands.React(**place, emoji="👍"), dict)
    await seat.see("👍 1")
    await bob.request(commands.React(**place, emoji="👍", on=False), dict)
    await seat.see_no("👍 1")
    await bob.request(commands.Recall(**place), dict)
    await seat.see("bob took a message back")
    await seat.see_no("green tea")


async def test_a_message_that_is_refused_says_why_and_can_be_taken_back(seat: Seat) -> None:
    seat.program.writing.send("x" * 20_000)
    await seat.see("not sent: the text is")
    await seat.press("f6", "end", "e")
    await seat.until(lambda: len(seat.program._stage.composer.text) == 20_000)
    await seat.see_no("not sent")


# --- conversations ------------------------------------------------------------------------------------


async def test_a_direct_conversation_is_opened_by_its_first_message(bob: Client, seat: Seat) -> None:
    await seat.write("/open @bob")
    await seat.see("Write a message to @bob")
    await seat.write("psst")
    event = await heard(bob, LogEvent, ev="message")
    assert event.conversation.startswith("d")
    await seat.see("psst  ✓ sent", "online")
    assert seat.said == ["psst"]
    await bob.send(event.conversation, "yes?")
    await seat.see("yes?")
    assert seat.said == ["psst", "yes?"]


async def test_marks_rise_from_sent_to_read(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Marks", members=["@alice"]), Created)
    await seat.see("Marks")
    await seat.write("/open Marks")
    await seat.write("do you read me?")
    await seat.see("do you read me?  ✓ sent")
    event = await heard(bob, LogEvent, ev="message")
    await bob.request(commands.Delivered(conversation=made.conversation, seq=event.seq), dict)
    await seat.see("✓✓ delivered to 1")
    await bob.read(made.conversation, event.seq)
    await seat.see("✓✓ read by 1")


async def test_what_came_is_confirmed_before_it_is_read(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Confirmed", members=["@alice"]), Created)
    sent = await bob.send(made.conversation, "ping")
    receipt = await heard(bob, events.Receipt, conversation=made.conversation, delivered=sent.seq)
    assert receipt.read < sent.seq
    await seat.see("Confirmed")


async def test_a_message_is_meant_by_its_number(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Numbers", members=["@alice"]), Created)
    for n in range(2, 5):
        await bob.send(made.conversation, f"this is {n}")
    await seat.see("Numbers")
    await seat.write("/open Numbers")
    await seat.see("this is 4")
    await seat.write("/react #3 👍")
    assert (await heard(bob, LogEvent, ev="reaction")).ref == 3
    await seat.write("/reply 2 cups, please")
    reply = await heard(bob, LogEvent, ev="message")
    assert (reply.reply_to, reply.text) == (4, "2 cups, please")
    await seat.write("/edit #2 mine now")
    await seat.see("only")


async def test_unread_is_counted_shown_and_read(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Counting", members=["@alice"]), Created)
    for n in range(3):
        await bob.send(made.conversation, f"number {n}")
    await bob.send(made.conversation, "you, @alice")
    await seat.see("Counting", "@1 4")
    await seat.press("f2")
    await seat.type("count")
    await seat.press("enter")
    await seat.see("unread from here", "number 0")
    receipt = await heard(bob, events.Receipt, conversation=made.conversation, read=5)
    assert receipt.user == seat.program.visit.me.id
    await seat.see_no("@1 4")


async def test_f5_goes_to_what_is_unread_however_far_back(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Busy", members=["@alice"]), Created)
    for n in range(150):
        await bob.send(made.conversation, f"busy {n}")
    await seat.see("Busy", " 150")
    await seat.write("/open Busy")
    await seat.see("busy 149")
    assert "unread from here" not in seat.screen
    await seat.press("f5")
    await seat.see("unread from here", "busy 0")
    assert seat.said == [f"busy {n}" for n in range(150)]
    await seat.press("escape")
    await seat.see("busy 149")


async def test_who_is_not_looking_has_not_read(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="group", title="Away", members=["@alice"]), Created)
    await seat.see("Away")
    await seat.write("/open Away")
    await seat.see("Write a message to Away")
    seat.program.on_app_blur(terminal.AppBlur())
    await bob.send(made.conversation, "are you there?")
    await seat.see("are you there?", "unread from here")
    talk = seat.program.visit.talk
    assert talk is not None and talk.unread == 1
    seat.program.on_app_focus(terminal.AppFocus())
    await seat.until(lambda: talk.unread == 0)


async def test_groups_by_command(bob: Client, seat: Seat) -> None:
    await seat.write("/group Tasting notes @bob")
    made = await heard(bob, LogEvent, ev="conversation")
    assert (made.title, made.kind) == ("Tasting notes", "group")
    await seat.see("alice opened “Tasting notes”")
    await seat.press("f4")
    await seat.see("2 members", "alice owner", "bob")
    await seat.press("f4")
    await bob.request(commands.Leave(conversation=made.conversation), dict)
    await seat.see("bob left")


async def test_who_comes_to_the_lobby_and_goes(url: str, seat: Seat) -> None:
    await seat.press("f4")
    await seat.see("alice")
    async with Client(url, Hello(nick="visitor")):
        await seat.see("● visitor")
    await seat.until(lambda: "visitor" not in seat.screen)  # some seconds later: it might have come back


async def test_rooms_by_command(bob: Client, seat: Seat) -> None:
    made = await bob.request(commands.Create(kind="room", title="Open house"), Created)
    await seat.write(f"/join {made.conversation}")
    await seat.see("alice came in", "Open house")
    await seat.write("/pin")
    await seat.see("★")
    await seat.write("/leave")
    await seat.see("Write a message to Lobby")
    await seat.see_no("Open house")


async def test_history_is_loaded_by_scrolling_up(bob: Client, url: str) -> None:
    made = await bob.request(commands.Create(kind="room", title="Long story"), Created)
    for n in range(150):
        await bob.send(made.conversation, f"line {n}")
    async with seated(url, "carol") as seat:
        await seat.write(f"/join {made.conversation}")
        await seat.see("line 149")
        for _ in range(30):
            await seat.press("pageup")
            await seat.beat()
            if "This is where it begins." in seat.screen:
                break
        await seat.see("This is where it begins.", "line 0")
        assert [text for text in seat.said if text.startswith("line")] == [f"line {n}" for n in range(150)]
        await bob.send(made.conversation, "the end")
        await seat.until(lambda: seat.said[-1] == "the end")
        assert "the end" not in seat.screen  # what one looks at stays where it is
        await seat.press("escape")
        await seat.see("the end")


async def test_search_goes_to_the_message(bob: Client, seat: Seat) -> None:
    await bob.send("lobby", "the kettle sings")
    await seat.write("/search kettle")
    await seat.see("1 found", "the kettle sings")
    await seat.press("enter")
    await seat.until(lambda: seat.program._view.has_focus)
    line = seat.program._view.chosen_line
    assert line is not None and line.entry is not None
    assert line.entry.text == "the kettle sings"


async def test_search_for_nothing(seat: Seat) -> None:
    await seat.press("f3")
    await seat.see("from:@bob")
    await seat.write("zzzyyy")
    await seat.see("Nothing was found.")
    await seat.press("escape")
    await seat.see("Write a message")


async def test_typing_is_told_and_shown(bob: Client, seat: Seat) -> None:
    await seat.type("h")
    assert (await heard(bob, events.Typing)).on
    await bob.typing("lobby")
    await seat.see("bob is writing …")
    await bob.send("lobby", "there")
    await seat.see_no("bob is writing")


async def test_ephemeral_messages_are_shown(bob: Client, seat: Seat) -> None:
    await bob.tell(commands.Send(to="lobby", text="only now", ephemeral=True))
    await seat.see("only now  not stored")


async def test_what_is_half_written_waits(bob: Client, seat: Seat) -> None:
    await bob.request(commands.Create(kind="group", title="Drafts", members=["@alice"]), Created)
    await seat.see("Drafts")
    await seat.type("half a thou")
    await seat.press("alt+down")
    await seat.until(lambda: seat.program._stage.composer.text == "")
    while seat.program.visit.here != "lobby":
        await seat.press("alt+down")
        await seat.beat()
    assert seat.program._stage.composer.text == "half a thou"


# --- the person ---------------------------------------------------------------------------------------


async def test_another_nick(bob: Client, url: str) -> None:
    told: list[str] = []
    async with seated(url, "dora", renamed=lambda: told.append("!")) as seat:
        await seat.write("/nick theodora")
        await seat.see("theodora")
        await seat.until(lambda: bool(told))
        await seat.write("it is me")
        assert (await heard(bob, LogEvent, ev="message")).sender.nick == "theodora"
        await seat.write("/nick bob")
        await seat.see("the nick 'bob' is taken")
        assert seat.program.visit.connected


async def test_an_account_fetches_a_file(
    server: Server, url: str, bob: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(deeds, "downloads", lambda home: tmp_path)
    base = server.ready["http"]
    body = {"user": "ella", "password": "correct horse battery"}
    post(f"{base}/api/v1/auth/register", json.dumps(body).encode())
    login = Login(base, Memory())
    await login.begin("ella", body["password"])
    token = await login.access_token()
    file = post(f"{base}/api/v1/files?name=../leaves.txt", b"green leaves", token)
    async with seated(url, login=login) as seat:
        await seat.until(lambda: seat.program.visit.me.nick == "ella")
        async with Client(url, Hello(token=token)) as elsewhere:
            await elsewhere.send("lobby", None, body={"type": "file", "file": file["id"]})
        screen = await seat.see("leaves.txt (12 B)")
        assert "▤" in screen
        await seat.write("/save")
        await seat.see("Saved as")
        await seat.write("/save")
        await seat.until(lambda: len(contents(tmp_path)) == 2)
    saved = contents(tmp_path)
    assert len(saved) == 2 and all(name.endswith(".txt") for name in saved)
    assert set(saved.values()) == {b"green leaves"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def post(url: str, body: bytes, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


async def test_the_house_speaks_chinese(url: str) -> None:
    async with seated(url, "meili", language="zh") as seat:
        await seat.see("发消息给 Lobby", "帮助", "会话")
        await seat.press("f1")
        await seat.see("回车发送")
        await seat.press("escape")
        await seat.write("/nosuch")
        await seat.see("没有 /nosuch 这个命令")


@pytest.mark.parametrize("size", [(30, 10), (60, 20), (80, 24), (200, 60)])
async def test_any_size_will_do(url: str, size: tuple[int, int], bob: Client) -> None:
    async with seated(url, "nina", size=size) as seat:
        await bob.send("lobby", f"for {size[0]} columns")
        await seat.see(f"for {size[0]} columns")
        assert ("Conversations" in seat.screen) == (size[0] >= 64)


async def test_the_window_changes_its_size(url: str, bob: Client) -> None:
    async with seated(url, "oleg") as seat:
        await bob.send("lobby", "word " * 40)
        await seat.see("word word")
        await seat.pilot.resize_terminal(40, 15)
        await seat.until(lambda: "Conversations" not in seat.screen)
        assert "word word" in seat.screen
        await seat.press("f2")
        await seat.see("filter")
        await seat.press("escape")
        await seat.pilot.resize_terminal(120, 40)
        await seat.see("Conversations", "word word word word word word word word")


async def test_light_and_dark(seat: Seat) -> None:
    assert seat.program.theme == "teahouse-dark"
    await seat.write("/theme")
    await seat.until(lambda: seat.program.theme == "teahouse-light")


async def test_the_palette_leads_everywhere(seat: Seat) -> None:
    await seat.press("ctrl+p")
    await seat.see("What do you want to do?")
    await seat.type("help")
    await seat.press("down", "enter")
    await seat.see("Enter sends")


async def test_mistakes_are_told(seat: Seat) -> None:
    for typed, answer in (
        ("/brew", "There is no /brew"),
        ("/open nowhere", "You are in no conversation 'nowhere'"),
        ("/group nobody", "/group TITLE @bob @carol"),
        ("/join nowhere", "there is no conversation 'nowhere'"),
        ("/open @", "You are in no conversation '@'"),
    ):
        seat.program._stage.composer.take("")
        await seat.write(typed)
        await seat.see(answer)


async def test_a_line_that_begins_with_a_space_is_no_command(bob: Client, seat: Seat) -> None:
    await seat.write(" /etc/hosts")
    assert (await heard(bob, LogEvent, ev="message")).text == "/etc/hosts"


async def test_ctrl_c_leaves(url: str) -> None:
    async with seated(url, "paul") as seat:
        await seat.press("ctrl+c")
        await seat.until(lambda: not seat.program.is_running)
    assert seat.program.ended is None


async def test_who_is_replaced_is_told(url: str) -> None:
    async with seated(url, "quinn") as seat:
        resume = seat.program.visit.client.welcome.resume
        async with Client(url, Hello(nick="quinn", resume=resume)):
            await seat.until(lambda: seat.program.ended is not None)
    assert "replaced" in str(seat.program.ended)
