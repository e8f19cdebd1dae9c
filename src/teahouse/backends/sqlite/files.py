"""Files and Leftovers (ports/files.py) in SQLite. Postings are written by changes.py, and erased by append.py."""

from collections.abc import Sequence

import apsw

from teahouse.backends.allowance import refusal
from teahouse.backends.sqlite.reader import Readers, Row
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.errors import Problem
from teahouse.model.files import Allowance, File, FileState, Posting
from teahouse.model.ids import LOBBY

_CODES = {FileState.UPLOADING: 0, FileState.READY: 1, FileState.GONE: 2}
"""What stands in `file.state`. Files hold these numbers: none may ever change or be used again."""
_STATES = {code: state for state, code in _CODES.items()}

_COLUMNS = ("id", "owner", "name", "size", "created", "mime", "sha256", "width", "height", "state", "expires")
_FILE = f"SELECT {', '.join(_COLUMNS)} FROM file WHERE id = ? AND state < 2"  # noqa: S608
_OWNED = f"""
SELECT {", ".join(_COLUMNS)} FROM file INDEXED BY file_of
WHERE owner = ?1 AND state < 2 AND state = 1 AND (?2 = '' OR id < ?2) ORDER BY id DESC LIMIT ?3
"""  # noqa: S608 - made of constants
_BEGIN = Insert("file", _COLUMNS)
_USAGE = """
SELECT owner, sum(size), count(*) FILTER (WHERE state = 0) FROM file
WHERE state < 2 AND owner IN (SELECT value FROM json_each(?)) GROUP BY owner
"""
_FINISH = """
UPDATE file SET state = 1, expires = 0, size = ?2, mime = ?3, sha256 = ?4, width = ?5, height = ?6
WHERE id = ?1 AND state = 0
"""
_DROP = "UPDATE file SET state = 2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM posting WHERE file = ?1)"
_RELEASE = """
UPDATE file SET state = 2 WHERE id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM posting WHERE file = file.id)
    AND NOT EXISTS (SELECT 1 FROM account WHERE account.user = file.owner AND avatar = file.id)
    AND NOT EXISTS (SELECT 1 FROM conversation WHERE avatar = file.id AND avatar <> '')
"""
_POSTINGS = """
SELECT log.conversation, seq FROM posting INDEXED BY posting_of
JOIN log ON log.id = posting.log
WHERE file = ?1 AND (log.conversation = ?3 OR EXISTS (
    SELECT 1 FROM member WHERE member.conversation = log.conversation AND user = ?2
))
ORDER BY 1, 2
"""
_DOOMED = """
SELECT id FROM file WHERE state = 2
UNION
SELECT id FROM file WHERE state = 0 AND expires <= ?
ORDER BY 1 LIMIT ?
"""
_FORGET = "DELETE FROM file WHERE state = 2 AND id IN (SELECT value FROM json_each(?))"


class SqliteFiles:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def file(self, file: str) -> File | None:
        rows = await self._readers.query(_FILE, (file,))
        return _file(rows[0]) if rows else None

    async def begin(self, file: File, allowance: Allowance) -> None:
        refusal = await self._writer.submit(plan_begin, (file, allowance))
        if refusal is not None:
            raise refusal

    async def finish(self, file: File) -> bool:
        return await self._writer.submit(plan_finish, file)

    async def drop(self, file: str) -> bool:
        return await self._writer.submit(plan_drop, file)

    async def release(self, files: Sequence[str]) -> None:
        await self._writer.submit(plan_release, files, len(files))

    async def postings(self, file: str, user: str) -> list[Posting]:
        return [Posting(*row) for row in await self._readers.query(_POSTINGS, (file, user, LOBBY))]

    async def owned(self, owner: str, before: str, limit: int) -> list[File]:
        return [_file(row) for row in await self._readers.query(_OWNED, (owner, before, limit))]

    async def doomed(self, now: int, limit: int) -> Sequence[str]:
        return [file for (file,) in await self._readers.query(_DOOMED, (now, limit))]

    async def forget(self, files: Sequence[str]) -> None:
        await self._writer.submit(plan_forget, files, len(files))


def _file(row: Row) -> File:
    return File(**{**dict(zip(_COLUMNS, row, strict=True)), "state": _STATES[row[9]]})


Begin = tuple[File, Allowance]


def plan_begin(
    database: apsw.Connection, requests: Sequence[Begin], careful: bool
) -> tuple[list[Statement], list[Problem | None]]:
    """A Planner (writer.py). Refusals are results and not raised: a batch is not to be repeated for them (F1)."""
    used = dict.fromkeys({file.owner for file, _ in requests}, (0, 0))
    for owner, size, uploads in database.execute(_USAGE, (as_json(used),)):
        used[owner] = (size, uploads)
    rows: list[Value] = []
    results: list[Problem | None] = []
    for file, allowance in requests:
        size, uploads = used[file.owner]
        results.append(refusal(allowance, uploads, size, file.size))
        if results[-1] is None:
            used[file.owner] = (size + file.size, uploads + 1)
            rows += (file.id, file.owner, file.name, file.size, file.created, file.mime, file.sha256)
            rows += (file.width, file.height, _CODES[file.state], file.expires)
    return _BEGIN.of(rows), results


def plan_finish(
    database: apsw.Connection, requests: Sequence[File], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (F2)."""
    open_ = _in_state(database, [f.id for f in requests], "state = 0")
    results = [file.id in open_ for file in requests]
    rows = [(f.id, f.size, f.mime, f.sha256, f.width, f.height) for f in requests if f.id in open_]
    return [Statement(_FINISH, row) for row in rows], results


def plan_drop(
    database: apsw.Connection, requests: Sequence[str], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (F4). An entry of the same batch may carry the file yet: the statement looks again."""
    free = _in_state(database, requests, "NOT EXISTS (SELECT 1 FROM posting WHERE file = file.id)")
    return [Statement(_DROP, (file,)) for file in requests if file in free], [f in free for f in requests]


def plan_forget(
    database: apsw.Connection, requests: Sequence[Sequence[str]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (E2)."""
    return [Statement(_FORGET, (as_json(files),)) for files in requests], [None] * len(requests)


def plan_release(
    database: apsw.Connection, requests: Sequence[Sequence[str]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (E3)."""
    return [Statement(_RELEASE, (as_json(files),)) for files in requests], [None] * len(requests)


def _in_state(database: apsw.Connection, files: Sequence[str], condition: str) -> set[str]:
    sql = f"SELECT id FROM file WHERE id IN (SELECT value FROM json_each(?)) AND {condition}"  # noqa: S608
    return {file for (file,) in database.execute(sql, (as_json(files),))}
