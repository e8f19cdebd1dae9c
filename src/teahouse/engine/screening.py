"""Screening: let those who look at what is about to be said look at it, before it is stored.

Rule: synchronous and without I/O, on the road of every message and edit; with nobody to look it costs nothing. What
is flagged is reported by a change that travels with the entry, so that no crash comes between the two.
"""

from collections.abc import Sequence
from typing import Any

from teahouse.engine import fresh
from teahouse.engine.compose import TextBody
from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutReport
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import SYSTEM
from teahouse.model.people import User
from teahouse.model.reports import Reason, Report
from teahouse.ports.clock import Clock
from teahouse.ports.screen import Screen, Utterance

Body = TextBody | dict[str, Any]


class Screening:
    def __init__(self, screens: Sequence[Screen], clock: Clock) -> None:
        self._screens = tuple(screens)
        self._clock = clock

    def look(self, conversation: str, user: User, body: Body, edits: int = 0) -> tuple[Body, str]:
        """The body as it may be said, and why it is to be reported, if it is. Problem `forbidden` if it may not."""
        if not self._screens:
            return body, ""
        said = body if isinstance(body, dict) else {"type": body.type, "text": body.text}
        flags = []
        for screen in self._screens:
            verdict = screen.look(Utterance(conversation, user.id, said, edits))
            if verdict is None:
                continue
            if verdict.refuse:
                raise Problem(Code.FORBIDDEN, verdict.refuse)
            said = verdict.body or said
            if verdict.flag:
                flags.append(verdict.flag)
        return said, "; ".join(flags)

    def look_at_passing(self, conversation: str, user: User, body: Body) -> Body:
        """The same for what is not stored, and so cannot be reported: that is refused."""
        said, flag = self.look(conversation, user, body)
        if flag:
            raise Problem(Code.FORBIDDEN, "this may not be said in a message that is not stored")
        return said

    def flagged(self, conversation: str, user: User, flag: str, content: bytes) -> tuple[Change, ...]:
        """The report that travels with the entry."""
        if not flag:
            return ()
        report = Report(
            fresh.report_id(),
            SYSTEM,
            user.id,
            user.nick,
            self._clock.now(),
            Reason.WORDS,
            flag,
            conversation,
            SEQ_OF_ENTRY,
            content,
        )
        return (PutReport(report),)
