"""Changes to the directory as statements: for the directory itself, and for entries that carry them (L5).

Rule: changes of one kind go together, as one statement; the kinds touch different tables, so their order among
one another does not matter.
"""

from collections.abc import Iterable, Sequence

import apsw

from teahouse.backends.sqlite.jobs import puts
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.model.changes import Change, PutConversation, PutJob, PutMember, PutReply, PutUser
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.jobs import Job

# A new user has read the lobby up to where it was; one who is known keeps their mark.
_WELCOME = Insert(
    "mark",
    ("user", "conversation", "read"),
    "AND column1 NOT IN (SELECT id FROM user) ON CONFLICT DO NOTHING",
)
_PUT_USERS = Insert(
    "user",
    ("id", "nick", "folded", "guest", "created", "resume"),
    "ON CONFLICT (id) DO UPDATE SET nick = excluded.nick, folded = excluded.folded, guest = excluded.guest,"
    " resume = coalesce(excluded.resume, resume)",
)
_PUT_CONVERSATIONS = Insert(
    "conversation",
    ("id", "kind", "title", "topic", "join_rule", "reach", "member_limit", "created", "expires_s"),
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, topic = excluded.topic,"
    " join_rule = excluded.join_rule, reach = excluded.reach, member_limit = excluded.member_limit,"
    " created = excluded.created, expires_s = excluded.expires_s",
)
_PUT_MEMBERS = Insert(
    "member",
    ("conversation", "user", "nick", "role", "joined", '"left"', "muted_until"),
    "ON CONFLICT (conversation, user) DO UPDATE SET nick = excluded.nick, role = excluded.role,"
    ' joined = excluded.joined, "left" = excluded."left", muted_until = excluded.muted_until',
)
_PUT_REPLIES = """
INSERT OR ROLLBACK INTO reply (log, root, seq)
SELECT log.id, wanted.value ->> 1, wanted.value ->> 2
FROM json_each(?) AS wanted CROSS JOIN log ON log.conversation = wanted.value ->> 0
"""
_HOLDERS = """
SELECT folded, user.id FROM json_each(?) AS wanted CROSS JOIN user ON folded = wanted.value AND NOT guest
"""


def statements(changes: Iterable[Change]) -> list[Statement]:
    """What applies `changes`; of two that put the same thing, the later one holds."""
    welcomed: list[Value] = []
    users: list[Value] = []
    conversations: list[Value] = []
    members: list[Value] = []
    jobs: list[Job] = []
    replies: list[tuple[str, int, int]] = []
    for change in changes:
        match change:
            case PutUser(user, at, resume, lobby_seq):
                welcomed += (user.id, LOBBY, lobby_seq)
                users += (user.id, user.nick, fold_nick(user.nick), int(user.guest), at, resume)
            case PutConversation(c):
                conversations += (
                    c.id,
                    c.kind,
                    c.title,
                    c.topic,
                    c.join,
                    c.reach,
                    c.limit,
                    c.created,
                    c.expires_s,
                )
            case PutMember(m):
                members += (m.conversation, m.user, m.nick, m.role, m.joined, m.left, m.muted_until)
            case PutJob(job):
                jobs.append(job)
            case PutReply(conversation, root, seq):
                replies.append((conversation, root, seq))
    return [
        *_WELCOME.of(welcomed),
        *_PUT_USERS.of(users),
        *_PUT_CONVERSATIONS.of(conversations),
        *_PUT_MEMBERS.of(members),
        *puts(jobs),
        *([Statement(_PUT_REPLIES, (as_json(replies),))] if replies else ()),
    ]


def check(database: apsw.Connection, changes: Iterable[Change]) -> None:
    """`conflict` if an account would take the name of another."""
    accounts = [c.user for c in changes if isinstance(c, PutUser) and not c.user.guest]
    folded = {fold_nick(user.nick): user for user in accounts}
    for name, holder in database.execute(_HOLDERS, (as_json(folded),)):
        if folded[name].id != holder:
            raise Problem(Code.CONFLICT, f"the name {folded[name].nick!r} is taken")


def plan(
    database: apsw.Connection, requests: Sequence[Sequence[Change]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of changes that no entry carries (D1)."""
    changes = [change for request in requests for change in request]
    if careful:
        check(database, changes)
    return statements(changes), [None] * len(requests)
