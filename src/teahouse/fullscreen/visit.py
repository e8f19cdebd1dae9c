"""Visit: one person's stay, from login to goodbye: what the server tells goes in, what is known comes out.

Rule: no screen. All state that is shown is here and in what it holds; `changed` is called, in the same turn of the
event loop, whenever something of it is different. What the person does goes through deeds.py. Made by program.py.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from teahouse.client import Client, Event, LogEvent, Problem
from teahouse.client.account import Login
from teahouse.client.outbox import Outbox, Outgoing
from teahouse.fullscreen.talks import Marks, People, Talk, Talks
from teahouse.fullscreen.transcript import Transcript
from teahouse.model import commands, events
from teahouse.model.people import Person
from teahouse.model.programs import CommandList, CommandRow
from teahouse.model.receipts import ReceiptList
from teahouse.model.results import MemberPage, MemberRow, OnlineList

PAGE = 60
FAR_BACK = 20  # pages of 200 that are loaded at most to get to one message

_TYPING_S = 6.5  # when nothing more is heard, somebody stopped
_CONFIRM_S = 1.0  # what comes within so long is confirmed at once
_STALE_S = 0.3  # so long several reasons to ask for the list are gathered
_FOREVER = 2**53


class Visit:
    """`here` is the conversation before the person's eyes, or `@nick` for a direct one that has no message yet;
    `watching`: they look at its newest messages. `note` is a sentence for them."""

    def __init__(self, client: Client, login: Login | None, changed: Callable[[], None]) -> None:
        user = client.welcome.user
        self.client = client
        self.login = login
        self.me = Person(user.id, user.nick)
        self.talks = Talks(self.me)
        self.people = People()
        self.marks = Marks()
        self.outbox = Outbox(client, self._acknowledged)
        self.here = ""
        self.watching = True
        self.connected = True
        self.notice: Callable[[str, str], None] = lambda code, text: None
        self._changed = changed
        self._transcripts: dict[str, Transcript] = {}
        self._typing: dict[str, dict[str, float]] = {}
        self._members: dict[str, tuple[MemberRow, ...]] = {}
        self._slash: dict[str, tuple[CommandRow, ...]] = {}
        self._errands: set[asyncio.Task[None]] = set()
        self._refreshing: asyncio.Task[None] | None = None
        self._read_asked: dict[str, int] = {}
        self._received: dict[str, int] = {}

    async def start(self) -> None:
        """Learn what there is."""
        await self._refresh()

    async def listen(self) -> None:
        """Hear everything until the server or the person ends it. Dismissed or Problem when the server does."""
        async for event in self.client.events():
            self._heard(event)
            self._changed()

    async def close(self, patience_s: float) -> list[Outgoing]:
        """Wait a moment for what is on its way; gives what was not sent."""
        left = await self.outbox.drain(patience_s if self.connected else 0)
        for task in (*self._errands, *filter(None, [self._refreshing])):
            task.cancel()
        await self.client.close()
        return left

    # --- what is known ----------------------------------------------------------------------------------

    @property
    def talk(self) -> Talk | None:
        """The conversation the person is in."""
        return self.talks.get(self.here)

    def transcript(self, conversation: str) -> Transcript:
        found = self._transcripts.get(conversation)
        if found is None:
            found = self._transcripts[conversation] = Transcript(conversation, self.me)
        return found

    def members(self) -> tuple[MemberRow, ...]:
        """Who is here, as far as was asked; in the lobby, those who are connected."""
        if self.here == self.client.welcome.lobby:
            online = self.people.online()
            return tuple(MemberRow(u, self.people.nick(u), "member", self.people.status(u)) for u in online)
        return self._members.get(self.here, ())

    def slash(self) -> tuple[CommandRow, ...]:
        """The server's and the bots' commands here."""
        return self._slash.get(self.here, ())

    def typing(self) -> list[str]:
        """The nicks of those who are writing here now."""
        now = time.monotonic()
        writing = self._typing.get(self.here, {})
        return [self.people.nick(user) for user, until in writing.items() if until > now]

    def nicks(self) -> list[str]:
        """Whom one may want to mention here: members and those who wrote."""
        found = {row.nick: None for row in self.members()}
        found |= {line.sender.nick: None for line in self.transcript(self.here).lines()}
        talk = self.talk
        if talk is not None and talk.peer is not None:
            found[talk.peer.nick] = None
        found.pop(self.me.nick, None)
        return sorted(found, key=str.casefold)

    # --- coming into a conversation ---------------------------------------------------------------------

    async def open(self, conversation: str) -> None:
        """Put this conversation before the person's eyes."""
        self.here = conversation
        transcript, talk = self.transcript(conversation), self.talk
        if talk is not None:
            transcript.unread_from = talk.read_seq if talk.unread else 0
            transcript.unread_until = talk.last_seq
        self._changed()
        if not transcript.loaded and talk is not None:
            await self.load(conversation)
        if talk is not None:
            self.errand(self._look_around(conversation))

    async def load(self, conversation: str) -> None:
        """The newest page, unless it is here."""
        transcript = self.transcript(conversation)
        if transcript.loaded:
            return
        page = await self.client.history(conversation, limit=PAGE, quotes=True)
        self._learn(page.entries)
        transcript.page(page.entries, page.more)
        self._changed()

    async def older(self, conversation: str, limit: int = PAGE) -> bool:
        """Load the page before what is loaded; false if that was all."""
        transcript = self.transcript(conversation)
        if not transcript.loaded or not transcript.more:
            return False
        page = await self.client.history(conversation, before=transcript.first, limit=limit, quotes=True)
        self._learn(page.entries)
        transcript.page(page.entries, page.more and bool(page.entries))
        self._changed()
        return bool(page.entries)

    async def back_to(self, conversation: str, seq: int) -> bool:
        """Load until this message is here; false if it is too far back."""
        await self.load(conversation)
        transcript = self.transcript(conversation)
        for _ in range(FAR_BACK):
            if transcript.first <= seq or not transcript.more:
                break
            await self.older(conversation, 200)
        return transcript.first <= seq

    def seen(self, seq: int) -> None:
        """The person has everything up to `seq` before their eyes: the others may know."""
        talk = self.talk
        if talk is None or (seq <= talk.read_seq and not talk.unread) or not self.connected:
            return
        if self._read_asked.get(talk.conversation, 0) < seq:
            self._read_asked[talk.conversation] = seq
            self.errand(self._read(talk.conversation, seq))

    def errand(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside; when it fails, nobody needs to know."""

        async def run() -> None:
            try:
                await work
            except (Problem, OSError):
                return
            self._changed()

        task = asyncio.create_task(run())
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _read(self, conversation: str, seq: int) -> None:
        try:
            done = await self.client.read(conversation, seq)
        except OSError:
            self._read_asked.pop(conversation, None)
            raise
        self.talks.read(conversation, done.seq, done.unread, done.mentions)

    def _confirm(self, event: LogEvent) -> None:
        """This device has the message: its sender may know, also where nobody has read it yet."""
        if event.sender.id == self.me.id or event.conversation == self.client.welcome.lobby:
            return
        if not self._received:
            self.errand(self._confirm_soon())
        self._received[event.conversation] = event.seq

    async def _confirm_soon(self) -> None:
        await asyncio.sleep(_CONFIRM_S)
        received, self._received = self._received, {}
        await self.client.request(commands.Delivered(cursors=received), dict)  # else the next hello does

    async def _look_around(self, conversation: str) -> None:
        """Who is here, what may be said after a slash, and how far they have read."""
        page = await self.client.request(commands.Members(conversation=conversation, limit=200), MemberPage)
        self._members[conversation] = page.members
        for row in page.members:
            self.people.presence(row.id, row.status, row.nick)
        self._changed()
        listed = await self.client.request(commands.Slash(conversation=conversation), CommandList)
        self._slash[conversation] = listed.commands
        if conversation != self.client.welcome.lobby:
            asked = commands.Receipts(conversation=conversation)
            for mark in (await self.client.request(asked, ReceiptList)).receipts:
                self.marks.receipt(conversation, mark.user, mark.delivered, mark.read)

    # --- the list ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the list, soon and once."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh_soon())

    async def _refresh_soon(self) -> None:
        await asyncio.sleep(_STALE_S)
        try:
            await self._refresh()
        except (Problem, OSError):
            return  # the next connection asks again
        self._changed()

    async def _refresh(self) -> None:
        listing = await self.client.conversations()
        self.talks.listed(listing.conversations)
        self.people.met(*(listed.peer for listed in listing.conversations if listed.peer is not None))
        online = await self.client.request(commands.Online(), OnlineList)
        self.people.forget_presence()
        for user in online.users:
            self.people.presence(user.id, user.status, user.nick)

    # --- what the server tells --------------------------------------------------------------------------

    def _heard(self, event: Event) -> None:
        match event:
            case LogEvent():
                self._happened(event)
            case events.Ephemeral():
                self.people.met(event.sender)
                transcript = self.transcript(event.conversation)
                transcript.ephemeral(f"e{event.at}{event.sender.id}", event.sender, event.at, event.body)
            case events.Stream():
                self.transcript(event.conversation).stream(event)
            case events.Receipt() if event.user == self.me.id:
                self.refresh()  # read on another device
            case events.Receipt():
                self.marks.receipt(event.conversation, event.user, event.delivered, event.read)
            case events.Typing():
                until = time.monotonic() + _TYPING_S if event.on else 0
                self._typing.setdefault(event.conversation, {})[event.user] = until
            case events.Presence():
                self.people.presence(event.user, event.status, event.nick)
            case events.Hidden():
                self.transcript(event.conversation).hide(event.seqs)
                self.refresh()
            case events.Cleared():
                self.transcript(event.conversation).clear(event.upto)
                self.refresh()
            case events.Membership():
                self.refresh()
            case events.Notice():
                self._noticed(event)

    def _noticed(self, event: events.Notice) -> None:
        match event.code:
            case "disconnected":
                self.connected = False
                self._typing.clear()
            case "connected":
                self.connected = True
                self._become()
                self._read_asked.clear()
                self.refresh()
                if self.here in self._transcripts and self.talk is not None:
                    self.errand(self.load(self.here))
        self.notice(event.code, event.text)

    def _become(self) -> None:
        """Who one is may have changed its nick."""
        user = self.client.welcome.user
        self.me = Person(user.id, user.nick)
        for transcript in self._transcripts.values():
            transcript.me = self.me

    def _happened(self, event: LogEvent) -> None:
        self._learn((event,))
        conversation, watched = event.conversation, event.conversation == self.here and self.watching
        transcript = self._transcripts.get(conversation)
        talk = self.talks.get(conversation)
        if event.ev == "message":
            self._confirm(event)
        fresh = event.ev == "message" and event.sender.id != self.me.id and not watched
        if fresh and transcript is not None and talk is not None and not talk.unread:
            transcript.unread_from, transcript.unread_until = event.seq - 1, _FOREVER
        self.talks.event(event, watched)
        if transcript is not None:
            transcript.event(event)
            if conversation != self.here or self.watching:
                transcript.trim()
        self._typing.get(conversation, {}).pop(event.sender.id, None)
        if event.ev == "member":
            self._members.pop(conversation, None)
            if conversation == self.here:
                self.errand(self._look_around(conversation))
        if self.talks.stale:
            self.refresh()

    def _learn(self, entries: tuple[LogEvent, ...]) -> None:
        for entry in entries:
            self.people.met(entry.sender)
            if entry.user is not None:
                self.people.met(entry.user)

    def _acknowledged(self, outgoing: Outgoing) -> None:
        """One's own message was stored, or refused."""
        sent = outgoing.sent
        transcript = self.transcript(outgoing.to)
        if sent is not None:
            if sent.conversation != outgoing.to:
                transcript = self._settle(outgoing.to, sent.conversation)
            self.talks.sent(sent.conversation, sent.seq, sent.at)
            if self.talks.stale:
                self.refresh()
        transcript.answered(outgoing)
        self._changed()

    def _settle(self, to: str, conversation: str) -> Transcript:
        """The first message to `@nick` was stored: the conversation has an id now."""
        there = self.transcript(conversation)
        provisional = self._transcripts.pop(to, None)
        if provisional is not None:
            for line in provisional.lines():
                if line.outgoing is not None:
                    there.put(line.outgoing)
        if self.here == to:
            self.here = conversation
        self.errand(self.load(conversation))
        return there
