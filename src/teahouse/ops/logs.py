"""Logs: one line an event on standard error, JSON for machines or colours for a terminal.

Rule: a log names things (conversation, user, session, reason) and never quotes people: no text, no body, no
secret. What slips through under a well-known name is masked here. The standard library's logging (uvicorn,
asyncio) ends in the same place. Called once by app/serve.py; everybody else calls `structlog.get_logger(name)`.
"""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Annotated, Any, Literal, TextIO

import msgspec
import structlog
from msgspec import Meta, Struct

PRIVATE = frozenset({"text", "body", "content", "password", "token", "resume", "secret"})

_FIRST = ("timestamp", "level", "logger", "event")
"""In this order at the beginning of a JSON line, so that lines read well one below the other."""

Level = Literal["debug", "info", "warning", "error"]


class LogOptions(Struct, frozen=True, kw_only=True):
    """What is logged, and how it looks."""

    level: Annotated[Level, Meta(description="The least important events that are logged.")] = "info"
    format: Annotated[
        Literal["auto", "json", "console"],
        Meta(description="json: one object a line; console: for people; auto: console on a terminal."),
    ] = "auto"


CHATTY = ("aiormq", "aio_pika")
"""Libraries that log with a traceback what they raise as well: whoever catches it says it once."""


class Line(structlog.PrintLogger):
    """Writes finished lines; knows the name it was asked for, which the line carries as `logger`.

    A line that cannot be written, because the disk is full or nobody reads the pipe, is lost: what it tells of
    goes on.
    """

    def __init__(self, name: str, file: TextIO) -> None:
        super().__init__(file)
        self.name = name

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warning = error = critical = exception = msg


class Bridge(logging.Handler):
    """Hands records of the standard library's logging over to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), exc_info=record.exc_info)


def configure(options: LogOptions, stream: TextIO | None = None, node: str = "") -> None:
    """Send all logs to `stream` (standard error if None), each line with the name of the `node`, if it has one. To be
    called before the first event is logged."""
    stream = stream or sys.stderr
    level = getattr(logging, options.level.upper())
    people = options.format == "console" or (options.format == "auto" and stream.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_name,
            *([_AddNode(node)] if node else []),
            _mask,
            *(_for_people(stream) if people else _for_machines()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *names: Line(names[0] if names else "teahouse", stream),
        cache_logger_on_first_use=True,
    )
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[Bridge()], level=max(level, logging.INFO), force=True)


def _for_people(stream: TextIO) -> list[structlog.typing.Processor]:
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)]


def _for_machines() -> list[structlog.typing.Processor]:
    return [structlog.processors.format_exc_info, _encode]


def _add_name(logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event["logger"] = logger.name
    return event


class _AddNode:
    """Where logs of several nodes come together, a line says whose it is."""

    def __init__(self, node: str) -> None:
        self._node = node

    def __call__(
        self, logger: Any, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        event.setdefault("node", self._node)
        return event


def _mask(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in PRIVATE & event.keys():
        event[key] = "********"
    return event


def _encode(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    first = {key: event.pop(key) for key in _FIRST if key in event}
    return msgspec.json.encode({**first, **event}, enc_hook=repr).decode()
