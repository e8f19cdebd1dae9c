"""Changes to the directory as statements: for the directory itself, and for entries that carry them (L5).

Rule: changes of one kind go together, as one statement; the kinds touch different tables, so their order among
one another does not matter.
"""

from collections.abc import Iterable, Sequence

import apsw

from teahouse.backends.sqlite import extras, jobs, reports
from teahouse.backends.sqlite.entrance import Uses, drops, uses
from teahouse.backends.sqlite.standing import read
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.backends.standing import Wanted
from teahouse.model.changes import (
    Change,
    DropRequest,
    Expect,
    PutConversation,
    PutJob,
    PutMember,
    PutPosting,
    PutReply,
    PutReport,
    PutUser,
    UseLink,
)
from teahouse.model.conversations import Conversation, Member
from teahouse.model.errors import Code, Overtaken, Problem
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
    (
        "id",
        "kind",
        "title",
        "topic",
        "join_rule",
        "reach",
        "member_limit",
        "created",
        "description",
        "avatar",
        "reach_last",
        "invite",
        "post",
        "dissolved",
        "revision",
        "expires_s",
    ),
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, topic = excluded.topic,"
    " join_rule = excluded.join_rule, reach = excluded.reach, member_limit = excluded.member_limit,"
    " created = excluded.created, description = excluded.description, avatar = excluded.avatar,"
    " reach_last = excluded.reach_last, invite = excluded.invite, post = excluded.post,"
    " dissolved = excluded.dissolved, revision = excluded.revision,"
    " expires_s = excluded.expires_s",
)
_PUT_MEMBERS = Insert(
    "member",
    ("conversation", "user", "nick", "role", "joined", '"left"', "muted_until", "reads", "banned"),
    "ON CONFLICT (conversation, user) DO UPDATE SET nick = excluded.nick, role = excluded.role,"
    ' joined = excluded.joined, "left" = excluded."left", muted_until = excluded.muted_until,'
    " reads = excluded.reads, banned = excluded.banned",
)
_PUT_POSTINGS = Insert(
    "posting",
    ("file", "log", "seq"),
    "ON CONFLICT DO NOTHING",
    select="column1, (SELECT id FROM log WHERE conversation = column2), column3",
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
    put_jobs: list[Job] = []
    replies: list[tuple[str, int, int]] = []
    postings: list[Value] = []
    others: list[Statement] = []
    for change in changes:
        match change:
            case PutUser(person, at, resume, lobby_seq):
                welcomed += (person.id, LOBBY, lobby_seq)
                users += (person.id, person.nick, fold_nick(person.nick), int(person.guest), at, resume)
            case PutConversation(c):
                conversations += _row(c)
            case PutMember(m):
                members += _place(m)
            case PutPosting(file, conversation, seq):
                postings += (file, conversation, seq)
            case PutJob(job):
                put_jobs.append(job)
            case PutReply(conversation, root, seq):
                replies.append((conversation, root, seq))
            case _:
                others += _rare(change)
    return [
        *_WELCOME.of(welcomed),
        *_PUT_USERS.of(users),
        *_PUT_CONVERSATIONS.of(conversations),
        *_PUT_MEMBERS.of(members),
        *_PUT_POSTINGS.of(postings),
        *jobs.puts(put_jobs),
        *([Statement(_PUT_REPLIES, (as_json(replies),))] if replies else ()),
        *others,
    ]


def _rare(change: Change) -> list[Statement]:
    """What comes alone, and need not be gathered."""
    match change:
        case UseLink():
            return uses([change])
        case Expect():
            return []  # it was looked at before
        case DropRequest(conversation, user):
            return drops([(conversation, user)])
        case PutReport(report):
            return reports.puts([report])
    return extras.statements([change])


def _place(m: Member) -> tuple[Value, ...]:
    return (m.conversation, m.user, m.nick, m.role, m.joined, m.left, m.muted_until, m.reads, m.banned)


def _row(c: Conversation) -> tuple[Value, ...]:
    named = (c.id, c.kind, c.title, c.topic, c.join, c.reach, c.limit, c.created, c.description, c.avatar)
    return (*named, c.last, c.invite, c.post, c.dissolved, c.revision, c.expires_s)


def check(database: apsw.Connection, changes: Iterable[Change]) -> None:
    """`conflict` if an account would take the name of another."""
    accounts = [c.user for c in changes if isinstance(c, PutUser) and not c.user.guest]
    folded = {fold_nick(user.nick): user for user in accounts}
    for name, holder in database.execute(_HOLDERS, (as_json(folded),)):
        if folded[name].id != holder:
            raise Problem(Code.CONFLICT, f"the name {folded[name].nick!r} is taken")
    extras.check(database, changes)


def plan(
    database: apsw.Connection, requests: Sequence[Sequence[Change]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of changes that no entry carries (D1)."""
    changes = [change for request in requests for change in request]
    if careful:
        check(database, changes)
    _check_expected(database, requests)
    taken = Uses(database)
    if not all(taken.take(change) for change in changes if isinstance(change, UseLink)):
        raise Problem(Code.CONFLICT, "the invitation link lets nobody in any more")
    return statements(changes), [None] * len(requests)


def _check_expected(database: apsw.Connection, requests: Sequence[Sequence[Change]]) -> None:
    """Overtaken if one rests on what is not so (D5)."""
    wanted = Wanted()
    for request in requests:
        wanted.expect(request)
    if not wanted.settings:
        return
    known = read(database, wanted)
    for request in requests:
        if (wrong := known.contradicted(request)) is not None:
            raise Overtaken(wrong)
        known.note(request)
