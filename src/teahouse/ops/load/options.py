"""The arguments of `teahouse bench`, and the help that teaches each scenario.

Rule: every option is declared once; a scenario shows only those it reads. Called by command.py.
"""

import argparse
import math
from collections.abc import Callable, Sequence

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

_SCENARIOS = {
    "fanout": (
        "one room, one message to everybody",
        """\
Everybody is in one room. Messages come at --rate, --burst of them at the same moment, the members taking turns.
Shows what a delivery costs the server when the same message goes to many, and what bursts save.

  teahouse bench fanout --users 1000 --rate 100
  teahouse bench fanout --users 1000 --rate 1000 --burst 50
""",
        {"users": 1000, "rate": 100.0, "seconds": 10.0},
        ("rate", "burst", "text"),
    ),
    "direct": (
        "pairs of people, every message stored before it is answered",
        """\
People write to one another in pairs. Without --rate each keeps --window messages unanswered, which finds the most
the server can store; with --rate messages go when they are due, which shows how long a sender waits at that load.

  teahouse bench direct --users 200 --window 16
  teahouse bench direct --users 200 --rate 5000
""",
        {"users": 200, "rate": 0.0, "seconds": 10.0},
        ("rate", "window", "text"),
    ),
    "mixed": (
        "people in groups, each sending at a rate",
        """\
The everyday load: --users people in groups of --group, each sending --rate messages a second at moments of its own.

  teahouse bench mixed --users 500 --rate 2 --group 50
""",
        {"users": 500, "rate": 2.0, "seconds": 10.0},
        ("rate", "group", "text"),
    ),
    "idle": (
        "people who are there and say nothing",
        """\
Opens --users sessions, waits --seconds, and tells how much the server's memory grew for each.

  teahouse bench idle --users 10000
""",
        {"users": 1000, "rate": 0.0, "seconds": 3.0},
        (),
    ),
    "storm": (
        "everyone is cut off and comes back at once",
        """\
People in groups lose their connections, --missed messages are said in each group meanwhile, and all come back at once,
resuming where they were. Shows how long it takes until everybody is back and has what it missed.

  teahouse bench storm --users 2000 --missed 10
""",
        {"users": 1000, "rate": 0.0, "seconds": 0.0},
        ("group", "missed", "text"),
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
    for name, (title, text, defaults, options) in _SCENARIOS.items():
        scenario = scenarios.add_parser(
            name, help=title, description=text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        _general(scenario)
        for option in options:
            _SPECIAL[option](scenario)
        scenario.set_defaults(**defaults)
    return parser


def _general(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--users", type=_at_least(2), metavar="N", help="clients (default %(default)s)")
    add("--seconds", type=_seconds, metavar="S", help="how long it is measured (default %(default)s)")
    add("--target", metavar="URL", help="a running server: ws://127.0.0.1:8080/ws or tcp://127.0.0.1:9000")
    add(
        "--tcp", nargs="?", const=True, metavar="URL", help="speak TCP lines; with a URL, to a running server"
    )
    add("--pid", type=int, metavar="PID", help="the running server's process, for its CPU and memory")
    add("--data", metavar="DIR", help="where our own server's data folder is made, so on which disk")
    add("--allow-remote", action="store_true", help="let the target be another machine")
    add("--timeout", dest="timeout_s", type=_seconds, metavar="S", help="give up after so long, all included")
    add("--json", action="store_true", help="the result as one line of JSON")
    add("--quiet", action="store_true", help="no progress on standard error")


def _rate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rate", type=_more_than_none, metavar="R", help="messages a second (default %(default)s)"
    )


def _burst(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--burst", type=_at_least(1), default=1, metavar="B", help="messages at once (default 1)"
    )


def _window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--window",
        type=_at_least(1),
        default=16,
        metavar="W",
        help="unanswered messages of each (default 16)",
    )


def _group(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--group", type=_at_least(2), default=50, metavar="G", help="people a group (default 50)"
    )


def _missed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--missed", type=_at_least(0), default=10, metavar="M", help="messages each misses (default 10)"
    )


def _text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text-bytes", type=_at_least(16), default=150, metavar="B", help="size of a text (default 150)"
    )

    parser.add_argument("--no-cid", dest="cid", action="store_false", help="send without idempotency keys")


_SPECIAL: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "rate": _rate,
    "burst": _burst,
    "window": _window,
    "group": _group,
    "missed": _missed,
    "text": _text,
}


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"at least {least}")
        return value

    return number


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError("a number that is not negative")
    return value


def _more_than_none(text: str) -> float:
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError("a number above 0")
    return value
