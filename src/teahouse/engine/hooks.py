"""Incoming webhooks: addresses that write into a conversation.

Rule: owner and admins of a conversation make, turn and drop them; whoever knows the address writes. A webhook is no
member: it hears nothing, and outlasts the one who made it until it is dropped. The address is told once, and stored as
a hash. Each change and its record are one transaction.
"""

import asyncio

from msgspec.structs import replace

from teahouse.engine import ack, fresh
from teahouse.engine.attach import carries
from teahouse.engine.buckets import Buckets
from teahouse.engine.compose import Content, Via
from teahouse.engine.pipeline import Pipeline, lifetime
from teahouse.engine.review import plain
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access_manager
from teahouse.engine.session import Session
from teahouse.engine.store import Append
from teahouse.engine.stores import Stores
from teahouse.model import changes, commands
from teahouse.model.audit import Detail, Record
from teahouse.model.bots import Hook
from teahouse.model.changes import Audited
from teahouse.model.conversations import ConversationKind
from teahouse.model.entries import Draft, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick
from teahouse.model.programs import HookList, HookMade, HookRow
from teahouse.model.results import Done
from teahouse.ports.bots import Hooks

MOST = 20
"""Webhooks of one conversation."""


class Webhooks:
    """`posting` is how much each of them may post."""

    def __init__(self, stores: Stores, pipeline: Pipeline, rosters: Rosters, posting: Buckets) -> None:
        self._stores = stores
        self._pipeline = pipeline
        self._rosters = rosters
        self._posting = posting
        self._turn = asyncio.Lock()  # what is dropped is not stored again by who turns it at the same time

    @property
    def _hooks(self) -> Hooks:
        if self._stores.hooks is None:
            raise Problem(Code.UNAVAILABLE, "this server has no webhooks")
        return self._stores.hooks

    async def make(self, session: Session, command: commands.MakeHook) -> HookMade:
        roster = await self._managed(session, command.conversation)
        if roster.conversation.kind is ConversationKind.DIRECT:
            raise Problem(Code.BAD_REQUEST, "a direct conversation has no webhooks; make a group")
        if len(await self._hooks.of(command.conversation)) >= MOST:
            raise Problem(Code.CONFLICT, f"a conversation has at most {MOST} webhooks; drop one first")
        token, secret = fresh.hook_token()
        hook = Hook(
            fresh.hook_id(),
            command.conversation,
            check_nick(command.nick),
            session.identity.id,
            secret,
            self._stores.clock.now(),
            command.style,
            command.avatar,
            command.template,
        )
        await self._put(session, hook, "webhook.created")
        return HookMade(row_of(hook), token)

    async def of(self, session: Session, command: commands.ListHooks) -> HookList:
        await self._managed(session, command.conversation)
        return HookList(tuple(row_of(hook) for hook in await self._hooks.of(command.conversation)))

    async def turn(self, session: Session, command: commands.TurnHook) -> HookMade:
        token, secret = fresh.hook_token()
        async with self._turn:
            hook = await self._mine(session, command.conversation, command.hook)
            await self._put(session, replace(hook, secret=secret), "webhook.turned")
        return HookMade(row_of(hook), token)

    async def drop(self, session: Session, command: commands.DropHook) -> Done:
        async with self._turn:
            hook = await self._mine(session, command.conversation, command.hook)
            record = self._record(session, hook, "webhook.dropped")
            await self._stores.directory.apply([changes.DropHook(hook.id), Audited(record)])
        return Done()

    async def post(self, session: Session, command: commands.Post) -> None:
        """Write what came. The session is the webhook's own."""
        self._posting.take(command.hook, self._stores.clock.monotonic())
        hook = await self._hooks.hook(command.hook)
        roster = None if hook is None else await self._rosters.find(hook.conversation)
        if hook is None or roster is None or not roster.members:  # nobody is left who could drop it
            raise Problem(Code.NOT_FOUND, "there is no such webhook")
        spoken = self._pipeline.composer.body(command.text, command.body)
        review = self._pipeline.review
        if review is not None and review.wants(hook.conversation):
            said = await review.look(session.identity, hook.conversation, plain(spoken), cid=command.cid)
            command = command if said is None else replace(command, text=None, body=said)
        self._pipeline.submit(
            Append(self._draft(session, hook, roster, command), ack.sent, session, command.id)
        )

    def _draft(self, session: Session, hook: Hook, roster: Roster, command: commands.Post) -> Draft:
        if carries(command.body):
            raise Problem(Code.BAD_REQUEST, "a webhook has no files; give the address of one in the text")
        composer = self._pipeline.composer
        spoken = composer.body(command.text, command.body)
        sender = session.identity
        body, flag = self._pipeline.screening.look(hook.conversation, sender, spoken)
        mentions = composer.mentions(body, roster, hook.id)
        via = Via(hook.id, command.nick, command.avatar or hook.avatar)
        lasts, now = lifetime(roster), self._stores.clock.now()
        content = composer.encode(Content(body, mentions, expires_s=lasts, bot=True, webhook=via))
        return Draft(
            hook.conversation,
            Kind.MESSAGE,
            hook.id,
            hook.nick,
            now,
            content,
            command.cid,
            None,
            mentions,
            (
                *self._pipeline.screening.flagged(hook.conversation, sender, flag, content),
                *self._pipeline.jobs(roster, hook.id, now + lasts * 1000 if lasts else 0),
            ),
        )

    async def _managed(self, session: Session, conversation: str) -> Roster:
        roster = await self._rosters.load(conversation)
        access_manager(roster, session.identity)
        return roster

    async def _mine(self, session: Session, conversation: str, hook: str) -> Hook:
        """A webhook of this conversation: one of another is not there."""
        await self._managed(session, conversation)
        found = await self._hooks.hook(hook)
        if found is None or found.conversation != conversation:
            raise Problem(Code.NOT_FOUND, f"there is no webhook {hook[:80]!r} here")
        return found

    async def _put(self, session: Session, hook: Hook, action: str) -> None:
        record = self._record(session, hook, action)
        await self._stores.directory.apply([changes.PutHook(hook), Audited(record)])

    def _record(self, session: Session, hook: Hook, action: str) -> Record:
        details: dict[str, Detail] = {
            "conversation": hook.conversation,
            "nick": hook.nick,
            "style": hook.style,
        }
        now = self._stores.clock.now()
        return Record(now, session.identity.id, action, hook.id, session.peer, details)


def row_of(hook: Hook) -> HookRow:
    return HookRow(
        hook.id,
        hook.conversation,
        hook.nick,
        hook.creator,
        hook.created,
        hook.style,
        hook.avatar,
        hook.template,
    )
