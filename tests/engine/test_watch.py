from typing import Any

import pytest

from teahouse.backends.memory.audit import MemoryAudit
from teahouse.engine.watch import watched
from teahouse.model.audit import Record, Search
from teahouse.model.changes import Audited, PutConversation
from teahouse.model.conversations import Conversation, ConversationKind
from teahouse.model.entries import Draft, Kind
from tests.support.house import House


async def records(house: House) -> list[Record]:
    found = await MemoryAudit(house.store).page(Search(action="conversation"), 2**53, 99)
    return [one.record for one in found][::-1]


async def test_what_is_done_to_others_is_recorded() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tea: Any = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        him = bob.me["id"]
        await alice.ask("role", conversation=tea, user=him, role="admin")
        await alice.ask("mute", conversation=tea, user=him, until=2**45)
        await alice.ask("mute", conversation=tea, user=him, on=False)
        await alice.ask("kick", conversation=tea, user=him)
        done = await records(house)
        assert [record.action for record in done] == [
            "conversation.role",
            "conversation.muted",
            "conversation.unmuted",
            "conversation.kicked",
        ]
        assert {(record.actor, record.target, record.details["user"]) for record in done} == {
            (alice.me["id"], tea, him)
        }
        assert done[0].details["role"] == "admin"
        assert done[0].address == "test"


async def test_what_people_do_by_themselves_is_not() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        room = (await alice.ask("create", kind="room"))["conversation"]
        await bob.ask("join", conversation=room)
        await bob.ask("send", to=room, text="hi")
        await bob.ask("leave", conversation=room)
        await alice.ask("pin", conversation=room, seq=3)
        assert await records(house) == []


async def test_what_was_not_stored_was_not_done() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tea = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        house.store.failure = "full"
        assert await alice.refused("kick", conversation=tea, user=bob.me["id"]) == "unavailable"
        house.store.failure = None
        assert await records(house) == []


@pytest.mark.parametrize(
    ("content", "action"),
    [
        (b'{"kind":"group","title":"Tea"}', "conversation.changed"),
        (b'{"kind":"group","title":"Tea","dissolved":true}', "conversation.dissolved"),
    ],
)
def test_settings_and_the_end_are_recorded(content: bytes, action: str) -> None:
    changed = PutConversation(Conversation("c", ConversationKind.GROUP))
    draft = Draft("c", Kind.CONVERSATION, "u", "alice", 5, content, changes=(changed,))
    audited = watched(draft, None).changes[-1]
    assert isinstance(audited, Audited)
    assert (audited.record.action, audited.record.target, audited.record.at) == (action, "c", 5)
