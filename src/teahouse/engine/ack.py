"""Acknowledge: tell the sender what became of an append, only after the commit.

The answer to a stored command takes the place of its event in the sender's stream (fanout.py), so that on one
connection everything of a conversation arrives in seq order, answers included.
"""

from teahouse.engine.store import Append
from teahouse.model.entries import Appended, Draft, Refusal
from teahouse.model.errors import Code, Overtaken, Problem
from teahouse.model.ids import message_id
from teahouse.model.results import Logged, Result, Sent


def conflict() -> Problem:
    return Problem(
        Code.IDEMPOTENCY_CONFLICT,
        "this cid was used for another message; use a new one, or repeat the same message",
    )


def dead_link() -> Problem:
    """One sentence for all: a stranger learns nothing about links that once were."""
    return Problem(Code.NOT_FOUND, "the invitation link does not work, or no longer; ask for a new one")


def outside() -> Problem:
    return Problem(Code.FORBIDDEN, "you are not a member of this conversation; join it first")


def muted() -> Problem:
    return Problem(Code.MUTED, "you are muted in this conversation")


def closed() -> Problem:
    return Problem(Code.FORBIDDEN, "only the owner and admins write here")


def overtaken() -> Problem:
    return Problem(Code.UNAVAILABLE, "others change the same all the time; try again shortly")


_REFUSALS = {
    Refusal.LINK: dead_link,
    Refusal.OVERTAKEN: overtaken,
    Refusal.OUT: outside,
    Refusal.MUTED: muted,
    Refusal.CLOSED: closed,
}


def refusal(appended: Appended) -> Problem:
    """Why a draft that was a conflict was not stored."""
    return conflict() if appended.refused is None else _REFUSALS[appended.refused]()


def sent(draft: Draft, appended: Appended) -> Result:
    """The answer to send."""
    conversation, seq = draft.conversation, appended.seq
    return Sent(conversation, seq, message_id(conversation, seq), appended.at, appended.duplicate)


def logged(_draft: Draft, appended: Appended) -> Result:
    """The answer to every other command that wrote an entry."""
    return Logged(appended.seq)


def encode(append: Append, appended: Appended) -> bytes | None:
    """The answer in the origin's wire format, or None if nobody waits for one."""
    origin = append.origin
    if origin is None or append.re is None or append.abandoned:
        return None
    return origin.wire.answer(append.re, append.answer(append.draft, appended))


def settle(append: Append, appended: Appended) -> None:
    """Wake the coroutine that waits for the append, if one does."""
    waiting = append.settled
    if waiting is None or waiting.done():
        return
    if appended.refused is Refusal.OVERTAKEN:
        waiting.set_exception(Overtaken(append.draft.conversation))
    elif appended.conflict:
        waiting.set_exception(refusal(appended))
    else:
        waiting.set_result(appended)


def refuse(append: Append, problem: Problem) -> None:
    """The append was not stored: tell whoever waits."""
    waiting = append.settled
    if waiting is not None:
        if not waiting.done():
            waiting.set_exception(problem)
    elif append.origin is not None:
        append.origin.fail(append.re, problem)
