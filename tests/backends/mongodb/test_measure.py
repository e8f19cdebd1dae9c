"""What a node expects of the other store while others change it, and who was removed by another node (L10, L11)."""

import asyncio

import pytest
from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, Expect, PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import Appended, Draft, Kind, Refusal
from tests.backends.mongodb.histories import Nodes, nodes_on
from tests.contract.making import draft
from tests.support.mongo import shared

pytestmark = pytest.mark.service

GROUP = Conversation("c", ConversationKind.GROUP, "0", revision=1)
BOB = Member("c", "u-bob", "bob", joined=1)


def renamed(before: Conversation) -> Draft:
    """One more than the title says."""
    after = replace(before, title=str(int(before.title) + 1), revision=SEQ_OF_ENTRY)
    return draft("c", "{}", kind=Kind.CONVERSATION, changes=(PutConversation(after), Expect("c", before)))


async def settings(nodes: Nodes) -> Conversation:
    known = await nodes.store.directory.conversation("c")
    assert known is not None
    return known


async def test_of_nodes_that_change_the_same_one_is_first() -> None:
    """Three nodes count in a title; a change that another one overtook is tried again by who wanted it."""
    async with nodes_on(shared()) as nodes:
        histories = [await nodes.open() for _ in range(3)]
        begun = draft("c", "{}", kind=Kind.CONVERSATION, changes=(PutConversation(GROUP), PutMember(BOB)))
        await histories[0].log.append_many([begun])

        async def count(n: int) -> int:
            tries = 0
            for _ in range(4):
                while True:
                    tries += 1
                    done = await histories[n].log.append_many([renamed(await settings(nodes))])
                    if done[0].refused is None:
                        break
                    assert done[0].refused is Refusal.OVERTAKEN
            return tries

        await asyncio.gather(*(count(n) for n in range(3)))
        assert (await settings(nodes)).title == "12"
        assert await histories[0].log.heads(["c"]) == {"c": 13}


async def test_who_was_removed_by_another_node() -> None:
    """While messages of others come from both nodes."""
    async with nodes_on(shared()) as nodes:
        one, other = await nodes.open(), await nodes.open()
        begun = draft("c", "{}", kind=Kind.CONVERSATION, changes=(PutConversation(GROUP), PutMember(BOB)))
        await one.log.append_many([begun])
        by_bob = draft("c", "hi", sender="u-bob", judged=1)
        assert (await other.log.append_many([by_bob]))[0].seq == 2
        gone = PutMember(replace(BOB, left=SEQ_OF_ENTRY))

        removing = asyncio.ensure_future(
            one.log.append_many([draft("c", "{}", kind=Kind.MEMBER, changes=(gone,))])
        )
        said: list[Appended] = []
        while not removing.done():
            said += await other.log.append_many([draft("c", "ho"), by_bob])
        said += await other.log.append_many([draft("c", "ho"), by_bob])
        removed = removing.result()[0].seq
        assert not [appended for appended in said[1::2] if appended.seq > removed]
        assert said[-1].refused is Refusal.OUT
        assert all(appended.refused is None for appended in said[::2])
