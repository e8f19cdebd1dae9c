"""`python -m bench [name ...]`: measure what Teahouse promises and say PASS or MISS.

Exit code 0 when every promise holds, 1 when one does not.
"""

import argparse
import sys
import time
from collections.abc import Callable

from bench.direct import direct
from bench.fanout import fanout
from bench.grpc import grpc
from bench.idle import idle
from bench.jobs import jobs
from bench.logins import logins
from bench.micro import micro
from bench.mixed import mixed
from bench.mqtt import mqtt
from bench.nodes import nodes
from bench.playing import Failed
from bench.profile import profile
from bench.rest import rest
from bench.search import search
from bench.start import start
from bench.verdict import busy_cores
from bench.web import web
from bench.xmpp import xmpp

BENCHES: dict[str, Callable[[int, float], bool]] = {
    "start": start,
    "micro": micro,
    "fanout": fanout,
    "direct": direct,
    "mixed": mixed,
    "nodes": nodes,
    "idle": idle,
    "grpc": grpc,
    "rest": rest,
    "logins": logins,
    "jobs": jobs,
    "search": search,
    "web": web,
    "mqtt": mqtt,
    "xmpp": xmpp,
}

BUSY = 0.2
"""So many cores used by others are worth a word."""

_EPILOG = """\
benches (all of them when none is named):
  start    start to ready
  micro    what one decode, encode, append ... costs
  fanout   one message to 1,000 WebSockets, against a bare loop of writes
  direct   durable sends, against a bare SQLite group commit
  mixed    500 people in groups of 50, every delivery accounted for
  nodes    what a message costs a node while 1, 2, 4 and 8 carry the same load each
  idle     memory of 10,000 idle sessions
  grpc     one message to 100 streams of gRPC, and idle ones, against a bare echo
  rest     durable sends and pages of history over REST, against an empty endpoint
  logins   durable sends while 50 logins a second arrive, against quiet
  jobs     jobs put and done a second; durable sends while 10,000 wait for a dead push service, against none
  search   a page of hits in a million messages
  web      the web client in Chromium: first load, from key to screen, scrolling through 10,000 messages
  mqtt     MQTT: a delivery at QoS 0 and 1 to 1,000 subscribers, and an idle session, against mosquitto
  xmpp     memory of an idle session of XMPP, and CPU for each who hears a message of a room

and, on its own:
  profile SCENARIO [options of teahouse bench]    where the server's time goes, by py-spy
"""


def main(argv: list[str]) -> int:
    if argv[:1] == ["profile"]:
        return profile(argv[1:])
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="name", help="which benches to run")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is repeated (default 3)")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each measures (default 8)")
    given = parser.parse_args(argv)
    unknown = sorted(set(given.names) - BENCHES.keys())
    if unknown:
        parser.error(f"no bench is called {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    missed = [name for name in given.names or BENCHES if not _run(name, given.rounds, given.seconds)]
    print("\nall promises hold" if not missed else f"\nnot held: {', '.join(missed)}")
    return 1 if missed else 0


def _run(name: str, rounds: int, seconds: float) -> bool:
    busy = busy_cores()
    if busy > BUSY:
        print(f"      (other programs use {busy:.1f} cores: times will be longer than they need be)")
    begin = time.monotonic()
    try:
        passed = BENCHES[name](rounds, seconds)
    except Failed as failed:
        print(f"MISS  {name}: {failed}")
        passed = False
    print(f"      ({name} took {time.monotonic() - begin:.0f} s)\n", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
