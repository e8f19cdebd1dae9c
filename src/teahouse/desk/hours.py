"""Office hours: is a team there now, and when will it be again?

Rule: a minute of the day is one on the clock in the team's own time zone, also on the days when that is turned. Pure;
asked by moves.py.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from teahouse.model.desk import NEVER, Hours
from teahouse.model.errors import Code, Problem

DAY = 24 * 60
_DAYS_AHEAD = 370  # longer than any holidays


def check_hours(hours: Hours) -> Hours:
    """The hours, or `bad_request` for a zone nobody knows, or a span that is none."""
    try:
        ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Problem(Code.BAD_REQUEST, f"there is no time zone {hours.zone[:40]!r}") from error
    if len(hours.week) not in (0, 7):
        raise Problem(Code.BAD_REQUEST, "a week has seven days, Monday first; or leave it empty: always open")
    for spans in hours.week:
        last = 0
        for start, end in spans:
            if not last <= start < end <= DAY:
                raise Problem(
                    Code.BAD_REQUEST, "spans are minutes of the day, [start, end), in order, up to 1440"
                )
            last = end
    for day in hours.holidays:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise Problem(Code.BAD_REQUEST, f"{day[:20]!r} is no day, as 2026-12-31 is") from error
    return hours


def is_open(hours: Hours, now: int) -> bool:
    """Whether somebody is there at `now` (milliseconds UTC)."""
    return opening(hours, now) <= now


def opening(hours: Hours, now: int) -> int:
    """When somebody is there next, `now` if that is now; NEVER if nobody will be for a year."""
    if not hours.week:
        return now
    zone = ZoneInfo(hours.zone)
    today = datetime.fromtimestamp(now / 1000, zone).date()
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        if day.isoformat() in hours.holidays:
            continue
        for start, end in hours.week[day.weekday()]:
            if _moment(day, end, zone) > now:
                return max(now, _moment(day, start, zone))
    return NEVER


def _moment(day: date, minute: int, zone: ZoneInfo) -> int:
    """Milliseconds UTC of a minute on the clock."""
    days, minutes = divmod(minute, DAY)
    local = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60), zone)
    return int(local.astimezone(UTC).timestamp() * 1000)
