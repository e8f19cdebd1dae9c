"""The load generator behind `teahouse bench`: one process that plays thousands of clients and checks every delivery.

Rule: it knows the public protocol only and shares no code with the server, so that a fault cannot hide on both
sides. Read command.py first, then a scenario, then client.py. Called by the command line, and by `bench/`.
"""

from teahouse.ops.load.command import main

__all__ = ["main"]
