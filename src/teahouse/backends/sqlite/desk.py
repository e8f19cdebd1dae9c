"""The desk (ports/desk.py) in SQLite.

Rule: whether a row follows the one it was made from is decided on the writer's thread, in the transaction that writes
it, for all kinds of rows by one planner: so requests of one batch see one another. What the tables forbid (a second
open ticket, a key twice) fails alone, and is a no, too.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import apsw

from teahouse.backends.desk import PAPERS, TABLES, Fields, Kept, event_row, made_of, paper_row, row_of
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.desk import Agent, Paper, Step, Team, Ticket, TicketEvent, TicketQuery, Visitor

P = TypeVar("P", bound=Paper)

_LABELS = (
    "DELETE FROM desk_label WHERE ticket = ?",
    "INSERT INTO desk_label (ticket, label) SELECT ?, value FROM json_each(?)",
)
_LATEST = "SELECT body FROM desk_ticket WHERE conversation = ? ORDER BY open IS NULL, id DESC LIMIT 1"
_DUE = "SELECT body FROM desk_ticket WHERE due <= ? ORDER BY due, id LIMIT ?"
_EVENTS = """
SELECT ticket, number, at, kind, by, text FROM desk_event WHERE ticket = ? AND number > ? ORDER BY number LIMIT ?
"""


class Writes:
    """Rows to be written, all or none (S1, S2), and what goes with them."""

    def __init__(self, kept: Iterable[Kept], steps: Sequence[Step] = ()) -> None:
        self.kept = tuple(kept)
        self.rest: list[Statement] = []
        for step in steps:
            ticket = step.ticket
            self.rest.append(_insert("desk_event", event_row(step)))
            self.rest.append(Statement(_LABELS[0], (ticket.id,)))
            if ticket.labels:
                self.rest.append(Statement(_LABELS[1], (ticket.id, as_json(dict.fromkeys(ticket.labels)))))


class SqliteTickets:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def commit(self, steps: Sequence[Step], agent: Agent | None = None) -> bool:
        kept: list[Kept] = [step.ticket for step in steps]
        return await _write(self._writer, Writes([*kept, *([] if agent is None else [agent])], steps))

    async def ticket(self, ticket: str) -> Ticket | None:
        return await self._one("SELECT body FROM desk_ticket WHERE id = ?", ticket)

    async def latest(self, conversation: str) -> Ticket | None:
        return await self._one(_LATEST, conversation)

    async def due(self, now: int, limit: int) -> list[Ticket]:
        return [made_of(Ticket, body) for (body,) in await self._readers.query(_DUE, (now, limit))]

    async def page(self, query: TicketQuery) -> list[Ticket]:
        sql, values = _page(query)
        return [made_of(Ticket, body) for (body,) in await self._readers.query(sql, values)]

    async def events(self, ticket: str, after: int, limit: int) -> list[TicketEvent]:
        return [TicketEvent(*row) for row in await self._readers.query(_EVENTS, (ticket, after, limit))]

    async def _one(self, sql: str, value: str) -> Ticket | None:
        rows = await self._readers.query(sql, (value,))
        return made_of(Ticket, rows[0][0]) if rows else None


def _page(query: TicketQuery) -> tuple[str, list[Any]]:
    conditions, values = ["opened >= ?", "opened < ?"], [query.since, query.until]
    given: list[Any] = values
    for column in ("team", "agent", "visitor"):
        if wanted := getattr(query, column):
            conditions.append(f"{column} = ?")
            given.append(wanted)
    if query.states:
        conditions.append("state IN (SELECT value FROM json_each(?))")
        given.append(as_json(query.states))
    if query.label:
        conditions.append("id IN (SELECT ticket FROM desk_label WHERE label = ?)")
        given.append(query.label)
    if query.before:
        conditions.append("id < ?")
        given.append(query.before)
    order = "priority DESC, queued, id" if query.by_queue else "id DESC"
    where = " AND ".join(conditions)
    return f"SELECT body FROM desk_ticket WHERE {where} ORDER BY {order} LIMIT ?", [*given, query.limit]  # noqa: S608 - made of constants


class SqliteStaff:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def teams(self) -> list[Team]:
        rows = await self._readers.query("SELECT body FROM desk_team ORDER BY id")
        return [made_of(Team, body) for (body,) in rows]

    async def put_team(self, team: Team) -> bool:
        return await _write(self._writer, Writes([team]))

    async def agents(self) -> list[Agent]:
        rows = await self._readers.query("SELECT body FROM desk_agent ORDER BY user")
        return [made_of(Agent, body) for (body,) in rows]

    async def put_agent(self, agent: Agent) -> bool:
        return await _write(self._writer, Writes([agent]))

    async def drop_agent(self, user: str) -> None:
        gone = Statement("DELETE FROM desk_agent WHERE user = ?", (user,))
        await self._writer.submit(plan_rows, [gone])


class SqliteVisitors:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def visitor(self, visitor: str) -> Visitor | None:
        return await self._one("id = ?", visitor)

    async def known(self, team: str, external: str) -> Visitor | None:
        return await self._one("team = ? AND external = ?", team, external) if external else None

    async def within(self, conversation: str) -> Visitor | None:
        return await self._one("conversation = ?", conversation)

    async def put(self, visitor: Visitor) -> bool:
        return await _write(self._writer, Writes([visitor]))

    async def _one(self, condition: str, *values: str) -> Visitor | None:
        rows = await self._readers.query(f"SELECT body FROM desk_visitor WHERE {condition}", values)  # noqa: S608 - made of constants
        return made_of(Visitor, rows[0][0]) if rows else None


class SqliteLibrary:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def put(self, papers: Sequence[Paper]) -> None:
        rows = [_insert(PAPERS[type(paper)], paper_row(paper), "INSERT OR REPLACE") for paper in papers]
        if rows:
            await self._writer.submit(plan_rows, rows, len(rows))

    async def drop(self, kind: type[Paper], ids: Sequence[str]) -> None:
        sql = f"DELETE FROM {PAPERS[kind]} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - made of constants
        await self._writer.submit(plan_rows, [Statement(sql, (as_json(ids),))])

    async def paper(self, kind: type[P], id_: str) -> P | None:
        rows = await self._readers.query(_select(kind, "id = ?"), (id_,))
        return _paper(kind, rows[0]) if rows else None

    async def page(self, kind: type[P], team: str, after: str, limit: int) -> list[P]:
        sql = _select(kind, "team = ? AND id > ? ORDER BY id LIMIT ?")
        return [_paper(kind, row) for row in await self._readers.query(sql, (team, after, limit))]


def _select(kind: type[Paper], condition: str) -> str:
    columns = ", ".join(kind.__struct_fields__)
    return f"SELECT {columns} FROM {PAPERS[kind]} WHERE {condition}"  # noqa: S608 - made of constants


def _paper(kind: type[P], row: Sequence[Any]) -> P:
    return kind(**dict(zip(kind.__struct_fields__, row, strict=True)))


def _insert(table: str, row: Fields, verb: str = "INSERT") -> Statement:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    return Statement(f"{verb} INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))


async def _write(writer: Writer, writes: Writes) -> bool:
    try:
        return await writer.submit(plan_writes, writes, len(writes.kept))
    except apsw.ConstraintError:
        return False


def plan_rows(
    database: apsw.Connection, requests: Sequence[Sequence[Statement]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of statements that are ready."""
    return [statement for request in requests for statement in request], [None] * len(requests)


def plan_writes(
    database: apsw.Connection, requests: Sequence[Writes], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of rows that have revisions."""
    statements: list[Statement] = []
    results = []
    planned: dict[tuple[str, str], int] = {}
    for writes in requests:
        rows = [(*TABLES[type(kept)], row_of(kept)) for kept in writes.kept]
        fits = all(
            row["revision"] - 1 == _revision(database, planned, table, key, row[key])
            for table, key, row in rows
        )
        results.append(fits)
        if not fits:
            continue
        for table, key, row in rows:
            planned[table, row[key]] = row["revision"]
            statements.append(_insert(table, row) if row["revision"] == 1 else _update(table, key, row))
        statements += writes.rest
    return statements, results


def _revision(
    database: apsw.Connection, planned: dict[tuple[str, str], int], table: str, key: str, id_: str
) -> int:
    """That of the row as it will be when the batch so far is written; 0: there is none."""
    if (table, id_) in planned:
        return planned[table, id_]
    rows = database.execute(f"SELECT revision FROM {table} WHERE {key} = ?", (id_,)).fetchall()  # noqa: S608 - made of constants
    revision: Any = rows[0][0] if rows else 0
    return int(revision)


def _update(table: str, key: str, row: Fields) -> Statement:
    columns = ", ".join(f'"{name}" = ?' for name in row)
    return Statement(f"UPDATE {table} SET {columns} WHERE {key} = ?", (*row.values(), row[key]))  # noqa: S608 - made of constants
