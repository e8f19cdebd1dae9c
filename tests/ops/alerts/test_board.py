"""When somebody is told: together, again, and when it is over."""

from collections import Counter

from teahouse.model.inventory import Totals
from teahouse.ops.alerts.board import Alert, Board
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.alerts.rules import findings
from teahouse.ops.readings import Reading, Stored

OPTIONS = AlertOptions(group_s=10, repeat_s=100, dead_letters=2, queue_s=60)


def reading(dead: int = 0, overdue_s: float = 0, **trouble: str) -> Reading:
    return Reading(Stored(Totals(0, 0, 0, 0, 0, 0, 0, {"x": 5}, {"x": dead}), overdue_s), trouble, Counter())


def said(alerts: tuple[Alert, ...]) -> list[str]:
    return [f"{alert.rule} {alert.state}" for alert in alerts]


def test_the_rules() -> None:
    fine = {"store": "", "workers": "", "dead_letters": "", "queue": ""}
    assert findings(reading(dead=2, overdue_s=60), OPTIONS) == fine
    found = findings(reading(3, 61, store="the disk is full"), OPTIONS)
    assert found["dead_letters"] == "3 jobs were given up; see `teahouse dead list`"
    assert found["store"] == "store: the disk is full"
    assert found["queue"] == "a job waits for 61 s; 5 jobs are there"
    alone = findings(reading(workers="nobody takes calls"), OPTIONS)
    assert (alone["workers"], alone["store"]) == ("nobody takes calls", "")
    away = findings(Reading(None, {"store": "it does not answer"}, Counter()), OPTIONS)
    assert (away["dead_letters"], away["queue"]) == (None, None)
    silent = AlertOptions(silenced=("dead_letters",))
    assert "dead_letters" not in findings(reading(9), silent)


def test_what_happens_at_once_is_told_together() -> None:
    board = Board(OPTIONS)
    assert board.step(1_000, {"a": "x", "b": ""}) == ()
    assert board.step(5_000, {"a": "xx", "b": "y"}) == ()
    told = board.step(11_000, {"a": "xxx", "b": "y"})
    assert told == (Alert("a", "firing", "xxx", 1_000), Alert("b", "firing", "y", 5_000))
    assert board.step(12_000, {"a": "xxx", "b": "y"}) == ()


def test_what_lasts_is_told_again_and_what_is_over_once() -> None:
    board = Board(OPTIONS)
    board.step(1_000, {"a": "x"})
    assert said(board.step(11_000, {"a": "x"})) == ["a firing"]
    assert board.step(110_000, {"a": "x"}) == ()
    assert said(board.step(111_000, {"a": "x"})) == ["a firing"]
    assert board.step(112_000, {"a": ""}) == ()
    assert said(board.step(122_000, {"a": ""})) == ["a over"]
    assert board.step(999_000, {"a": ""}) == ()


def test_what_came_and_went_is_not_told() -> None:
    board = Board(OPTIONS)
    board.step(1_000, {"a": "x"})
    board.step(2_000, {"a": ""})
    assert board.step(20_000, {"a": ""}) == ()


def test_what_is_over_for_a_moment_goes_on() -> None:
    board = Board(OPTIONS)
    board.step(1_000, {"a": "x"})
    board.step(11_000, {"a": "x"})
    board.step(12_000, {"a": ""})
    board.step(13_000, {"a": "y"})
    assert board.step(23_000, {"a": "y"}) == ()


def test_what_nobody_can_tell_stays_as_it_was() -> None:
    board = Board(OPTIONS)
    board.step(1_000, {"a": "x"})
    assert said(board.step(11_000, {"a": None})) == ["a firing"]
    assert board.step(30_000, {"a": None}) == ()
