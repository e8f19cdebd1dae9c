"""The promises of Users and Directory, by number (ports/directory.py)."""

import pytest
from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutConversation, PutMember, PutUser
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Mark
from teahouse.model.people import User
from tests.contract.backends import Store
from tests.contract.making import draft

GUEST = User("u-guest", "Ali")
ACCOUNT = User("u-account", "Zoë", guest=False)
TEA = Conversation(
    "tea", ConversationKind.CHANNEL, "Tea 茶", "tea.#", JoinRule.OPEN, Reach.ALL, limit=9, created=7
)
MEMBER = Member("tea", "u-guest", "Ali", Role.ADMIN, joined=3, left=0, muted_until=2**50)


async def test_u1_users_are_found_at_once_and_after_a_restart(store: Store) -> None:
    """U1: by id, by account name, by resume secret."""
    await store.directory.apply([PutUser(GUEST, 1, resume=b"r" * 32), PutUser(ACCOUNT, 2)])
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.users.user("u-guest") == GUEST
        assert await store.users.guest(b"r" * 32) == GUEST
        assert await store.users.user("u-account") == ACCOUNT
        assert await store.users.account("zoë") == ACCOUNT


async def test_u1_a_user_is_replaced(store: Store) -> None:
    """U1: the newest nick holds; a resume secret stays until another comes."""
    await store.directory.apply([PutUser(GUEST, 1, resume=b"old")])
    renamed = User("u-guest", "Alibaba")
    await store.directory.apply([PutUser(renamed, 2)])
    assert await store.users.guest(b"old") == renamed
    await store.directory.apply([PutUser(renamed, 3, resume=b"new")])
    assert await store.users.guest(b"new") == renamed
    assert await store.users.guest(b"old") is None


async def test_u2_guests_are_not_found_by_name(store: Store) -> None:
    """U2: only accounts have a name that lasts; several guests may have had one nick."""
    await store.directory.apply([PutUser(GUEST, 1), PutUser(User("u-other", "ALI"), 1)])
    assert await store.users.account("ali") is None
    assert await store.users.guest(b"unknown") is None
    assert await store.users.user("unknown") is None


async def test_u2_one_account_a_name(store: Store) -> None:
    """U2: a second account by the same folded nick is refused; the first may be put again."""
    await store.directory.apply([PutUser(ACCOUNT, 1)])
    with pytest.raises(Problem) as refused:
        await store.directory.apply([PutUser(GUEST, 1), PutUser(User("u-2", "ZOË", guest=False), 1)])
    assert refused.value.code is Code.CONFLICT
    assert await store.users.user("u-guest") is None
    await store.directory.apply([PutUser(ACCOUNT, 9)])
    assert await store.users.account("zoë") == ACCOUNT


async def test_a_new_user_has_read_the_lobby(store: Store) -> None:
    """PutUser sets the mark of a new user, and never again."""
    await store.directory.apply([PutUser(GUEST, 1, lobby_seq=5)])
    await store.directory.apply([PutUser(GUEST, 1, lobby_seq=8)])
    assert await store.cursors.marks("u-guest", [LOBBY]) == {LOBBY: Mark(read=5)}


async def test_d1_changes_are_durable_and_repeatable(store: Store) -> None:
    """D1: after a restart they are there; the same again does nothing."""
    changes: list[Change] = [PutConversation(TEA), PutMember(MEMBER), PutUser(GUEST, 1)]
    await store.directory.apply(changes)
    await store.directory.apply(changes)
    if store.reopen is not None:
        await store.reopen()
    assert await store.directory.conversation("tea") == TEA
    assert await store.directory.members("tea") == [MEMBER]


async def test_d1_all_or_none(store: Store) -> None:
    """D1: a store that cannot write applies nothing, and says so."""
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.directory.apply([PutConversation(TEA), PutMember(MEMBER)])
    await store.writable(True)
    assert await store.directory.conversation("tea") is None
    assert await store.directory.members("tea") == []


async def test_d1_needs_a_seq(store: Store) -> None:
    """SEQ_OF_ENTRY without an entry is a defect of the caller."""
    with pytest.raises(ValueError, match="SEQ_OF_ENTRY"):
        await store.directory.apply([PutMember(Member("tea", "u", "n", joined=SEQ_OF_ENTRY))])


async def test_d2_changes_of_entries_are_visible(store: Store) -> None:
    """D2: when the append returns, all three kinds of change can be read."""
    changes = (PutConversation(TEA), PutMember(MEMBER), PutUser(GUEST, 1, resume=b"r", lobby_seq=2))
    await store.log.append_many([draft("tea", changes=changes)])
    assert await store.directory.conversation("tea") == TEA
    assert await store.directory.memberships("u-guest") == ["tea"]
    assert await store.users.guest(b"r") == GUEST


async def test_d3_members_and_memberships(store: Store) -> None:
    """D3: members in order of id, those who left, too; memberships without those left, and without the lobby."""
    rows = [
        Member("b", "u2", "two"),
        Member("b", "u1", "one", joined=1, left=4),
        Member("a", "u2", "two"),
        Member("c", "u2", "two", left=9),
        Member(LOBBY, "u2", "two"),
    ]
    await store.directory.apply([PutMember(row) for row in rows])
    assert [(m.user, m.left) for m in await store.directory.members("b")] == [("u1", 4), ("u2", 0)]
    assert await store.directory.memberships("u2") == ["a", "b"]
    assert await store.directory.memberships("u1") == []
    assert await store.directory.formerly("u1") == ["b"]
    assert await store.directory.formerly("u2") == ["c"]
    assert await store.directory.formerly("nobody") == []
    assert await store.directory.members("nowhere") == []


async def test_d3_members_come_in_pages(store: Store) -> None:
    """D3: after a user id, so many."""
    await store.directory.apply([PutMember(Member("b", f"u{n}", "n")) for n in range(5)])
    page = await store.directory.members("b", "u1", 2)
    assert [member.user for member in page] == ["u2", "u3"]
    assert await store.directory.members("b", "u4", 2) == []


async def test_d3_nobody_is_in_what_was_dissolved(store: Store) -> None:
    """D3: the places stay, and the list of those who are in one is without it."""
    await store.directory.apply([PutConversation(TEA), PutMember(MEMBER)])
    ended = replace(TEA, topic="", dissolved=SEQ_OF_ENTRY, revision=SEQ_OF_ENTRY)
    await store.log.append_many([draft("tea"), draft("tea", changes=(PutConversation(ended),))])
    assert await store.directory.conversation("tea") == replace(ended, dissolved=2, revision=2)
    assert await store.directory.memberships("u-guest") == []
    assert await store.directory.members("tea") == [MEMBER]


async def test_d4_all_of_a_row_is_kept(store: Store) -> None:
    """D4: every field of a conversation and of a member; `reads` may count back from the entry."""
    full = Conversation(
        "full",
        ConversationKind.GROUP,
        "T",
        "",
        JoinRule.APPROVAL,
        Reach.LAST,
        9,
        7,
        "what for",
        "face",
        5,
        Circle.ADMINS,
        Circle.ADMINS,
        0,
        SEQ_OF_ENTRY,
    )
    member = Member("full", "u", "n", joined=SEQ_OF_ENTRY, reads=SEQ_OF_ENTRY - 2, banned=4)
    drafts = [draft("full") for _ in range(4)]
    changes = (PutConversation(full), PutMember(member))
    await store.log.append_many([*drafts, draft("full", changes=changes)])
    assert await store.directory.conversation("full") == replace(full, revision=5)
    assert await store.directory.members("full") == [replace(member, joined=5, reads=3)]


async def test_d4_rows_are_replaced_whole(store: Store) -> None:
    """D4: nothing of the earlier row remains."""
    bare_tea = Conversation("tea", ConversationKind.ROOM)
    bare_member = Member("tea", "u-guest", "guest")
    await store.directory.apply([PutConversation(TEA), PutMember(MEMBER)])
    await store.directory.apply([PutConversation(bare_tea), PutMember(bare_member)])
    assert await store.directory.conversation("tea") == bare_tea
    assert await store.directory.members("tea") == [bare_member]


async def test_d4_the_last_of_a_call_holds(store: Store) -> None:
    """D4: changes of one call take effect in order."""
    left = Member("tea", "u-guest", "Ali", joined=3, left=8)
    await store.directory.apply([PutMember(MEMBER), PutMember(left)])
    assert await store.directory.members("tea") == [left]
    assert await store.directory.memberships("u-guest") == []


async def test_topics(store: Store) -> None:
    """Rooms that listen, in order of id; a room may stop."""
    patterns = {"b": "tea.*", "c": "tea.green", "a": "#", "silent": ""}
    rooms = [Conversation(name, ConversationKind.ROOM, topic=topic) for name, topic in patterns.items()]
    await store.directory.apply([PutConversation(room) for room in rooms])
    assert await store.directory.topics() == [("a", "#"), ("b", "tea.*"), ("c", "tea.green")]
    await store.directory.apply([PutConversation(Conversation("a", ConversationKind.ROOM))])
    assert await store.directory.topics() == [("b", "tea.*"), ("c", "tea.green")]
    assert await store.directory.conversation("nowhere") is None
