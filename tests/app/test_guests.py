"""Resume secrets are kept per server and nick, for their owner's eyes only."""

import stat
from pathlib import Path

import pytest

from teahouse.app.guests import Guest, Guests

HERE, THERE = "tcp://127.0.0.1:9000", "ws://example.org/ws"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "guests.json"


def test_found_again(file: Path) -> None:
    Guests(file).keep(HERE, Guest("Alice", "s1"))
    assert Guests(file).find(HERE, "alice") == Guest("Alice", "s1")
    assert Guests(file).find(THERE, "alice") is None
    assert Guests(file).find(HERE, "bob") is None


def test_without_a_nick_the_one_used_last(file: Path) -> None:
    guests = Guests(file)
    assert guests.find(HERE, None) is None
    for guest in (Guest("alice", "s1"), Guest("bob", "s2"), Guest("alice", "s3")):
        guests.keep(HERE, guest)
    assert guests.find(HERE, None) == Guest("alice", "s3")
    assert guests.find(HERE, "bob") == Guest("bob", "s2")


def test_only_the_owner_may_read_it(file: Path) -> None:
    Guests(file).keep(HERE, Guest("alice", "s1"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["guests.json"]


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"x": 1}'])
def test_a_broken_file_counts_as_none(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert Guests(file).find(HERE, "alice") is None
    Guests(file).keep(HERE, Guest("alice", "s1"))
    assert Guests(file).find(HERE, "alice")


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Guests().keep(HERE, Guest("alice", "s1"))
    assert (tmp_path / "teahouse/guests.json").exists()
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    Guests().keep(HERE, Guest("alice", "s1"))
    assert (tmp_path / ".config/teahouse/guests.json").exists()
