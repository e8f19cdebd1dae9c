"""What every database does with the rows of the desk (ports/desk.py): their columns, and what those are made of.

Rule: what has a revision is kept whole, as JSON, in `body`; the columns beside it are what is asked for, written
together with it and never read back. Papers are plain columns. Called by sqlite/desk.py and sql/desk.py.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import asdict

from teahouse.model.desk import Agent, Article, Canned, Example, Paper, Step, Team, Ticket, Visitor

Kept = Ticket | Agent | Team | Visitor
K = TypeVar("K", bound=Kept)
Fields = dict[str, Any]

TABLES: Mapping[type[Kept], tuple[str, str]] = {
    Ticket: ("desk_ticket", "id"),
    Agent: ("desk_agent", "user"),
    Team: ("desk_team", "id"),
    Visitor: ("desk_visitor", "id"),
}
"""The table of what has a revision, and the column of its key."""

PAPERS: Mapping[type[Paper], str] = {
    Article: "desk_article",
    Example: "desk_example",
    Canned: "desk_canned",
}

_encode = msgspec.json.Encoder().encode


def row_of(kept: Kept) -> Fields:
    """All columns of a row that has a revision."""
    columns: Fields = {"revision": kept.revision, "body": _encode(kept).decode()}
    match kept:
        case Ticket():
            return columns | _ticket(kept)
        case Agent():
            return columns | {"user": kept.user}
        case Team():
            return columns | {"id": kept.id, "key": kept.key}
        case Visitor():
            return columns | {
                "id": kept.id,
                "team": kept.team,
                "external": kept.external or None,  # any number of them are nobody
                "conversation": kept.conversation or None,
            }


def _ticket(ticket: Ticket) -> Fields:
    names = ("id", "team", "conversation", "visitor", "state", "agent", "priority", "opened", "queued")
    columns: Fields = {name: getattr(ticket, name) for name in names}
    columns["state"] = ticket.state.value
    return columns | {
        "due": ticket.due,
        "open": ticket.conversation if ticket.is_open else None,  # unique: one a conversation (S3)
        "replied": ticket.replied,
        "resolved": ticket.resolved,
        "closed": ticket.closed,
        "rating": ticket.rating,
    }


def made_of(kind: type[K], body: str) -> K:
    return msgspec.json.decode(body, type=kind)


def event_row(step: Step) -> Fields:
    return asdict(step.event)


def paper_row(paper: Paper) -> Fields:
    return asdict(paper)
