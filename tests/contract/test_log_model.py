"""Any sequence of calls gives the same on every backend as on the reference in memory."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from teahouse.model.changes import SEQ_OF_ENTRY, PutMember
from teahouse.model.conversations import Member
from teahouse.model.entries import Draft, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.marks import Advance
from tests.contract.backends import STORES, Store, memory_store, parameters
from tests.contract.making import draft

T = TypeVar("T")

CONVERSATIONS = ["a", "b", "c\0茶"]
USERS = ["u1", "u2", "*"]

conversations = st.sampled_from(CONVERSATIONS)
users = st.sampled_from(USERS)
few = st.integers(1, 12)
changes = st.builds(
    lambda conversation, user, joined: PutMember(Member(conversation, user, "n", joined=joined)),
    conversations,
    users,
    st.sampled_from([SEQ_OF_ENTRY, 0, 4]),
)
drafts = st.builds(
    draft,
    conversations,
    st.sampled_from(["hi", "茶"]),
    kind=st.sampled_from([Kind.MESSAGE] * 4 + [Kind.EDIT, Kind.RECALL, Kind.PIN]),
    sender=users,
    at=st.integers(1, 5),
    cid=st.sampled_from([None, None, "k", "l", "m\0"]),
    ref=st.none() | few,
    mentions=st.lists(users, max_size=2).map(tuple),
    changes=st.lists(changes, max_size=1).map(tuple),
)


class Twins(RuleBasedStateMachine):
    """The same calls to a backend and to the reference."""

    backend: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.directory = tempfile.TemporaryDirectory()
        self.tested = self.run(
            self.stack.enter_async_context(STORES[self.backend](Path(self.directory.name)))
        )
        self.reference = self.run(self.stack.enter_async_context(memory_store(Path())))

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()
        self.directory.cleanup()

    def run(self, awaitable: Awaitable[T]) -> T:
        async def wait() -> T:
            return await awaitable

        return self.runner.run(wait())

    def both(self, call: Callable[[Store], Awaitable[object]]) -> None:
        assert self.run(call(self.tested)) == self.run(call(self.reference))

    @rule(calls=st.lists(st.lists(drafts, max_size=6), min_size=1, max_size=4))
    def append(self, calls: list[list[Draft]]) -> None:
        async def at_once(store: Store) -> object:
            return await asyncio.gather(*(store.log.append_many(call) for call in calls))

        self.both(at_once)

    @rule(call=st.lists(drafts, min_size=1, max_size=3))
    def append_in_vain(self, call: list[Draft]) -> None:
        async def fail(store: Store) -> object:
            await store.writable(False)
            with pytest.raises(StoreUnavailable):
                await store.log.append_many(call)
            await store.writable(True)
            return None

        self.both(fail)

    @rule(conversation=conversations, seqs=st.lists(few, max_size=3))
    def redact(self, conversation: str, seqs: list[int]) -> None:
        self.both(lambda store: store.log.redact(conversation, seqs))

    @rule(before=st.integers(0, 6))
    def expire_keys(self, before: int) -> None:
        self.both(lambda store: store.log.expire_keys(before))

    @rule(advance=st.builds(Advance, conversations, users, few, few, few))
    def advance(self, advance: Advance) -> None:
        self.both(lambda store: store.cursors.advance([advance]))

    @rule()
    def reopen(self) -> None:
        if self.tested.reopen is not None:
            self.run(self.tested.reopen())

    @rule(
        conversation=conversations,
        after=st.integers(0, 9),
        upto=st.integers(0, 30),
        limit=few,
        newest=st.booleans(),
    )
    def read(self, conversation: str, after: int, upto: int, limit: int, newest: bool) -> None:
        self.both(lambda store: store.log.read(conversation, after, upto, limit, newest))

    @invariant()
    def same_truth(self) -> None:
        async def everything(store: Store) -> object:
            return (
                await store.log.heads(CONVERSATIONS),
                [await store.log.read(c, 0, 10_000, 10_000) for c in CONVERSATIONS],
                [await store.log.references(c, range(1, 13)) for c in CONVERSATIONS],
                [await store.directory.members(c) for c in CONVERSATIONS],
                [await store.cursors.unread(u, dict.fromkeys(CONVERSATIONS, 0)) for u in USERS],
            )

        self.both(everything)


@pytest.mark.parametrize("backend", parameters(STORES.keys() - {"memory"}))
def test_like_the_reference(backend: str) -> None:
    run_state_machine_as_test(
        type("TwinsOf" + backend.title(), (Twins,), {"backend": backend}),
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to shrink takes minutes, for the disk is in it
            suppress_health_check=list(HealthCheck),
        ),
    )
