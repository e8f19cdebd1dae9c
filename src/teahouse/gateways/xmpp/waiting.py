"""Answers that wait for something that is not the engine: the store of files.

Rule: such a question holds up nothing behind it; it is answered when it can be, if the stream is still there. How many
there may be is the business of what is waited for, which counts what a user asks. Called by upload.py and portraits.py.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any
from xml.etree.ElementTree import Element

import structlog

from teahouse.gateways.xmpp.resource import Resource
from teahouse.gateways.xmpp.stanzas import answer, refuse
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.wire.xmpp import conditions

_log = structlog.get_logger("teahouse.gateways")


class Refused(Exception):
    """With this stanza error."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def answer_later(resource: Resource, iq: Element, found: Coroutine[Any, Any, str]) -> None:
    """With what is found, or why it is not."""
    tasks = resource.context.tasks
    task = asyncio.get_running_loop().create_task(_answer(resource, iq, found))
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def _answer(resource: Resource, iq: Element, found: Coroutine[Any, Any, str]) -> None:
    said = error = ""
    try:
        said = await found
    except Refused as refused:
        error = refused.error
    except Problem as problem:
        error = conditions.of_problem(problem)
    except StoreUnavailable as silent:
        error = conditions.stanza_error("wait", "resource-constraint", str(silent))
    except Exception:
        _log.exception("a question came to nothing", peer=resource.link.peer)
        error = conditions.stanza_error("wait", "internal-server-error")
    if resource.link.stage is not resource:
        return
    if error:
        refuse(resource, iq, error)
    else:
        answer(resource, iq, said)
