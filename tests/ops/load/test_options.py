"""The command line: what is understood, what is refused, and that the help teaches."""

import pytest

from teahouse.ops.load import main
from teahouse.ops.load.options import parse
from teahouse.ops.load.plan import PlanError, Target, parse_target
from teahouse.ops.load.scenarios import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_help_has_an_example(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([scenario, "--help"]) == 0
    assert f"teahouse bench {scenario} --users" in capsys.readouterr().out


def test_help_lists_the_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"    {name} " in shown for name in SCENARIOS)


def test_choices_arrive() -> None:
    plan = parse(["fanout", "--users", "7", "--burst", "5", "--no-cid", "--target", "ws://localhost:81"])
    assert (plan.users, plan.burst, plan.cid, plan.rate) == (7, 5, False, 100)
    assert plan.target == Target("ws", "localhost", 81, "/ws")
    assert parse(["mixed"]).users == 500
    assert (parse(["mixed", "--tcp"]).over, parse(["mixed", "--tcp"]).target) == ("tcp", None)
    assert parse(["mixed", "--tcp", "tcp://127.0.0.1:9000"]).target == Target("tcp", "127.0.0.1", 9000, "/ws")
    assert parse(["idle", "--timeout", "3"]).timeout_s == 3


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["fanout", "--users", "1"],
        ["fanout", "--rate", "0"],
        ["fanout", "--rate", "nan"],
        ["fanout", "--target", "http://127.0.0.1"],
        ["fanout", "--target", "ws://192.0.2.1/ws"],
        ["idle", "--burst", "2"],
    ],
)
def test_wrong_choices_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "teahouse bench" in capsys.readouterr().err


def test_another_machine_needs_a_word() -> None:
    url = "tcp://192.0.2.1:9000"
    assert parse(["idle", "--target", url, "--allow-remote"]).target == Target("tcp", "192.0.2.1", 9000)


def test_loopback() -> None:
    assert all(parse_target(f"ws://{host}:1/").is_loopback for host in ("127.0.0.1", "[::1]", "localhost"))
    assert not parse_target("ws://example.org/ws").is_loopback
    for url in ("ws://", "ws://h:99999", "127.0.0.1:80"):
        with pytest.raises(PlanError):
            parse_target(url)


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["idle", "--users", "2", "--target", "ws://127.0.0.1:1/ws"]) == 2
    assert "could not be set up" in capsys.readouterr().err


def test_more_users_than_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["idle", "--users", "900000000"]) == 2
    assert "open files" in capsys.readouterr().err
