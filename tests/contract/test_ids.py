"""The promises of Ids, by number."""

from teahouse.model.changes import PutConversation, PutUser
from teahouse.model.conversations import Conversation, ConversationKind
from teahouse.model.files import Allowance, File
from teahouse.model.people import User
from teahouse.ports.ids import IdKind
from tests.contract.backends import Store

NAMES = ["a1", "b2", "c3", "d4"]


async def all_of(store: Store, kind: IdKind, limit: int = 2) -> list[str]:
    """A page at a time."""
    found: list[str] = []
    after = ""
    while page := await store.ids.page(kind, after, limit):
        assert len(page) <= limit
        found += page
        after = page[-1]
    return found


async def test_i1_i2_everything_that_was_stored_is_on_a_page(store: Store) -> None:
    before = {kind: await all_of(store, kind) for kind in IdKind}
    await store.directory.apply([PutUser(User(name, name), 1) for name in reversed(NAMES)])
    await store.directory.apply(
        [PutConversation(Conversation(name, ConversationKind.GROUP)) for name in reversed(NAMES)]
    )
    for name in reversed(NAMES):
        await store.files.begin(File(name, "a1", "f", 1, 1), Allowance(100, 10))
    for kind in IdKind:
        assert await all_of(store, kind) == sorted([*before[kind], *NAMES])


async def test_i1_after_an_id_that_is_not_there(store: Store) -> None:
    await store.directory.apply([PutUser(User(name, name), 1) for name in NAMES])
    assert list(await store.ids.page(IdKind.USER, "b", 2)) == ["b2", "c3"]
