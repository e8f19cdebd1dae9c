"""The rules about drafts that all logs share."""

import pytest

from teahouse.backends.drafts import check_placed, repeated
from teahouse.model.changes import SEQ_OF_ENTRY, PutConversation, PutMember, placed
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Appended, Draft, Entry, Kind

FIRST = Entry("c", 3, Kind.MESSAGE, "u", "n", 1000, b"{}", "k", ref=1)


@pytest.mark.parametrize(
    ("kind", "content", "ref", "same"),
    [
        (Kind.MESSAGE, b"{}", 1, True),
        (Kind.EDIT, b"{}", 1, False),
        (Kind.MESSAGE, b'{"a":1}', 1, False),
        (Kind.MESSAGE, b"{}", None, False),
    ],
)
def test_repeated(kind: Kind, content: bytes, ref: int | None, same: bool) -> None:
    draft = Draft("c", kind, "u", "new nick", 2000, content, "k", ref)
    assert repeated(FIRST, draft) == Appended(3, 1000, duplicate=same, conflict=not same)


def test_a_redacted_first_one_counts_as_equal() -> None:
    redacted = Entry("c", 3, Kind.MESSAGE, "u", "n", 1000, b"{}", "k", redacted=True)
    draft = Draft("c", Kind.MESSAGE, "u", "n", 2000, b'{"text":"hi"}', "k")
    assert repeated(redacted, draft) == Appended(3, 1000, duplicate=True)


def test_placed() -> None:
    joined, left = (
        Member("c", "u", "n", joined=SEQ_OF_ENTRY),
        Member("c", "u", "n", joined=2, left=SEQ_OF_ENTRY),
    )
    assert placed(PutMember(joined), 7) == PutMember(Member("c", "u", "n", joined=7))
    assert placed(PutMember(left), 7) == PutMember(Member("c", "u", "n", joined=2, left=7))
    for change in (
        PutMember(Member("c", "u", "n")),
        PutConversation(Conversation("c", ConversationKind.ROOM)),
    ):
        assert placed(change, 7) is change
        check_placed(change)
    with pytest.raises(ValueError, match="SEQ_OF_ENTRY"):
        check_placed(PutMember(left))
