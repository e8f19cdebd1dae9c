"""The arguments of `teahouse bench`, and the help that teaches each scenario.

Rule: every option is declared once; a scenario shows only those it reads. Called by command.py.
"""

import argparse
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from teahouse.ops.load.feed import STAMP_DIGITS
from teahouse.ops.load.plan import Plan, PlanError, Target, parse_target

_ABOUT = """\
Play clients against a server and check every delivery: nothing lost, nothing twice, everything in order.

Without a target, a server of its own is started with limits off and an empty data folder, and stopped afterwards.
"""

_EPILOG = """\
examples:
  teahouse bench mixed                         500 people in groups, 2 messages a second each
  teahouse bench direct --help                 what this scenario does, and its options
  teahouse bench fanout --target ws://127.0.0.1:8080/ws --pid 4711 --json
"""


class _Scenario(NamedTuple):
    """`options` are those it reads besides the general ones, `defaults` where they differ from Plan's."""

    title: str
    text: str
    options: tuple[str, ...]
    defaults: dict[str, float]


_SCENARIOS = {
    "fanout": _Scenario(
        "one room, one message to everybody",
        """\
Everybody is in one room. Messages come at --rate, --burst of them at the same moment, the members taking turns.
Shows what a delivery costs the server when the same message goes to many, and what bursts save.

  teahouse bench fanout --users 1000 --rate 100
  teahouse bench fanout --users 1000 --rate 500 --burst 25
""",
        ("rate", "burst", "text_bytes"),
        {"users": 1000, "rate": 100.0},
    ),
    "direct": _Scenario(
        "pairs of people, every message stored before it is answered",
        """\
People write to one another in pairs. Without --rate each keeps --window messages unanswered, which finds the most
the server can store; with --rate messages go when they are due, which shows how long a sender waits at that load.

  teahouse bench direct --users 200 --window 16
  teahouse bench direct --users 200 --rate 5000
""",
        ("rate", "window", "text_bytes"),
        {"users": 200},
    ),
    "mixed": _Scenario(
        "people in groups, each sending at a rate",
        """\
The everyday load: --users people in groups of --group, each sending --rate messages a second at moments of its own.

  teahouse bench mixed --users 500 --rate 2 --group 50
""",
        ("rate", "group", "text_bytes"),
        {"users": 500, "rate": 2.0},
    ),
    "idle": _Scenario(
        "people who are there and say nothing",
        """\
Opens --users sessions, waits --seconds, and tells how much the server's memory grew for each.

  teahouse bench idle --users 10000
""",
        (),
        {"users": 1000, "seconds": 3.0},
    ),
    "storm": _Scenario(
        "everyone is cut off and comes back at once",
        """\
People in groups lose their connections, --missed messages are said in each group meanwhile, and all come back at
once, resuming where they were. Shows how long it takes until everybody is back and has what it missed.

  teahouse bench storm --users 2000 --missed 10
""",
        ("group", "missed", "text_bytes"),
        {"users": 1000, "seconds": 0.0},
    ),
}


def parse(argv: Sequence[str]) -> Plan:
    """The plan these arguments ask for. SystemExit, with argparse's message, if they are wrong."""
    parser = _parser()
    given = parser.parse_args(argv)
    try:
        target = _target(given)
    except PlanError as error:
        parser.error(str(error))
    fields = {name: value for name, value in vars(given).items() if name in Plan.__dataclass_fields__}
    fields["target"] = target
    fields["over"] = "tcp" if given.tcp else "ws"
    if given.timeout_s is None:
        fields["timeout_s"] = 60 + 2 * given.seconds + given.users / 50
    return Plan(**fields)


def _target(given: argparse.Namespace) -> Target | None:
    url = given.target or (given.tcp if isinstance(given.tcp, str) else None)
    if url is None:
        return None
    target = parse_target(url)
    if not target.is_loopback and not given.allow_remote:
        raise PlanError(f"{target} is not this machine; add --allow-remote if it is yours to load")
    return target


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teahouse bench",
        description=_ABOUT,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    scenarios = parser.add_subparsers(dest="scenario", required=True, metavar="SCENARIO")
    for name, scenario in _SCENARIOS.items():
        teaching = scenarios.add_parser(
            name,
            help=scenario.title,
            description=scenario.text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for option in ("users", "seconds", *scenario.options):
            _add_number(teaching, option, scenario.defaults.get(option, getattr(Plan, option)))
        if "text_bytes" in scenario.options:
            teaching.add_argument(
                "--no-cid", dest="cid", action="store_false", help="send without idempotency keys"
            )
        _add_general(teaching)
    return parser


def _add_number(parser: argparse.ArgumentParser, name: str, default: float) -> None:
    read, letter, text = _NUMBERS[name]
    shown = f" (default {default:g})" if default else ""
    flag = f"--{name.replace('_', '-')}"
    parser.add_argument(flag, type=read, metavar=letter, default=default, help=text + shown)


def _add_general(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--target", metavar="URL", help="a running server: ws://127.0.0.1:8080/ws or tcp://127.0.0.1:9000")
    add(
        "--tcp", nargs="?", const=True, metavar="URL", help="speak TCP lines; with a URL, to a running server"
    )
    add("--pid", type=int, metavar="PID", help="the running server's process, for its CPU and memory")
    add("--data", metavar="DIR", help="where our own server's data folder is made, so on which disk")
    add("--allow-remote", action="store_true", help="let the target be another machine")
    add("--timeout", dest="timeout_s", type=_not_negative, metavar="S", help="give up after so long, in all")
    add("--json", action="store_true", help="the result as one line of JSON")
    add("--quiet", action="store_true", help="no progress on standard error")


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"at least {least}")
        return value

    return number


def _not_negative(text: str) -> float:
    value = float(text)
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError("a number that is not negative")
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError("a number above 0")
    return value


_NUMBERS: dict[str, tuple[Callable[[str], float], str, str]] = {
    "users": (_at_least(2), "N", "clients"),
    "seconds": (_not_negative, "S", "how long it is measured"),
    "rate": (_positive, "R", "messages a second"),
    "burst": (_at_least(1), "B", "messages at the same moment"),
    "window": (_at_least(1), "W", "unanswered messages of each"),
    "group": (_at_least(2), "G", "people in a group"),
    "missed": (_at_least(0), "M", "messages said in each group while everyone is away"),
    "text_bytes": (_at_least(STAMP_DIGITS), "B", "size of a text"),
}
"""How an option with a number is read, its letter in the help, and what it means."""
