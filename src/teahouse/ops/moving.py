"""Moving: a whole installation from one store to another, kind by kind, page by page, and looked at afterwards.

Rule: a page is noted in the ledger, a file, after it is durable in the new store; a move that was interrupted goes on
from there, and a page that was put but not noted is put again, which changes nothing (Z2). Nothing is written to the
old store. When all is there the new store is read again, whole: rows and checksums of each kind must be those of the
old one. Called by app/migrate.py.
"""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from teahouse.model.archive import Kind, Row, Sum
from teahouse.ports.archive import Archive

PAGE = 1000

Told = Callable[[str, int, int], None]
"""Told of a kind how many of its rows are done, and how many there are."""


class CannotMove(Exception):
    """Why, and what to do."""


class Part(Struct):
    """How far one kind is. `place` is where its last page ended, as hexadecimal digits."""

    sum: Sum
    place: str = ""
    done: bool = False


class Ledger(Struct):
    """What was moved so far, from which store to which."""

    source: str
    target: str
    parts: dict[str, Part]

    @classmethod
    def open(cls, file: Path, source: str, target: str) -> "Ledger":
        """The ledger in `file`, or a new one. CannotMove if it is of another move."""
        if not file.exists():
            return cls(source, target, {})
        try:
            ledger = msgspec.json.decode(file.read_bytes(), type=cls)
        except msgspec.MsgspecError as error:
            raise CannotMove(f"{file} is no ledger of a move: {error}") from error
        if (ledger.source, ledger.target) != (source, target):
            raise CannotMove(
                f"{file} is the ledger of a move from {ledger.source} to {ledger.target}; "
                "finish that, or name another file with --ledger"
            )
        return ledger

    def save(self, file: Path) -> None:
        """Durable, whole or not at all."""
        new = file.with_name(file.name + ".new")
        with new.open("wb") as writing:
            writing.write(msgspec.json.encode(self))
            writing.flush()
            os.fsync(writing.fileno())
        new.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Move:
    def __init__(self, source: Archive, target: Archive, ledger: Ledger, file: Path) -> None:
        self._source = source
        self._target = target
        self._ledger = ledger
        self._file = file

    async def check(self) -> None:
        """CannotMove unless the new store can take all kinds, and has nothing but what this move put there."""
        missing = {k.name for k in self._source.kinds} - {k.name for k in self._target.kinds}
        if missing:
            raise CannotMove(f"the new store does not keep: {', '.join(sorted(missing))}")
        for kind in self._target.kinds:
            if kind.name not in self._ledger.parts and await self._target.count(kind):
                raise CannotMove(
                    f"the new store is not empty (it has rows of kind {kind.name}); "
                    "give an empty one, or the ledger of the move that began it"
                )

    async def run(self, told: Told) -> None:
        """Move what is not moved yet."""
        for kind in self._source.kinds:
            part = self._ledger.parts.get(kind.name)
            if part is None:
                part = self._ledger.parts[kind.name] = Part(Sum())
                self._ledger.save(self._file)  # before the first row: what is there from now on is ours
            if not part.done:
                await self._move(kind, part, told)

    async def _move(self, kind: Kind, part: Part, told: Told) -> None:
        total = await self._source.count(kind)
        place = bytes.fromhex(part.place) or None
        while True:
            rows, place = await self._source.page(kind, place, PAGE)
            if rows:
                await self._target.put(kind, rows)
            part.sum.add(rows)
            part.place, part.done = (place or b"").hex(), place is None
            self._ledger.save(self._file)
            told(kind.name, part.sum.rows, total)
            if place is None:
                return

    async def verify(self, told: Told) -> None:
        """Read the new store, whole. CannotMove names the first kind that is not what was read from the old one."""
        for kind in self._source.kinds:
            wanted = self._ledger.parts[kind.name].sum
            found = await added(self._target, kind, told, wanted.rows)
            if found != wanted:
                raise CannotMove(
                    f"{kind.name}: {wanted.rows} rows with checksum {wanted.digest} were read, "
                    f"{found.rows} with {found.digest} are in the new store"
                )


async def added(archive: Archive, kind: Kind, told: Told, total: int) -> Sum:
    """The sum of all rows of a kind."""
    found, place = Sum(), None
    while True:
        rows: list[Row]
        rows, place = await archive.page(kind, place, PAGE)
        found.add(rows)
        told(kind.name, found.rows, total)
        if place is None:
            return found
