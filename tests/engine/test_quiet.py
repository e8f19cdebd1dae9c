"""Quiet hours, by the clocks of a place."""

from datetime import UTC, datetime

import pytest

from teahouse.engine.quiet import check, is_quiet
from teahouse.model.errors import Problem
from teahouse.model.push import Quiet


def at(hour: int, minute: int = 0, month: int = 1) -> int:
    return int(datetime(2026, month, 15, hour, minute, tzinfo=UTC).timestamp() * 1000)


def test_over_midnight() -> None:
    night = Quiet("22:00", "07:00", "UTC")
    assert [h for h in range(24) if is_quiet(night, at(h))] == [0, 1, 2, 3, 4, 5, 6, 22, 23]
    assert not is_quiet(night, at(7)) and is_quiet(night, at(6, 59))


def test_within_a_day() -> None:
    noon = Quiet("12:00", "13:30", "UTC")
    assert [is_quiet(noon, at(*time)) for time in ((11, 59), (12, 0), (13, 29), (13, 30))] == [
        False,
        True,
        True,
        False,
    ]


def test_as_the_clocks_are_there() -> None:
    """22:00 in Berlin is 21:00 UTC in winter and 20:00 in summer; in Shanghai it is always 14:00."""
    berlin, shanghai = Quiet("22:00", "23:00", "Europe/Berlin"), Quiet("22:00", "23:00", "Asia/Shanghai")
    for month, hour in ((1, 21), (7, 20)):
        assert [h for h in range(24) if is_quiet(berlin, at(h, month=month))] == [hour]
        assert [h for h in range(24) if is_quiet(shanghai, at(h, month=month))] == [14]


def test_none_at_all_and_a_zone_that_is_gone() -> None:
    assert not is_quiet(None, at(0))
    assert not is_quiet(Quiet("00:00", "23:59", "Soviet/Union"), at(1))
    with pytest.raises(Problem):
        check(Quiet("22:00", "22:00", "UTC"))
    check(Quiet("22:00", "07:00", "America/Argentina/Buenos_Aires"))
