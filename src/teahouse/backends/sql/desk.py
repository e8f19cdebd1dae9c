"""The desk (ports/desk.py) in SQL.

Rule: the revision a row was made from stands in the condition of its UPDATE, or the key in that of its INSERT: the
database decides who was first. What the tables forbid (a second open ticket, a key twice) is a no, too.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.desk import PAPERS, TABLES, Kept, event_row, made_of, paper_row, row_of
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables import desk as tables
from teahouse.backends.sql.upserts import upsert
from teahouse.model.desk import Agent, Paper, Step, Team, Ticket, TicketEvent, TicketQuery, Visitor

P = TypeVar("P", bound=Paper)

_t = tables.ticket
_BY_NAME: Mapping[str, Table] = {
    table.name: table
    for table in (
        *(tables.team, tables.agent, tables.visitor, tables.ticket),
        *(tables.article, tables.example, tables.canned),
    )
}


class SqlTickets:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def commit(self, steps: Sequence[Step], agent: Agent | None = None) -> bool:
        ordered = sorted(steps, key=lambda step: step.ticket.id)  # so that no two wait for each other
        kept: list[Kept] = [step.ticket for step in ordered]
        return await _write(self._database, [*kept, *([] if agent is None else [agent])], ordered)

    async def ticket(self, ticket: str) -> Ticket | None:
        return await self._one(select(_t.c.body).where(_t.c.id == ticket))

    async def latest(self, conversation: str) -> Ticket | None:
        wanted = select(_t.c.body).where(_t.c.conversation == conversation)
        return await self._one(wanted.order_by(_t.c.open.is_(None), _t.c.id.desc()).limit(1))

    async def due(self, now: int, limit: int) -> list[Ticket]:
        return await self._all(
            select(_t.c.body).where(_t.c.due <= now).order_by(_t.c.due, _t.c.id).limit(limit)
        )

    async def page(self, query: TicketQuery) -> list[Ticket]:
        order = (_t.c.priority.desc(), _t.c.queued, _t.c.id) if query.by_queue else (_t.c.id.desc(),)
        return await self._all(
            select(_t.c.body).where(*_conditions(query)).order_by(*order).limit(query.limit)
        )

    async def events(self, ticket: str, after: int, limit: int) -> list[TicketEvent]:
        e = tables.event
        wanted = select(e).where(e.c.ticket == ticket, e.c.number > after).order_by(e.c.number).limit(limit)
        return [TicketEvent(*row) for row in await self._database.fetch(wanted)]

    async def _one(self, wanted: Select[Any]) -> Ticket | None:
        found = await self._all(wanted)
        return found[0] if found else None

    async def _all(self, wanted: Select[Any]) -> list[Ticket]:
        return [made_of(Ticket, body) for (body,) in await self._database.fetch(wanted)]


def _conditions(query: TicketQuery) -> list[ColumnElement[bool]]:
    conditions = [_t.c.opened >= query.since, _t.c.opened < query.until]
    conditions += [
        _t.c[column] == wanted
        for column in ("team", "agent", "visitor")
        if (wanted := getattr(query, column))
    ]
    if query.states:
        conditions.append(_t.c.state.in_([state.value for state in query.states]))
    if query.label:
        labelled = select(tables.label.c.ticket).where(tables.label.c.label == query.label)
        conditions.append(_t.c.id.in_(labelled))
    if query.before:
        conditions.append(_t.c.id < query.before)
    return conditions


class SqlStaff:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def teams(self) -> list[Team]:
        rows = await self._database.fetch(select(tables.team.c.body).order_by(tables.team.c.id))
        return [made_of(Team, body) for (body,) in rows]

    async def put_team(self, team: Team) -> bool:
        return await _write(self._database, [team])

    async def agents(self) -> list[Agent]:
        rows = await self._database.fetch(select(tables.agent.c.body).order_by(tables.agent.c.user))
        return [made_of(Agent, body) for (body,) in rows]

    async def put_agent(self, agent: Agent) -> bool:
        return await _write(self._database, [agent])

    async def drop_agent(self, user: str) -> None:
        gone = delete(tables.agent).where(tables.agent.c.user == user)
        await self._database.transact(lambda connection: connection.execute(gone))


class SqlVisitors:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def visitor(self, visitor: str) -> Visitor | None:
        return await self._one(tables.visitor.c.id == visitor)

    async def known(self, team: str, external: str) -> Visitor | None:
        v = tables.visitor.c
        return await self._one(v.team == team, v.external == external) if external else None

    async def within(self, conversation: str) -> Visitor | None:
        return await self._one(tables.visitor.c.conversation == conversation)

    async def put(self, visitor: Visitor) -> bool:
        return await _write(self._database, [visitor])

    async def _one(self, *conditions: ColumnElement[bool]) -> Visitor | None:
        rows = await self._database.fetch(select(tables.visitor.c.body).where(*conditions))
        return made_of(Visitor, rows[0].body) if rows else None


class SqlLibrary:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, papers: Sequence[Paper]) -> None:
        if papers:
            await self._database.transact(partial(_put, papers))

    async def drop(self, kind: type[Paper], ids: Sequence[str]) -> None:
        table = _BY_NAME[PAPERS[kind]]
        gone = delete(table).where(table.c.id.in_(ids))
        await self._database.transact(lambda connection: connection.execute(gone))

    async def paper(self, kind: type[P], id_: str) -> P | None:
        table = _BY_NAME[PAPERS[kind]]
        rows = await self._database.fetch(select(table).where(table.c.id == id_))
        return kind(**rows[0]._mapping) if rows else None

    async def page(self, kind: type[P], team: str, after: str, limit: int) -> list[P]:
        table = _BY_NAME[PAPERS[kind]]
        wanted = select(table).where(table.c.team == team, table.c.id > after).order_by(table.c.id)
        return [kind(**row._mapping) for row in await self._database.fetch(wanted.limit(limit))]


async def _put(papers: Sequence[Paper], connection: AsyncConnection) -> None:
    for kind, name in PAPERS.items():
        rows = {paper.id: paper_row(paper) for paper in papers if isinstance(paper, kind)}
        if rows:
            await connection.execute(upsert(connection, _BY_NAME[name], list(rows.values())))


class _Overtaken(Exception):
    """Somebody was faster; nothing happens."""


async def _write(database: Database, kept: Sequence[Kept], steps: Sequence[Step] = ()) -> bool:
    try:
        await database.transact(partial(_commit, kept, steps))
    except (_Overtaken, IntegrityError):
        return False
    return True


async def _commit(kept: Sequence[Kept], steps: Sequence[Step], connection: AsyncConnection) -> None:
    for one in kept:
        await _replace(connection, one)
    if steps:
        await connection.execute(insert(tables.event).values([event_row(step) for step in steps]))
        ids = [step.ticket.id for step in steps]
        await connection.execute(delete(tables.label).where(tables.label.c.ticket.in_(ids)))
    labels = [
        {"ticket": step.ticket.id, "label": label} for step in steps for label in set(step.ticket.labels)
    ]
    if labels:
        await connection.execute(insert(tables.label).values(labels))


async def _replace(connection: AsyncConnection, kept: Kept) -> None:
    name, key = TABLES[type(kept)]
    table, row = _BY_NAME[name], row_of(kept)
    if kept.revision == 1:
        await connection.execute(insert(table).values(row))
        return
    mine = update(table).where(table.c[key] == row[key], table.c.revision == kept.revision - 1)
    if (await connection.execute(mine.values(row))).rowcount != 1:
        raise _Overtaken
