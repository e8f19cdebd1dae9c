"""Places: whatever people do at once, the roster in memory is what the directory says, and everybody stays where they
belong."""

import asyncio
import random

import pytest

from teahouse.backends.memory.directory import MemoryDirectory
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.engine.rosters import Rosters
from teahouse.model.conversations import Role
from tests.support.house import House, Refused, limitless, seqs, turns

NICKS = ("alice", "bob", "carol", "dave", "erin", "frank")


def something(chance: random.Random, group: str) -> dict:
    """A command about places, as one of a quarrelling crowd may give it."""
    user = f"@{chance.choice(NICKS)}"
    here = {"conversation": group}
    return chance.choice(
        [
            {"op": "join", **here},
            {"op": "join", **here},
            {"op": "leave", **here},
            {"op": "invite", **here, "users": [user, f"@{chance.choice(NICKS)}"]},
            {"op": "kick", **here, "user": user},
            {"op": "ban", **here, "user": user},
            {"op": "unban", **here, "user": user},
            {"op": "role", **here, "user": user, "role": chance.choice(list(Role))},
            {"op": "mute", **here, "user": user, "on": chance.random() < 0.5},
            {"op": "update", **here, "title": str(chance.random())},
            {"op": "send", "to": group, "text": "x"},
        ]
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("large", [3, 100])
async def test_a_quarrelling_crowd(seed: int, large: int) -> None:
    chance = random.Random(seed)
    async with House(options=limitless(large_group=large)) as house:
        crowd = [await house.guest(nick) for nick in NICKS]
        made = await crowd[0].ask("create", kind="room", title="r", join="open")
        group = made["conversation"]

        async def act(person):
            command = something(chance, group)
            try:
                await person.ask(**command)
            except Refused as refused:
                assert refused.code in ("forbidden", "not_found", "conflict", "bad_request", "muted"), refused

        was_empty = False  # an owner who is alone may leave; nobody runs it then
        for _ in range(60):
            await asyncio.gather(*(act(person) for person in chance.choices(crowd, k=5)))
            was_empty = was_empty or not any(not m.left for m in house.store.members[group].values())
        await turns()
        held = house.engine._verbs.rosters.get(group)
        assert held is not None
        fresh = await Rosters(MemoryDirectory(house.store), MemoryRelations(house.store), 9).load(group)
        assert held.members == fresh.members
        assert held.former == fresh.former
        assert held.conversation == fresh.conversation
        assert held.managers == fresh.managers
        assert not held.entering and not held.leaving
        owners = [m.role for m in held.members.values()].count(Role.OWNER)
        assert owners <= 1
        assert owners or was_empty or not held.members
        assert not any(member.banned for member in held.members.values())
        for person in crowd:
            session = person.link.session
            listens = any(feed.id == group for feed in session.feeds)
            assert listens == (person.me["id"] in held.members), person.me


async def test_seqs_are_without_a_gap_for_those_who_stay() -> None:
    """Also where the coming and going of others is no entry."""
    chance = random.Random(3)
    async with House(options=limitless(large_group=3)) as house:
        crowd = [await house.guest(nick) for nick in NICKS]
        group = (await crowd[0].ask("create", kind="room", members=["@bob"]))["conversation"]
        for _ in range(100):
            person = chance.choice(crowd[2:])
            op, fields = chance.choice([("join", {}), ("leave", {}), ("send", {"text": "x"})])
            place = {"to": group} if op == "send" else {"conversation": group}
            person.say(op, id=None, **place, **fields)
            if chance.random() < 0.3:
                await turns()
        await turns(50)
        for stayed in crowd[:2]:
            heard = seqs(stayed, group)
            assert heard == list(range(1, heard[-1] + 1))


async def test_an_owner_does_not_leave_those_alone_who_are_coming_in() -> None:
    async with House() as house:
        alice, bob = [await house.guest(nick) for nick in ("alice", "bob")]
        room = (await alice.ask("create", kind="room"))["conversation"]
        bob.say("join", id="join", conversation=room)
        alice.say("leave", id="leave", conversation=room)
        await bob.ask("ping")
        members = (await bob.ask("members", conversation=room))["members"]
        assert {m["nick"]: m["role"] for m in members} == {"alice": "owner", "bob": "member"}


STRANGE = [
    ("conversation", {}),
    ("update", {"title": "mine"}),
    ("dissolve", {}),
    ("join", {}),
    ("leave", {}),
    ("invite", {"user": "@mallory"}),
    ("kick", {"user": "@alice"}),
    ("role", {"user": "@mallory", "role": "owner"}),
    ("mute", {"user": "@alice"}),
    ("ban", {"user": "@alice"}),
    ("unban", {"user": "@alice"}),
    ("bans", {}),
    ("link", {}),
    ("links", {}),
    ("unlink", {"link": "l1"}),
    ("requests", {}),
    ("approve", {"user": "u1"}),
    ("reject", {"user": "u1"}),
    ("members", {}),
    ("online", {}),
    ("history", {}),
    ("report", {"seq": 1, "reason": "spam"}),
    ("react", {"seq": 1, "emoji": "x"}),
    ("pin", {"seq": 1}),
    ("archive", {}),
    ("read", {"seq": 1}),
]


@pytest.mark.parametrize(("op", "fields"), STRANGE)
async def test_two_strangers_are_told_nothing_by_any_command(op: str, fields: dict) -> None:
    """A group one is not in and a group that is not: the same answer, but for the name; and nothing is written."""
    async with House() as house:
        alice, mallory, trudy = [await house.guest(nick) for nick in ("alice", "mallory", "trudy")]
        secret = (await alice.ask("create", kind="group"))["conversation"]
        await trudy.ask("create", kind="group", members=["@mallory"])
        nowhere = "c" + "0" * 32
        before = list(house.store.entries[secret]), dict(house.store.members[secret])
        for stranger in (mallory, trudy):
            answers = []
            for conversation in (secret, nowhere):
                with pytest.raises(Refused) as refused:
                    await stranger.ask(op, conversation=conversation, **fields)
                error = refused.value.error
                answers.append({**error, "message": error["message"].replace(conversation, "?")})
            assert answers[0] == answers[1]
            assert answers[0]["code"] == "not_found"
            assert stranger.texts(secret) == []
        assert (list(house.store.entries[secret]), dict(house.store.members[secret])) == before
