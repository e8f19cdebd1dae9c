"""When a team is there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from teahouse.desk.hours import check_hours, is_open, opening
from teahouse.model.desk import NEVER, Hours
from teahouse.model.errors import Problem

NINE_TO_FIVE = ((9 * 60, 17 * 60),)
WEEKDAYS = Hours("Europe/Berlin", (NINE_TO_FIVE,) * 5 + ((), ()), ("2026-12-25",))


def at(local: str, zone: str = "Europe/Berlin") -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def test_without_a_week_always() -> None:
    assert opening(Hours(), 5) == 5


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-25 08:59", "2026-11-25 09:00"),
        ("2026-11-25 09:00", "2026-11-25 09:00"),
        ("2026-11-25 16:59", "2026-11-25 16:59"),
        ("2026-11-25 17:00", "2026-11-26 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),  # over the weekend
        ("2026-12-24 18:00", "2026-12-28 09:00"),  # and a holiday
        ("2026-03-27 18:00", "2026-03-30 09:00"),  # and over the night in which clocks are turned
    ],
)
def test_when_somebody_is_there_next(now: str, then: str) -> None:
    assert opening(WEEKDAYS, at(now)) == at(then)
    assert is_open(WEEKDAYS, at(now)) == (now == then)


def test_a_day_may_end_at_midnight() -> None:
    hours = Hours("UTC", (((0, 1440),),) + ((),) * 6)
    assert is_open(hours, at("2026-11-23 23:59", "UTC"))
    assert opening(hours, at("2026-11-24 00:00", "UTC")) == at("2026-11-30 00:00", "UTC")


def test_who_is_never_there() -> None:
    assert opening(Hours("UTC", ((),) * 7), 5) == NEVER


@pytest.mark.parametrize(
    "wrong",
    [
        Hours("Mars/Olympus"),
        Hours("../etc/passwd"),
        Hours("UTC", (NINE_TO_FIVE,)),
        Hours("UTC", (((5, 5),),) + ((),) * 6),
        Hours("UTC", (((0, 1441),),) + ((),) * 6),
        Hours("UTC", (((60, 120), (100, 200)),) + ((),) * 6),
        Hours("UTC", (), ("tomorrow",)),
    ],
)
def test_what_are_no_hours(wrong: Hours) -> None:
    with pytest.raises(Problem):
        check_hours(wrong)


def test_what_are_hours() -> None:
    assert check_hours(WEEKDAYS) is WEEKDAYS
