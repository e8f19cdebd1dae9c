"""The steps from nothing to the tables of today, one a file, in order.

Rule: a step that was ever released never changes; what changes is written as the next step.
"""

from teahouse.backends.sqlite.steps import (
    accounts,
    bots,
    browsers,
    desk,
    entries,
    files,
    finding,
    later,
    outgoing,
    providers,
    push,
    society,
    stays,
)

STEPS = (
    entries.STEP,
    accounts.STEP,
    finding.STEP,
    files.STEP,
    society.STEP,
    later.STEP,
    bots.STEP,
    providers.STEP,
    browsers.STEP,
    push.STEP,
    outgoing.STEP,
    stays.STEP,
    desk.STEP,
)
