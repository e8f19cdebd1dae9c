"""Quiet hours: whether somebody wants not to be woken up now.

Rule: hours are those of a clock on the wall of a place, so daylight saving moves them as it moves people. Called by
notify.py and push_devices.py.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from teahouse.model.errors import Code, Problem
from teahouse.model.push import Quiet


def check(quiet: Quiet) -> None:
    """`bad_request` if there is no such zone, or the hours are none at all."""
    if quiet.start == quiet.end:
        raise Problem(
            Code.BAD_REQUEST, "quiet.start and quiet.end are the same; give null for no quiet hours"
        )
    try:
        _zone(quiet.zone)
    except LookupError:
        sentence = "quiet.zone is not the name of a time zone, as Europe/Berlin or UTC"
        raise Problem(Code.BAD_REQUEST, sentence) from None


def is_quiet(quiet: Quiet | None, now: int) -> bool:
    """At `now` (milliseconds UTC). A zone that is no longer known is silent about it."""
    if quiet is None:
        return False
    try:
        there = datetime.fromtimestamp(now / 1000, _zone(quiet.zone)).time()
    except LookupError:
        return False
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    if start < end:
        return start <= there < end
    return there >= start or there < end  # over midnight


def _zone(name: str) -> ZoneInfo:
    """LookupError if there is none. What is no name at all, as ../x, the library refuses in several ways."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise LookupError(name) from error
