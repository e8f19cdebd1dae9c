"""What a device is given, as JSON: the same for a browser's service worker and, as data, for apps."""

from typing import Any

import msgspec

from teahouse.model.push import Notice

CONVERSATION_BYTES = 64


def fields(notice: Notice) -> dict[str, Any]:
    """What belongs to a notice of its type; `body` of a message is null in private mode."""
    if notice.type == "test":
        return {"type": "test"}
    said: dict[str, Any] = {
        "type": notice.type,
        "conversation": notice.conversation,
        "seq": notice.seq,
        "badge": notice.badge,
        "tag": notice.tag,
    }
    if notice.type == "message":
        said |= {"title": notice.title, "body": notice.body, "at": notice.at}
    return said


def encoded(notice: Notice) -> bytes:
    return msgspec.json.encode(fields(notice))


def shown(notice: Notice) -> tuple[str, str]:
    """The title and the text of a notification that a phone shows by itself."""
    if notice.type == "test":
        return "Teahouse", "Notifications reach this device."
    return notice.title, notice.body or ""
