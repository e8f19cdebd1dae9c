"""Changes to the directory in memory, for the directory itself and for entries that carry them."""

from msgspec.structs import replace

from teahouse.backends.memory.jobs import put
from teahouse.backends.memory.outlets import drop as drop_outlet
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.standing import Standing, Wanted
from teahouse.model.accounts import Account, AccountKind
from teahouse.model.audit import Recorded
from teahouse.model.bots import Bot
from teahouse.model.changes import (
    Audited,
    Change,
    DropBot,
    DropHook,
    DropOutlet,
    DropRequest,
    PutBot,
    PutConversation,
    PutHook,
    PutJob,
    PutMember,
    PutOutlet,
    PutPosting,
    PutReply,
    PutReport,
    PutUser,
    UseLink,
)
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.marks import Mark
from teahouse.model.people import User
from teahouse.model.reports import Report


def check(store: MemoryStore, change: Change) -> None:
    """Refuse a change that cannot be applied: an account by a name that another account has."""
    if isinstance(change, PutBot):
        _check_bot(store, change.bot)
    if not isinstance(change, PutUser) or change.user.guest:
        return
    holder = account(store, fold_nick(change.user.nick))
    if holder is not None and holder.id != change.user.id:
        raise Problem(Code.CONFLICT, f"the name {change.user.nick!r} is taken")


def account(store: MemoryStore, folded: str) -> User | None:
    """The account with this folded nick."""
    return next((u for u in store.users.values() if not u.guest and fold_nick(u.nick) == folded), None)


def apply(store: MemoryStore, change: Change) -> None:
    match change:
        case PutUser():
            _put_user(store, change)
        case PutConversation(conversation):
            store.conversations[conversation.id] = conversation
        case PutMember(member):
            store.members[member.conversation][member.user] = member
        case PutJob(job):
            put(store, job)
        case PutReply(conversation_id, root, seq):
            store.replies[conversation_id, root].add(seq)
        case PutPosting(file, conversation_id, seq):
            store.postings.add((file, conversation_id, seq))
        case UseLink(link):
            store.links[link] = replace(store.links[link], used=store.links[link].used + 1)
        case DropRequest(conversation, user):
            store.requests[conversation].pop(user, None)
        case PutReport(report):
            put_report(store, report)
        case PutBot(bot):
            _put_bot(store, bot)
        case DropBot(bot_id):
            store.bots.pop(bot_id, None)
            store.accounts.pop(bot_id, None)
            store.passwords.pop(bot_id, None)
        case PutHook(hook):
            store.hooks[hook.id] = hook
        case DropHook(hook_id):
            store.hooks.pop(hook_id, None)
        case PutOutlet(outlet):
            store.outlets[outlet.id] = outlet
        case DropOutlet(outlet_id):
            drop_outlet(store, outlet_id)
        case Audited(record):
            store.audit.append(Recorded(len(store.audit) + 1, record))


def admits(store: MemoryStore, change: UseLink) -> bool:
    """Whether the link can be used once more (I2)."""
    link = store.links.get(change.link)
    return link is not None and link.works(change.at)


def standing(store: MemoryStore, wanted: Wanted) -> Standing:
    """What is wanted of it, as it is now."""
    settings = (store.conversations.get(conversation) for conversation in wanted.settings)
    places = (store.members.get(conversation, {}).get(user) for conversation, user in wanted.places)
    counts = {c: sum(not member.left for member in store.members.get(c, {}).values()) for c in wanted.counts}
    pins = {c: max((e.seq for e in store.entries[c] if e.kind is Kind.PIN), default=0) for c in wanted.pins}
    return Standing(
        (found for found in settings if found is not None),
        (place for place in places if place is not None),
        counts,
        pins,
    )


def put_report(store: MemoryStore, report: Report) -> Report:
    """The report, or the one that is there already of the same by the same (P2)."""
    for known in store.reports.values():
        if _what(known) == _what(report):
            return known
    store.reports[report.id] = report
    return report


def _what(report: Report) -> tuple[str, str, int, str]:
    return report.reporter, report.conversation, report.seq, report.subject


def _put_user(store: MemoryStore, change: PutUser) -> None:
    user = change.user
    if user.id not in store.users:
        store.marks[LOBBY].setdefault(user.id, Mark(read=change.lobby_seq))
    store.users[user.id] = user
    if change.resume is not None:
        store.resumes[user.id] = change.resume


def _check_bot(store: MemoryStore, bot: Bot) -> None:
    taken = {fold_nick(known.name) for known in store.accounts.values() if known.id != bot.id}
    if fold_nick(bot.nick) in taken:
        raise Problem(Code.CONFLICT, f"the name {bot.nick!r} is taken")


def _put_bot(store: MemoryStore, bot: Bot) -> None:
    """The bot, and its account (B3)."""
    store.bots[bot.id] = bot
    made = Account(
        id=bot.id,
        name=bot.nick,
        nick=bot.nick,
        kind=AccountKind.BOT,
        created=bot.created,
        bio=bot.description,
    )
    known = store.accounts.get(bot.id, made)
    store.accounts[bot.id] = replace(known, bio=bot.description)
    store.passwords.setdefault(bot.id, None)
