"""Receivers of alerts: an address that gets JSON, signed as outgoing webhooks are, and the group robots of WeCom.

Rule: an alert holds nothing that people said. Addresses are of the settings, so they may be private ones. A receiver
says in one line what became of a notice; it never raises. Called by watch.py and by `teahouse alerts test`.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

import msgspec
import uuid_utils

from teahouse.model.signing import DELIVERY, SIGNATURE, TIMESTAMP, sign
from teahouse.ops.alerts.board import FIRING, Alert, Notice
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Outside, Unreachable

SECONDS = 10.0
_MOST_BYTES = 4096
_MARKDOWN_BYTES = 4096
"""What WeCom takes as `content`, bytes of UTF-8 (developer.work.weixin.qq.com/document/path/91770)."""

_encode = msgspec.json.Encoder().encode


class Outcome(NamedTuple):
    """`why` it was not taken. `again`: it may be, later."""

    taken: bool
    why: str = ""
    again: bool = True


class Receiver(Protocol):
    @property
    def name(self) -> Literal["webhook", "wecom"]: ...

    async def tell(self, notice: Notice) -> Outcome: ...


class Webhook:
    name: Literal["webhook", "wecom"] = "webhook"

    def __init__(self, outside: Outside, url: str, secret: str, now: Callable[[], int]) -> None:
        self._outside = outside
        self._url = url
        self._secret = secret
        self._now = now

    async def tell(self, notice: Notice) -> Outcome:
        body, timestamp = _encode(notice), self._now() // 1000
        headers = (
            ("Content-Type", "application/json"),
            (DELIVERY, f"alert.{uuid_utils.uuid7().hex}"),
            (TIMESTAMP, str(timestamp)),
            (SIGNATURE, sign([self._secret], timestamp, body)),
        )
        return await _post(self._outside, self._url, headers, body, lambda fetched: Outcome(True))


class _Said(msgspec.Struct):
    errcode: int
    errmsg: str = ""


class WeCom:
    """It answers 200 to everything; what became of it stands in `errcode`."""

    name: Literal["webhook", "wecom"] = "wecom"

    def __init__(self, outside: Outside, url: str) -> None:
        self._outside = outside
        self._url = url

    async def tell(self, notice: Notice) -> Outcome:
        body = _encode({"msgtype": "markdown", "markdown": {"content": markdown(notice)}})
        headers = (("Content-Type", "application/json"),)
        return await _post(self._outside, self._url, headers, body, _errcode)


def markdown(notice: Notice) -> str:
    """The notice as WeCom shows it, cut to what it takes."""
    lines = [f"**Teahouse 茶馆** `{_plain(notice.server)}`", *(_line(alert) for alert in notice.alerts)]
    text = "\n".join(lines).encode()[:_MARKDOWN_BYTES]
    return text.decode("utf-8", "ignore")


def _line(alert: Alert) -> str:
    colour, state = ("warning", "告警 alert") if alert.state == FIRING else ("info", "恢复 over")
    return f'> <font color="{colour}">{state}</font> **{alert.rule}**: {_plain(alert.what)}'


def _plain(text: str) -> str:
    """Without what would be marks, and on one line."""
    return " ".join(text.replace("<", "(").replace(">", ")").replace("`", "'").split())


def _errcode(fetched: Fetched) -> Outcome:
    try:
        said = msgspec.json.decode(fetched.body, type=_Said)
    except msgspec.DecodeError:
        return Outcome(False, "it did not answer as WeCom does")
    return Outcome(said.errcode == 0, f"errcode {said.errcode}" if said.errcode else "")


async def _post(
    outside: Outside,
    url: str,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    look: Callable[[Fetched], Outcome],
) -> Outcome:
    try:
        fetched = await outside.fetch(Asked(url, "POST", headers, body, _MOST_BYTES, SECONDS))
    except (NotAllowed, Unreachable) as error:
        return Outcome(False, type(error).__name__.lower())  # an address may have a key in it
    if 200 <= fetched.status < 300:
        return look(fetched)
    again = fetched.status >= 500 or fetched.status in (408, 429)
    return Outcome(False, f"it answered {fetched.status}", again)
