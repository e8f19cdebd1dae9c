"""Witness: who came in, and who tried to, for the audit log.

Rule: nobody is kept out because it could not be recorded, and a try costs the same whether the name is known or not.
What the user typed as a name is never recorded: it may be a password. Called by passwords.py, logins.py, accounts.py.
"""

import structlog

from teahouse.identity.registry import Registry
from teahouse.model.audit import Detail, Record
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.identity")


async def witness(registry: Registry, action: str, user: str, address: str = "", **details: Detail) -> None:
    """Record what happened to a user, empty for an unknown one; by whom nobody can say."""
    if registry.audit is None:
        return
    actor = "" if action.endswith("failed") else user
    record = Record(registry.clock.now(), actor, action, user, address, details)
    try:
        await registry.audit.append([record])
    except StoreUnavailable as error:
        _log.warning("what happened was not recorded", action=action, reason=str(error))
