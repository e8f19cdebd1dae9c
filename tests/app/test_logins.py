"""Kept logins: for the owner's eyes only, and used by one program at a time."""

import asyncio
import stat
from pathlib import Path

import pytest

from teahouse.app import logins
from teahouse.app.logins import LoginBook

SERVER = "tcp://tea.example:9000"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "teahouse" / "logins.json"
    file.parent.mkdir()
    LoginBook(SERVER, "alice", file).write("one")
    LoginBook(SERVER, "bob", file).write("two")
    assert LoginBook(SERVER, "Alice", file).read() == "one"
    assert LoginBook("tcp://elsewhere", "alice", file).read() == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "logins.json"
    file.write_text("not json", encoding="utf-8")
    assert LoginBook(SERVER, "alice", file).read() == ""


async def test_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "new" / "logins.json"
    one, other = LoginBook(SERVER, "alice", file), LoginBook(SERVER, "alice", file)
    order = []

    async def use(book: LoginBook, name: str) -> None:
        async with book.held():
            order.append(f"{name} in")
            await asyncio.sleep(0.1)
            order.append(f"{name} out")

    await asyncio.gather(use(one, "one"), use(other, "other"))
    assert order in (
        ["one in", "one out", "other in", "other out"],
        ["other in", "other out", "one in", "one out"],
    )
    monkeypatch.setattr(logins, "_PATIENCE_S", 0.1)
    async with one.held():
        with pytest.raises(TimeoutError):
            async with other.held():
                pass
