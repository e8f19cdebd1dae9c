"""Days and times."""

from datetime import date, datetime, timedelta

from teahouse.fullscreen.language import Language
from teahouse.fullscreen.moments import clock, day, local

NOON = datetime(2026, 11, 25, 12, 5).astimezone()
AT = int(NOON.timestamp() * 1000)
TODAY = date(2026, 11, 25)


def test_days() -> None:
    say = Language("en")
    assert day(AT, TODAY, say) == "Today"
    assert day(AT, TODAY + timedelta(days=1), say) == "Yesterday"
    assert day(AT, TODAY + timedelta(days=9), say) == "2026-11-25"
    assert clock(AT) == "12:05"


def test_times_that_no_clock_shows() -> None:
    assert local(2**60).year == local(0).year
