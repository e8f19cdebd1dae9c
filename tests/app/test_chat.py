"""The line client: what a person types, what a person sees. With a pipe, and on a real (pseudo) terminal."""

import asyncio
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.server import TEAHOUSE, Server, environment, serving, teahouse

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--limits", "off") as server:
        yield server


def chat(server: Server, home: Path, nick: str, *lines: str) -> subprocess.CompletedProcess[str]:
    """One person's whole visit, through a pipe."""
    home.mkdir(exist_ok=True)
    return teahouse(
        *("chat", "--server", server.ready["tcp"], "--nick", nick),
        cwd=home,
        stdin="".join(f"{line}\n" for line in lines),
        XDG_CONFIG_HOME=str(home),
    )


def said(ended: subprocess.CompletedProcess[str]) -> str:
    """The output, times taken out."""
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return re.sub(r"^\d\d:\d\d ", "", ended.stdout, flags=re.MULTILINE)


def test_talk_in_the_lobby(server: Server, tmp_path: Path) -> None:
    said(chat(server, tmp_path, "alice", "hi all", "  ", "second"))
    seen = said(chat(server, tmp_path, "bob", "/who"))
    assert "-- you are bob in the lobby" in seen
    assert "alice: hi all\nalice: second\n" in seen
    assert "1 online: bob" in seen


def test_the_same_guest_comes_back(server: Server, tmp_path: Path) -> None:
    first = said(chat(server, tmp_path, "carol", "/create", "a room of mine"))
    room = re.search(r"/join (c\w+)", first)
    assert room is not None
    seen = said(chat(server, tmp_path, "carol", "/list", f"/to {room[1]}", "/history"))
    assert f"(room)  {room[1]}" in seen
    assert "carol: a room of mine" in seen


def test_a_direct_conversation(server: Server, tmp_path: Path) -> None:
    with Person(server, tmp_path / "dave", "dave") as dave:
        dave.see("you are dave")
        seen = said(
            chat(
                server,
                tmp_path,
                "erin",
                "/msg @dave psst",
                "/to @dave",
                "are you there?",
                "/list",
                "/history",
            )
        )
        assert "* @dave (direct)" in seen
        assert "erin: psst\nerin: are you there?\n" in seen
        dave.see(r"\[@erin\] erin: psst")
        dave.type("/to @erin\r")
        dave.type("yes\r")
        dave.see("talking in @erin")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/brew", "-- there is no /brew; /help tells what there is"),
        ("/help", "/msg @nick text"),
        ("/msg bob", "-- say it like this: /msg @nick text"),
        ("/msg @nobody hi", "-- there is nobody called '@nobody'"),
        ("/to nowhere", "-- you are in no conversation 'nowhere'"),
        ("/join nowhere", "-- there is no conversation 'nowhere'"),
        ("/join", "-- "),
        ("x" * 20000, "-- the text is larger than 16384 bytes"),
    ],
)
def test_mistakes_are_told_and_forgiven(server: Server, tmp_path: Path, typed: str, answer: str) -> None:
    seen = said(chat(server, tmp_path, "frank", typed, "/who"))
    assert answer in seen
    assert "online:" in seen


def test_quit(server: Server, tmp_path: Path) -> None:
    assert "online" not in said(chat(server, tmp_path, "gina", "/quit", "/who")).replace("is online", "")


def test_no_server_there(tmp_path: Path) -> None:
    ended = teahouse("chat", "--server", "tcp://127.0.0.1:1", "--nick", "alice", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("teahouse: no chat with tcp://127.0.0.1:1: ")
    assert ended.stderr.count("\n") == 1


def test_not_a_server_at_all(tmp_path: Path) -> None:
    ended = teahouse("chat", "--server", "gopher://x", cwd=tmp_path)
    assert ended.returncode == 2
    assert "'gopher://x' is not a server; give one like tcp://127.0.0.1:9000" in ended.stderr


def test_a_nick_that_is_taken(server: Server, tmp_path: Path) -> None:
    with Person(server, tmp_path / "one", "hanna") as hanna:
        hanna.see("you are hanna")
        ended = chat(server, tmp_path / "two", "hanna")
    assert ended.returncode == 1
    assert ended.stderr == "teahouse: the nick 'hanna' is taken; choose another\n"


# --- on a terminal ----------------------------------------------------------------------------------


def _hear_ctrl_c() -> None:
    """Tests that run in the background of a shell inherit that it is ignored (POSIX.1, 2.11)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Person:
    """Somebody at a terminal of their own."""

    def __init__(self, server: Server, home: Path, nick: str, *options: str) -> None:
        options = options or ("--plain",)
        home.mkdir(exist_ok=True)
        self._screen = b""
        self._terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*TEAHOUSE, "chat", *options, "--url", server.ready["tcp"], "--nick", nick],
            env=environment(XDG_CONFIG_HOME=str(home), TERM="xterm", LC_ALL="C.UTF-8"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_hear_ctrl_c,
        )
        os.close(theirs)
        os.set_blocking(self._terminal, False)

    def __enter__(self) -> "Person":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def see(self, pattern: str) -> str:
        """Wait until the pattern stands on the screen; all that is there."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                self._screen += os.read(self._terminal, 65536)
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:  # they left
                break
            screen = self._screen.decode(errors="ignore")
            if re.search(pattern, screen):
                return screen
        raise AssertionError(f"{pattern!r} is not in {self._screen.decode()!r}")


def test_a_line_being_typed_is_not_broken(server: Server, tmp_path: Path) -> None:
    with Person(server, tmp_path, "ivan") as ivan:
        ivan.see(r"ivan> ")
        ivan.type("half a thou")
        ivan.see("half a thou")
        said(chat(server, tmp_path, "judy", "excuse me"))
        screen = ivan.see(r"excuse me\r?\n.*ivan> half a thou")
        assert "\r\x1b[K" in screen
        ivan.type("ght\r")
        assert "ivan: half a thought" in said(chat(server, tmp_path, "judy"))


def test_ctrl_c_and_ctrl_d_leave_quietly(server: Server, tmp_path: Path) -> None:
    for leave, code in ((signal.SIGINT, 130), ("\x04", 0)):
        with Person(server, tmp_path, "kim") as kim:
            kim.see(r"kim> ")
            if isinstance(leave, str):
                kim.type(leave)
            else:
                kim.process.send_signal(leave)
            assert kim.process.wait(timeout=15) == code
            with pytest.raises(AssertionError):
                kim.see("Traceback")


async def test_it_says_when_the_server_goes_and_comes_back(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        port = first.ready["tcp"].rpartition(":")[2]
        with Person(first, tmp_path / "home", "lena") as lena:
            lena.see(r"lena> ")
            assert first.stop() == 0
            lena.see("-- the connection was lost; trying again")
            with serving(tmp_path, "--tcp-port", port) as second:
                assert second.ready
                await asyncio.to_thread(lena.see, "-- connected again")
                lena.type("/who\r")
                lena.see("1 online: lena")


# --- on the full screen -----------------------------------------------------------------------------


LEFT = "\x1b\\[\\?1049l"  # the screen as it was before (xterm, "Alternate Screen Buffer")


@pytest.mark.parametrize("leave", ["\x03", "/quit\r", signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_full_screen_is_left_as_it_was(
    server: Server, tmp_path: Path, leave: str | signal.Signals
) -> None:
    with Person(server, tmp_path, "mona", "--lang", "en") as mona:
        mona.see("Write a message to")
        if isinstance(leave, str):
            mona.type(leave)
        else:
            mona.process.send_signal(leave)
        screen = mona.see(
            f"{LEFT}(.|\\s)*Goodbye. To come back as mona: teahouse chat --nick mona --url tcp://"
        )
        assert "Traceback" not in screen
        assert mona.process.wait(timeout=10) == 0


def test_typed_on_a_real_terminal(server: Server, tmp_path: Path) -> None:
    with Person(server, tmp_path / "nora", "nora", "--lang", "zh") as nora:
        nora.see("发消息给")
        nora.type("今天喝龙井 🍵")
        time.sleep(0.3)
        nora.type("\r")
        end = time.monotonic() + 10
        while "nora: 今天喝龙井 🍵" not in said(chat(server, tmp_path / "otto", "otto")):
            assert time.monotonic() < end
        nora.type("\x03")
        nora.see("再见。要以 nora 的身份回来")


def test_a_pipe_has_no_screen(server: Server, tmp_path: Path) -> None:
    assert "\x1b" not in said(chat(server, tmp_path, "piper", "hello"))


def test_a_guest_is_no_account(tmp_path: Path) -> None:
    ended = teahouse("chat", "--nick", "a", "--user", "b", cwd=tmp_path)
    assert ended.returncode == 2
    assert "give one of them" in ended.stderr
