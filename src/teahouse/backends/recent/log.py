"""MessageLog (ports/log.py) in front of another one: what is new is read from memory.

Most reads ask for the newest entries of a conversation, which were appended a moment ago. Rule: a tail begins when
the newest entries are asked for, follows every append in log order, and is let go when it is not asked for or when
anything fails. Only for a log in which nobody else writes: not where several nodes share a store, who would read what
the others had redacted or not yet written.

Made by app/compose.py.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from teahouse.backends.recent.tail import Tail
from teahouse.model.entries import Appended, Draft, Entry, entry_of
from teahouse.ports.log import MessageLog


class RecentLog:
    """`kept` is how many entries of a conversation stay, `most_bytes` what all tails together may take."""

    def __init__(self, log: MessageLog, kept: int = 200, most_bytes: int = 64 * 2**20) -> None:
        self._log = log
        self._kept = kept
        self._most_bytes = most_bytes
        self._tails: OrderedDict[str, Tail] = OrderedDict()
        self._loading: dict[str, list[Entry]] = {}
        self._bytes = 0

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        results = await self._log.append_many(drafts)
        if self._tails or self._loading:
            self._follow(drafts, results)
        return results

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        tail = self._tails.get(conversation)
        if tail is not None:
            self._tails.move_to_end(conversation)
            found = tail.read(after, upto, limit, newest)
            if found is not None:
                return found
        elif newest and limit <= self._kept and conversation not in self._loading:
            loaded = await self._load(conversation)
            found = None if loaded is None else loaded.read(after, upto, limit, newest)
            if found is not None:
                return found
        return await self._log.read(conversation, after, upto, limit, newest)

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        tail = self._tails.get(conversation)
        if tail is not None and seqs and min(seqs) >= tail.first:
            return tail.references(set(seqs))
        return await self._log.references(conversation, seqs)

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        return await self._log.heads(conversations)

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        try:
            await self._log.redact(conversation, seqs)
        finally:
            self.forget(conversation)

    async def expire_keys(self, before: int) -> int:
        try:
            return await self._log.expire_keys(before)
        finally:
            self.forget_all()

    def forget(self, conversation: str) -> None:
        """Read it from the log again."""
        self._loading.pop(conversation, None)
        tail = self._tails.pop(conversation, None)
        if tail is not None:
            self._bytes -= _weight(tail)

    def forget_all(self) -> None:
        for conversation in (*self._tails, *self._loading):
            self.forget(conversation)

    async def _load(self, conversation: str) -> Tail | None:
        """Begin a tail. What is appended meanwhile is put to it in the end; None if it was forgotten meanwhile."""
        meanwhile = self._loading[conversation] = []
        try:
            entries = await self._log.read(conversation, 0, 2**53, self._kept, newest=True)
            if self._loading.get(conversation) is not meanwhile:
                return None
        finally:
            if self._loading.get(conversation) is meanwhile:
                del self._loading[conversation]
        tail = Tail(entries, self._kept, entries[-1].seq if entries else 0)
        if not all(tail.put(entry) for entry in meanwhile):
            return None
        self._tails[conversation] = tail
        self._bytes += _weight(tail)
        self._shrink()
        return tail

    def _follow(self, drafts: Sequence[Draft], results: Sequence[Appended]) -> None:
        for draft, appended in zip(drafts, results, strict=True):
            if appended.duplicate or appended.conflict:
                continue
            conversation = draft.conversation
            if (meanwhile := self._loading.get(conversation)) is not None:
                meanwhile.append(entry_of(draft, appended.seq))
            if (tail := self._tails.get(conversation)) is not None:
                before = _weight(tail)
                fits = tail.put(entry_of(draft, appended.seq))
                self._bytes += _weight(tail) - before
                if not fits:
                    self.forget(conversation)
        self._shrink()

    def _shrink(self) -> None:
        while self._bytes > self._most_bytes and self._tails:
            self.forget(next(iter(self._tails)))


def _weight(tail: Tail) -> int:
    """About what a tail takes in memory."""
    return tail.size + 400 * (tail.head - tail.first + 1)
