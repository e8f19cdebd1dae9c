"""Talks: the list of one's conversations, and the people in it, as they are now.

Rule: no screen and no network. The server's list is the truth; between two lists what happens is counted on, and
whatever cannot be counted (a recall, what was read elsewhere) asks for a new one. Filled by visit.py.
"""

from collections.abc import Iterable

from teahouse.client import LogEvent
from teahouse.client.messages import Listed
from teahouse.model.ids import EVERYBODY, fold_nick
from teahouse.model.people import Person


class Talk:
    """One conversation of the list. `last_at` and `last_text` are of its latest message."""

    def __init__(self, listed: Listed) -> None:
        self.conversation = listed.conversation
        self.kind = listed.kind
        self.title = listed.title or listed.conversation
        self.role = listed.role
        self.last_seq = listed.last_seq
        self.read_seq = listed.read_seq
        self.unread = listed.unread
        self.mentions = listed.mentions
        self.pinned = listed.pinned
        self.muted = listed.muted
        self.archived = listed.archived
        self.peer = listed.peer
        self.last_at = listed.last_message.at if listed.last_message is not None else 0

    @property
    def direct(self) -> bool:
        return self.kind == "direct"


class Talks:
    """`stale`: the server should be asked for the list anew."""

    def __init__(self, me: Person) -> None:
        self.me = me
        self.stale = True
        self._talks: dict[str, Talk] = {}

    def get(self, conversation: str) -> Talk | None:
        return self._talks.get(conversation)

    def listed(self, listing: Iterable[Listed]) -> None:
        """The list as the server has it."""
        before = self._talks
        self._talks = {listed.conversation: Talk(listed) for listed in listing}
        for conversation, talk in self._talks.items():
            if talk.last_at == 0 and conversation in before:
                talk.last_at = before[conversation].last_at
        self.stale = False

    def shown(self, filtered_by: str = "") -> list[Talk]:
        """In the order of the list: pinned first, then the latest; of a title only those that have these letters."""
        wanted = fold_nick(filtered_by.strip())
        found = [talk for talk in self._talks.values() if wanted in fold_nick(talk.title)]
        visible = [talk for talk in found if wanted or not talk.archived or talk.unread]
        return sorted(visible, key=lambda talk: (not talk.pinned, -talk.last_at, fold_nick(talk.title)))

    def named(self, name: str) -> Talk | None:
        """The conversation with this id, title or, as `@nick`, person."""
        if name in self._talks:
            return self._talks[name]
        wanted, direct = fold_nick(name.removeprefix("@").removeprefix("#")), name.startswith("@")
        for talk in self.shown():
            if fold_nick(talk.title) == wanted and (talk.direct or not direct):
                return talk
        return None

    def event(self, event: LogEvent, seen: bool) -> None:
        """Something happened in a conversation; `seen`: the person has it before their eyes."""
        talk = self._talks.get(event.conversation)
        if talk is None:
            self.stale = True
            return
        new = event.seq > talk.last_seq
        talk.last_seq = max(talk.last_seq, event.seq)
        match event.ev:
            case "message":
                talk.last_at = max(talk.last_at, event.at)
                if event.sender.id == self.me.id:
                    self._read(talk, event.seq)
                elif new and not seen:
                    talk.unread += 1
                    talk.mentions += self.me.id in event.mentions or EVERYBODY in event.mentions
            case "recall" if talk.unread:
                self.stale = True
            case "conversation" | "member":
                self._changed(talk, event)

    def read(self, conversation: str, seq: int, unread: int = 0, mentions: int = 0) -> None:
        """What the server says to `read`."""
        talk = self._talks.get(conversation)
        if talk is not None:
            talk.read_seq = max(talk.read_seq, seq)
            talk.unread, talk.mentions = unread, mentions

    def sent(self, conversation: str, seq: int, at: int) -> None:
        """One's own message was stored."""
        talk = self._talks.get(conversation)
        if talk is None:
            self.stale = True
            return
        talk.last_seq, talk.last_at = max(talk.last_seq, seq), max(talk.last_at, at)
        self._read(talk, seq)

    def _read(self, talk: Talk, seq: int) -> None:
        """Who writes has read what was before."""
        talk.read_seq = max(talk.read_seq, seq)
        talk.unread = talk.mentions = 0

    def _changed(self, talk: Talk, event: LogEvent) -> None:
        if event.ev == "conversation" and event.title and not talk.direct:
            talk.title = event.title
        gone = event.dissolved or (
            event.user is not None
            and event.user.id == self.me.id
            and event.change in ("left", "kicked", "banned")
        )
        if gone:
            self.stale = True


class People:
    """Whom one has heard of: nicks and states by user id. What is not known is offline."""

    def __init__(self) -> None:
        self._nicks: dict[str, str] = {}
        self._status: dict[str, str] = {}

    def met(self, *people: Person) -> None:
        for person in people:
            self._nicks[person.id] = person.nick

    def presence(self, user: str, status: str, nick: str = "") -> None:
        self._status[user] = status
        if nick:
            self._nicks[user] = nick

    def nick(self, user: str) -> str:
        return self._nicks.get(user, "?")

    def status(self, user: str) -> str:
        return self._status.get(user, "offline")

    def online(self) -> list[str]:
        """The ids of those who are here."""
        return [user for user, status in self._status.items() if status != "offline"]

    def forget_presence(self) -> None:
        self._status.clear()


class Marks:
    """How far the others have received and read, by conversation and user. `revision` rises with each change."""

    def __init__(self) -> None:
        self.revision = 0
        self._delivered: dict[str, dict[str, int]] = {}
        self._read: dict[str, dict[str, int]] = {}

    def receipt(self, conversation: str, user: str, delivered: int, read: int) -> None:
        """Keeps the larger of old and new."""
        self.revision += 1
        for marks, seq in ((self._delivered, max(delivered, read)), (self._read, read)):
            of = marks.setdefault(conversation, {})
            of[user] = max(of.get(user, 0), seq)

    def delivered(self, conversation: str, seq: int) -> int:
        """How many have received the message."""
        return sum(mark >= seq for mark in self._delivered.get(conversation, {}).values())

    def read(self, conversation: str, seq: int) -> int:
        """How many have read it."""
        return sum(mark >= seq for mark in self._read.get(conversation, {}).values())
