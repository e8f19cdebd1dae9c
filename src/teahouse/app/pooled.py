"""A worker of the pool: a server process that is told its settings on standard input (`python -m teahouse.app.pooled`).

Rule: settings do not come by the command line, which others on the machine can read. Standard input stays open as long
as the parent lives; when it ends, the worker drains as if it had been told to. Started by pool.py.
"""

import sys

import msgspec
from msgspec import Struct

from teahouse.app.settings import Settings


class Order(Struct, frozen=True):
    """What to be. `invites`: log the link that makes the first administrator; one worker does. `folder`: where the
    workers find each other."""

    settings: Settings
    invites: bool
    folder: str


def main() -> None:
    from teahouse.app.cli_settings import FAILED, say
    from teahouse.app.serve import Parent, StartError, run

    line = sys.stdin.buffer.readline()
    if not line:
        return  # the parent is gone already
    order = msgspec.json.decode(line, type=Order)
    try:
        sys.exit(run(order.settings, sys.stdout, Parent(sys.stdin.fileno(), order.invites, order.folder)))
    except StartError as error:
        say(f"{order.settings.node.name}: {error}")
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
