"""What `append_many` writes: all drafts of a batch of calls, in one transaction (L1, L3-L6, L10).

Rule: whoever appends to a conversation holds its row of `log` until the commit, in the order of their names, so that
nodes wait for each other and seqs have no gap. Hopeful, only the keys of the batch itself are known, and the unique
index finds the others, so that the normal case reads nothing but the heads; careful, those that are stored are looked
up first. Called by appender.py.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.drafts import repeated
from teahouse.backends.kinds import EDIT, MESSAGE, PIN
from teahouse.backends.sql import changes, entrance, redactions
from teahouse.backends.sql.additions import add
from teahouse.backends.sql.heads import Head, lock
from teahouse.backends.sql.rows import COLUMNS, entry_from, row_of
from teahouse.backends.sql.standing import read
from teahouse.backends.sql.tables.log import entry, mention, pin
from teahouse.backends.standing import Standing, Wanted, expects, is_governing
from teahouse.model.changes import Change, Expect, UseLink, placed
from teahouse.model.entries import JUDGED, Appended, Draft, Entry, Kind, Refusal, entry_of

Key = tuple[str, str, str | None]


async def append(
    connection: AsyncConnection, calls: Sequence[Sequence[Draft]], careful: bool
) -> list[list[Appended]]:
    """One list of answers a call. IntegrityError, hopeful, if a key is taken already."""
    drafts = [draft for call in calls for draft in call]
    heads = await lock(connection, sorted({draft.conversation for draft in drafts}))
    batch = _Batch(connection, heads, drafts)
    if careful:
        await batch.learn(drafts)
    answers = [[await batch.append(draft) for draft in call] for call in calls]
    await batch.write()
    return answers


class _Batch:
    """The rows that one transaction will add."""

    def __init__(self, connection: AsyncConnection, heads: dict[str, Head], drafts: Sequence[Draft]) -> None:
        self._connection = connection
        self._heads = heads
        self._drafts = drafts
        self._standing: Standing | None = None
        self._stored: list[tuple[Draft, int]] = []
        self._firsts: dict[Key, Entry] = {}
        self._entries: list[dict[str, Any]] = []
        self._mentions: list[dict[str, Any]] = []
        self._pins: list[dict[str, Any]] = []
        self._changes: list[Change] = []
        self._recalls: list[tuple[str, int, int, int]] = []
        self._grown: set[str] = set()
        self._news: list[dict[str, Any]] = []

    async def learn(self, drafts: Sequence[Draft]) -> None:
        """Which keys of the drafts are stored. One by one, for this is rare and each is found by the index."""
        for key in sorted({(d.conversation, d.sender, d.cid) for d in drafts if d.cid is not None}):
            conversation, sender, cid = key
            stored = select(*COLUMNS).where(
                entry.c.log == self._heads[conversation].log, entry.c.sender == sender, entry.c.cid == cid
            )
            row = (await self._connection.execute(stored)).first()
            if row is not None:
                self._firsts[key] = entry_from(conversation, row)

    async def append(self, draft: Draft) -> Appended:
        head = self._heads[draft.conversation]
        seq = head.last + 1
        key = (draft.conversation, draft.sender, draft.cid)
        first = None if draft.cid is None else self._firsts.get(key)
        if first is not None:
            return repeated(first, draft)
        if (refusal := await self._refusal(draft, head)) is not None:
            return await self._refused(draft, refusal)
        if draft.cid is not None:
            self._firsts[key] = entry_of(draft, seq)
        head.last = seq
        self._grown.add(draft.conversation)
        self._add(draft, head, seq)
        return Appended(seq, draft.at)

    async def _refusal(self, draft: Draft, head: Head) -> Refusal | None:
        """Why the draft cannot be stored now (L10, L11). Who was judged by all that governs need not be looked up."""
        outdated = draft.judged != JUDGED and draft.judged < head.placed
        if outdated or (draft.changes and expects(draft.changes)):
            if self._standing is None:
                self._standing = await read(self._connection, Wanted(self._drafts))
                for stored, seq in self._stored:
                    self._standing.store(stored, seq)
            if (refusal := self._standing.refusal(draft)) is not None:
                return refusal
        return None if await self._admits(draft) else Refusal.LINK

    async def _refused(self, draft: Draft, refusal: Refusal) -> Appended:
        """But what is stored already is answered so (L4), which a hopeful batch does not know yet."""
        if draft.cid is not None:
            await self.learn([draft])
            if (first := self._firsts.get((draft.conversation, draft.sender, draft.cid))) is not None:
                return repeated(first, draft)
        return Appended(0, draft.at, conflict=True, refused=refusal)

    async def _admits(self, draft: Draft) -> bool:
        """Whether all that must hold for the changes does, and then it is done (L10)."""
        uses = [change for change in draft.changes if isinstance(change, UseLink)]
        if not uses:
            return True
        async with self._connection.begin_nested() as nested:
            for change in uses:
                if not await entrance.use(self._connection, change):
                    await nested.rollback()
                    return False
        return True

    def _add(self, draft: Draft, head: Head, seq: int) -> None:
        number = head.log
        row = row_of(draft, number, seq)
        self._entries.append(row)
        self._mentions += [
            {"log": number, "seq": seq, "user": user} for user in dict.fromkeys(draft.mentions)
        ]
        if row["kind"] == MESSAGE:
            self._news.append({"log": number, "seq": seq})
        elif row["kind"] == EDIT and draft.ref is not None:
            self._news.append({"log": number, "seq": draft.ref})
        if row["kind"] == PIN:
            self._pins.append({"log": number, "ref": draft.ref, "seq": seq})
        if draft.kind is Kind.RECALL and draft.ref is not None:
            self._recall(draft.conversation, draft.ref)
            self._recalls.append((draft.conversation, number, draft.ref, seq))
        changed = [
            placed(change, seq) for change in draft.changes if not isinstance(change, UseLink | Expect)
        ]
        if any(map(is_governing, changed)):
            head.placed = seq
        if self._standing is not None:
            self._standing.store(draft, seq)
        self._stored.append((draft, seq))
        self._changes += changed

    def _recall(self, conversation: str, ref: int) -> None:
        """Entry `ref` and its edits count as equal to whatever repeats them."""
        for key, first in self._firsts.items():
            edit = first.kind is Kind.EDIT and first.ref == ref
            if first.conversation == conversation and (first.seq == ref or edit):
                self._firsts[key] = replace(first, redacted=True)

    async def write(self) -> None:
        if self._entries:
            heads = [(name, self._heads[name]) for name in self._grown]
            grown = [
                {"id": head.log, "conversation": name, "last": head.last, "placed": head.placed}
                for name, head in heads
            ]
            await add(self._connection, self._entries, grown, self._news)
        for table, rows in ((mention, self._mentions), (pin, self._pins)):
            if rows:
                await self._connection.execute(insert(table), rows)
        await changes.apply(self._connection, self._changes)
        for conversation, number, ref, seq in self._recalls:  # last: they erase what the others wrote
            await redactions.recall(self._connection, conversation, number, (ref, seq))
