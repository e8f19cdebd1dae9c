"""What a store looks at before it writes, for nodes that do not know of one another yet: L10 and L11 of the log, D5."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, Change, Expect, PutConversation, PutMember
from teahouse.model.conversations import Circle, Conversation, ConversationKind, Member, Role
from teahouse.model.entries import Appended, Draft, Kind, Refusal
from teahouse.model.errors import Overtaken
from teahouse.model.ids import LOBBY
from tests.contract.backends import Store
from tests.contract.making import draft

GROUP = Conversation("c", ConversationKind.GROUP, "tea", revision=1)
ADA = Member("c", "u-ada", "ada", Role.OWNER, joined=1)
BOB = Member("c", "u-bob", "bob", joined=1)
BEGUN = (PutConversation(GROUP), PutMember(ADA), PutMember(BOB))


def change(*changes: Change, kind: Kind = Kind.MEMBER) -> Draft:
    return draft("c", "{}", kind=kind, sender="u-ada", changes=changes)


def by_bob(text: str = "hi", judged: int = 1, kind: Kind = Kind.MESSAGE, cid: str | None = None) -> Draft:
    return draft("c", text, sender="u-bob", judged=judged, kind=kind, cid=cid, ref=None)


def entitled(title: str, before: Conversation | None) -> Draft:
    after = replace(before or GROUP, title=title, revision=SEQ_OF_ENTRY)
    return change(PutConversation(after), Expect("c", before), kind=Kind.CONVERSATION)


async def append(store: Store, *drafts: Draft) -> list[int | Refusal]:
    """The seq of each, or why it was refused."""
    done = await store.log.append_many(drafts)
    return [appended.refused or appended.seq for appended in done]


@pytest.fixture
async def begun(store: Store) -> Store:
    assert await append(store, change(*BEGUN, kind=Kind.CONVERSATION)) == [1]
    return store


async def test_l10_what_is_as_expected_is_stored(begun: Store) -> None:
    muted = replace(BOB, muted_until=99)
    expected = Expect("c", GROUP, (("u-ada", ADA), ("u-bob", BOB), ("u-cleo", None)))
    assert await append(begun, change(PutMember(muted), expected)) == [2]
    assert await begun.directory.place("c", "u-bob") == muted


@pytest.mark.parametrize(
    "expected",
    [
        Expect("c", None),
        Expect("c", replace(GROUP, title="coffee")),
        Expect("c", GROUP, (("u-bob", None),)),
        Expect("c", GROUP, (("u-bob", replace(BOB, role=Role.ADMIN)),)),
        Expect("c", GROUP, (("u-ada", ADA), ("u-cleo", BOB))),
        Expect("c", GROUP, most=1),
        Expect("none", GROUP),
    ],
)
async def test_l10_what_is_not_as_expected_is_refused(begun: Store, expected: Expect) -> None:
    """L10: it takes no seq, nothing of it happens, and the other drafts of the call are stored."""
    muted = PutMember(replace(BOB, muted_until=99))
    refused, other = await begun.log.append_many([change(muted, expected), draft("c")])
    assert refused == Appended(0, 1000, conflict=True, refused=Refusal.OVERTAKEN)
    assert (other.seq, other.refused) == (2, None)
    assert await begun.directory.place("c", "u-bob") == BOB


async def test_l10_inside_one_call_the_first_one_holds(begun: Store) -> None:
    drafts = [
        entitled("one", GROUP),
        entitled("two", GROUP),
        entitled("three", replace(GROUP, title="one", revision=2)),
    ]
    assert await append(begun, *drafts) == [2, Refusal.OVERTAKEN, 3]
    known = await begun.directory.conversation("c")
    assert known is not None and (known.title, known.revision) == ("three", 3)


async def test_l10_of_many_calls_at_once_one_holds(begun: Store) -> None:
    done = await asyncio.gather(*(append(begun, entitled(f"title {n}", GROUP)) for n in range(8)))
    assert sorted(map(str, done)) == ["[2]"] + ["[<Refusal.OVERTAKEN: 'overtaken'>]"] * 7


async def test_l10_no_more_come_in_than_there_is_room_for(begun: Store) -> None:
    """L10: people are counted as they are with what comes before in the call; who left has made room."""

    def joining(user: str) -> Draft:
        return change(PutMember(Member("c", user, user, joined=SEQ_OF_ENTRY)), Expect("c", GROUP, most=2))

    assert await append(begun, joining("u1"), joining("u2")) == [2, Refusal.OVERTAKEN]
    gone = PutMember(replace(BOB, left=SEQ_OF_ENTRY))
    assert await append(begun, change(gone), joining("u2"), joining("u3")) == [3, 4, Refusal.OVERTAKEN]
    assert await append(begun, joining("u4")) == [Refusal.OVERTAKEN]


async def test_l10_nothing_was_pinned_meanwhile(begun: Store) -> None:
    def pin(known: int) -> Draft:
        expected = Expect("c", GROUP, pins=known)
        return draft("c", '{"on":true}', kind=Kind.PIN, ref=2, sender="u-ada", changes=(expected,))

    assert await append(begun, draft("c"), pin(2), pin(2), pin(3)) == [2, 3, Refusal.OVERTAKEN, 4]
    assert await append(begun, draft("c"), pin(3)) == [5, Refusal.OVERTAKEN]
    assert await append(begun, pin(4), pin(5)) == [6, Refusal.OVERTAKEN]


async def test_l11_who_was_removed_writes_nothing_more(begun: Store) -> None:
    """L11: whatever it is; others do, and so do they who are back."""
    gone = replace(BOB, left=SEQ_OF_ENTRY)
    assert await append(begun, by_bob(), change(PutMember(gone))) == [2, 3]
    drafts = [by_bob(), by_bob(kind=Kind.REACTION), by_bob(kind=Kind.EDIT)]
    assert await append(begun, *drafts, draft("c", sender="u-ada", judged=1)) == [Refusal.OUT] * 3 + [4]
    assert await append(begun, by_bob(judged=2)) == [Refusal.OUT]
    assert await append(begun, change(PutMember(BOB)), by_bob()) == [5, 6]


async def test_l11_inside_the_call_that_removes_them(begun: Store) -> None:
    gone = replace(BOB, left=SEQ_OF_ENTRY)
    assert await append(begun, by_bob(), change(PutMember(gone)), by_bob()) == [2, 3, Refusal.OUT]


async def test_l11_a_stranger_writes_nothing(begun: Store) -> None:
    assert await append(begun, draft("c", sender="u-cleo", judged=0)) == [Refusal.OUT]


async def test_l11_nobody_writes_where_it_was_dissolved(begun: Store) -> None:
    ended = PutConversation(replace(GROUP, dissolved=SEQ_OF_ENTRY))
    assert await append(begun, change(ended, kind=Kind.CONVERSATION)) == [2]
    assert await append(begun, by_bob(), by_bob(kind=Kind.PIN)) == [Refusal.OUT] * 2


@pytest.mark.parametrize(("until", "refused"), [(-1, True), (1001, True), (1000, False)])
async def test_l11_who_is_muted_says_nothing(begun: Store, until: int, refused: bool) -> None:
    """L11: by the time of the draft; a reaction says nothing."""
    assert await append(begun, change(PutMember(replace(BOB, muted_until=until)))) == [2]
    done = await append(begun, by_bob(kind=Kind.REACTION), by_bob(), by_bob(kind=Kind.EDIT))
    assert done == ([3, Refusal.MUTED, Refusal.MUTED] if refused else [3, 4, 5])


async def test_l11_where_only_admins_write(begun: Store) -> None:
    closed = PutConversation(replace(GROUP, post=Circle.ADMINS))
    assert await append(begun, change(closed, kind=Kind.CONVERSATION)) == [2]
    admin = draft("c", sender="u-ada", judged=1)
    assert await append(begun, by_bob(), admin, by_bob(kind=Kind.REACTION)) == [Refusal.CLOSED, 3, 4]


async def test_l11_everybody_is_in_the_lobby_but_may_be_muted(store: Store) -> None:
    said = draft(LOBBY, sender="u-bob", judged=0)
    muted = change(PutMember(Member(LOBBY, "u-bob", "bob", muted_until=-1)))
    assert await append(store, said, replace(muted, conversation=LOBBY), said) == [1, 2, Refusal.MUTED]


async def test_l11_a_repetition_is_answered_as_one(begun: Store) -> None:
    """L11, L4: they are told that it was stored, though they are out by now."""
    gone = PutMember(replace(BOB, left=SEQ_OF_ENTRY))
    assert await append(begun, by_bob(cid="k"), change(gone)) == [2, 3]
    again, new = await begun.log.append_many([by_bob(cid="k"), by_bob(cid="new")])
    assert (again.seq, again.duplicate, again.refused) == (2, True, None)
    assert new.refused is Refusal.OUT
    assert await append(begun, change(PutMember(BOB)), by_bob(cid="new")) == [4, 5]


async def test_d5_changes_that_expect_what_is_not_so_are_refused(begun: Store) -> None:
    """D5: all of them, and what is expected rightly is done."""
    cleo = PutMember(Member("c", "u-cleo", "cleo", joined=1))
    with pytest.raises(Overtaken) as refused:
        await begun.directory.apply([cleo, Expect("c", None)])
    assert refused.value.conversation == "c"
    assert await begun.directory.place("c", "u-cleo") is None
    await begun.directory.apply([cleo, Expect("c", GROUP, (("u-cleo", None),), most=2)])
    assert await begun.directory.place("c", "u-cleo") == cleo.member
    with pytest.raises(Overtaken):
        await begun.directory.apply([cleo, Expect("c", GROUP, most=2)])
