"""What `teahouse webhook` asks a running server, and the answers: a part of administration.py, whose rules hold here.

Only a running server knows who hears what, and tells it; without one there is nothing to ask.
"""

from typing import Literal

from msgspec import Struct

from teahouse.engine.outlet_book import By, OutletBook
from teahouse.engine.replays import asked
from teahouse.model.caller import Caller
from teahouse.model.people import User

PAGE = 500
_BY = By(Caller(User("", "control", guest=False), admin=True), "control")


class ListWebhooks(Struct, frozen=True, tag_field="do", tag="webhooks"):
    """Those after this id."""

    after: str = ""


class ReplayWebhook(Struct, frozen=True, tag_field="do", tag="replay"):
    """By seq (`after`, `upto`) or by time (`begin`, `end`, milliseconds UTC)."""

    webhook: str
    conversation: str = ""
    after: int | None = None
    upto: int | None = None
    begin: int | None = None
    end: int | None = None


class TestWebhook(Struct, frozen=True, tag_field="do", tag="test"):
    """Send a test delivery."""

    webhook: str


class TestedWebhook(Struct, frozen=True):
    """As Probed (engine/probe.py)."""

    status: int
    ms: int
    answer: str
    why: str


class ListedWebhook(Struct, frozen=True):
    id: str
    conversation: str
    url: str
    name: str
    state: Literal["on", "failing", "paused"]
    why: str


async def list_webhooks(
    book: OutletBook, order: ListWebhooks
) -> tuple[tuple[ListedWebhook, ...], str | None]:
    """A page, and where the next one goes on, if there is one."""
    found = await book.of(_BY, order.after, PAGE)
    rows = tuple(
        ListedWebhook(
            *(one.id, one.conversation, one.url, one.name),
            "paused" if one.paused else "failing" if one.failing else "on",
            one.paused or one.cause,
        )
        for one in found
    )
    return rows, found[-1].id if len(found) == PAGE else None


async def send_test(book: OutletBook, order: TestWebhook) -> TestedWebhook:
    probed = await book.test(_BY, order.webhook)
    return TestedWebhook(probed.status, probed.ms, probed.answer, probed.why)


async def replay_webhook(book: OutletBook, order: ReplayWebhook) -> None:
    wanted = asked(order.conversation, (order.after, order.upto), (order.begin, order.end))
    await book.replay(_BY, order.webhook, wanted)
