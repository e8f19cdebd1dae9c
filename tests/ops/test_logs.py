"""One line an event; the standard library's logs among them; nothing private in any."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from teahouse.ops.logs import LogOptions, configure


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_for_machines() -> None:
    stream = io.StringIO()
    configure(LogOptions(), stream)
    structlog.get_logger("teahouse.engine").info("cut off", session="s1", bytes=7, peer=("::1", 9))
    (line,) = lines(stream)
    assert list(line)[:4] == ["timestamp", "level", "logger", "event"]
    assert line | {"timestamp": ""} == {
        "timestamp": "",
        "level": "info",
        "logger": "teahouse.engine",
        "event": "cut off",
        "session": "s1",
        "bytes": 7,
        "peer": ["::1", 9],
    }
    assert line["timestamp"].endswith("Z")


def test_what_json_cannot_say_is_shown_as_python_does() -> None:
    stream = io.StringIO()
    configure(LogOptions(), stream)
    structlog.get_logger().info("odd", thing=object, text_of="x")
    assert lines(stream)[0]["thing"] == "<class 'object'>"


def test_less_important_events_are_left_out() -> None:
    stream = io.StringIO()
    configure(LogOptions(level="warning"), stream)
    log = structlog.get_logger("teahouse")
    log.info("one")
    log.warning("two")
    logging.getLogger("library").info("three")
    logging.getLogger("library").warning("four")
    assert [line["event"] for line in lines(stream)] == ["two", "four"]


def test_an_exception_keeps_its_traceback() -> None:
    stream = io.StringIO()
    configure(LogOptions(), stream)
    try:
        raise ValueError("oh")
    except ValueError:
        structlog.get_logger("teahouse").exception("failed")
        logging.getLogger("asyncio").exception("failed, too")
    first, second = lines(stream)
    assert "ValueError: oh" in first["exception"]
    assert "ValueError: oh" in second["exception"]
    assert second["logger"] == "asyncio"


def test_percent_arguments_of_the_standard_library() -> None:
    stream = io.StringIO()
    configure(LogOptions(), stream)
    logging.getLogger("library.part").warning("%d of %s", 3, "x%sy")
    assert lines(stream)[0]["event"] == "3 of x%sy"


def test_what_people_said_and_secrets_are_masked() -> None:
    stream = io.StringIO()
    configure(LogOptions(), stream)
    structlog.get_logger().info(
        "careless", text="hi bob", password="sesame", resume="s", conversation="lobby"
    )
    line = lines(stream)[0]
    assert (line["text"], line["password"], line["resume"]) == ("********",) * 3
    assert line["conversation"] == "lobby"


def test_people_get_colours_on_a_terminal_and_machines_json() -> None:
    screen, pipe = Screen(), io.StringIO()
    configure(LogOptions(), screen)
    structlog.get_logger("teahouse").info("hello", n=1)
    assert "\x1b[" in screen.getvalue()
    configure(LogOptions(format="console"), pipe)
    structlog.get_logger("teahouse").info("hello", n=1)
    assert "hello" in pipe.getvalue()
    assert "\x1b[" not in pipe.getvalue()
    screen = Screen()
    configure(LogOptions(format="json"), screen)
    structlog.get_logger("teahouse").info("hello")
    assert lines(screen)


class FullDisk(io.StringIO):
    def write(self, line: str, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_line_that_cannot_be_written_harms_nobody() -> None:
    configure(LogOptions(), FullDisk())
    structlog.get_logger("teahouse.engine").error("messages cannot be stored")
    logging.getLogger("uvicorn").warning("nor can this be said")
