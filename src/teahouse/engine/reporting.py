"""Reporting: somebody thinks that an administrator should see a message, or know of a user.

Rule: what is reported is kept as it was at that moment, so a later edit or recall does not help.
"""

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.history import Reader
from teahouse.engine.quota import Quota
from teahouse.engine.rosters import Rosters
from teahouse.engine.route import Route
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model import commands
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.model.reports import Reason, Report
from teahouse.model.results import Reported


class Reporting:
    def __init__(self, stores: Stores, route: Route, rosters: Rosters, reader: Reader, quota: Quota) -> None:
        self._reports = stores.reports
        self._clock = stores.clock
        self._route = route
        self._rosters = rosters
        self._reader = reader
        self._quota = quota

    async def report(self, session: Session, command: commands.Report) -> Reported:
        """Of a message one may read, or of a user. The same again is the same report."""
        user = session.identity
        await self._quota.take_rare(user.id)
        if command.conversation is not None and command.seq is not None and command.user is None:
            entry = await self._message(user, command.conversation, command.seq)
            report = self._about(
                user, command, User(entry.sender, entry.nick), command.conversation, entry.seq
            )
            report = replace(report, snapshot=entry.content)
        elif command.user is not None and command.conversation is None and command.seq is None:
            report = self._about(user, command, await self._route.person(command.user))
        else:
            raise Problem(Code.BAD_REQUEST, "report either a message, by conversation and seq, or a user")
        if report.subject == user.id:
            raise Problem(Code.FORBIDDEN, "you cannot report yourself")
        return Reported((await self._reports.put(report)).id)

    async def _message(self, user: User, conversation: str, seq: int) -> Entry:
        """The message as it is now, edits folded in."""
        roster = await self._rosters.load(conversation)
        entry = await self._reader.entry(roster, user, seq)
        if entry.kind is not Kind.MESSAGE:
            raise Problem(Code.NOT_FOUND, f"entry {seq} is not a message")
        if entry.redacted:
            raise Problem(Code.NOT_FOUND, f"message {seq} was recalled")
        return (await self._reader.state(entry, user)).entry

    def _about(
        self, user: User, command: commands.Report, subject: User, conversation: str = "", seq: int = 0
    ) -> Report:
        return Report(
            fresh.report_id(),
            user.id,
            subject.id,
            subject.nick,
            self._clock.now(),
            Reason(command.reason),
            command.text,
            conversation,
            seq,
        )
