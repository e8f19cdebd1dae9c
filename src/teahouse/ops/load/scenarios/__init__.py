"""What can be played: one module a scenario, each an async function of the stage.

Rule: a scenario sets up, measures inside `stage.measured()`, and leaves counting to the meter and the ledgers.
Called by command.py.
"""

from collections.abc import Awaitable, Callable, Mapping

from teahouse.ops.load.scenarios.direct import direct
from teahouse.ops.load.scenarios.fanout import fanout
from teahouse.ops.load.scenarios.idle import idle
from teahouse.ops.load.scenarios.mixed import mixed
from teahouse.ops.load.scenarios.storm import storm
from teahouse.ops.load.stage import Stage

Scenario = Callable[[Stage], Awaitable[None]]

SCENARIOS: Mapping[str, Scenario] = {
    "fanout": fanout,
    "direct": direct,
    "mixed": mixed,
    "idle": idle,
    "storm": storm,
}
