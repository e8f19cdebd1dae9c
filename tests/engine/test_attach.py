"""Messages that carry a file: what they say of it, and who may read it then."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from teahouse.model.errors import Code, Problem
from teahouse.model.files import File
from tests.support.filing import filing_house, picture, pieces
from tests.support.house import House, Person


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with filing_house(tmp_path) as house:
        yield house


async def put(house: House, person: Person, data: bytes = b"tea", name: str = "a.txt") -> str:
    keeper = house.engine.keeper
    assert keeper is not None
    file = await keeper.uploads.take(person.link.session.identity, name, len(data), pieces(data))
    return file.id


async def found(house: House, person: Person, file: str) -> bool:
    keeper = house.engine.keeper
    assert keeper is not None
    try:
        got: File = await keeper.shelf.find(person.link.session.identity, file)
    except Problem as problem:
        assert problem.code is Code.NOT_FOUND
        return False
    assert got.id == file
    return True


async def send(person: Person, to: str, file: str, **more: Any) -> int:
    answer = await person.ask("send", to=to, body={"type": "file", "file": file, **more})
    seq: int = answer["seq"]
    return seq


async def test_the_server_says_what_the_file_is(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    file = await put(house, alice, picture(), "leaves.png")
    lie = {"name": "invoice.pdf", "size": 1, "mime": "text/html", "width": 9, "script": "x"}
    await alice.ask("send", to="lobby", body={"type": "image", "file": file, "text": "look", **lie})
    assert (await bob.event("message"))["body"] == {
        "type": "image",
        "file": file,
        "name": "leaves.png",
        "size": len(picture()),
        "mime": "image/png",
        "width": 64,
        "height": 32,
        "text": "look",
    }


async def test_order_is_kept_between_messages_with_and_without(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    file = await put(house, alice)
    for n in range(6):
        if n % 2:
            alice.say("send", to="lobby", body={"type": "file", "file": file, "text": str(n)})
        else:
            alice.say("send", to="lobby", text=str(n))
    for n in range(6):
        assert (await bob.event("message"))["body"]["text"] == str(n)


async def test_the_same_cid_is_stored_once(house: House) -> None:
    alice = await house.guest("alice")
    body = {"type": "file", "file": await put(house, alice)}
    first = await alice.ask("send", to="lobby", body=body, cid="k")
    again = await alice.ask("send", to="lobby", body=body, cid="k")
    assert again == {**first, "duplicate": True}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "image"}, "bad_request"),
        ({"type": "file", "file": 5}, "bad_request"),
        ({"type": "card", "file": "f1"}, "bad_request"),
        ({"type": "text", "text": "hi", "file": "f1"}, "bad_request"),
        ({"file": "f1"}, "bad_request"),
        ({"type": "file", "file": "f1"}, "not_found"),
        ({"type": "file", "file": "../x"}, "not_found"),
        ({"type": "file", "file": ""}, "not_found"),
        ({"type": "file", "file": "OWN", "text": 5}, "bad_request"),
        ({"type": "image", "file": "OWN"}, "bad_request"),
        ({"type": "voice", "file": "OWN"}, "bad_request"),
    ],
)
async def test_bad_bodies(house: House, body: dict[str, Any], code: str) -> None:
    alice = await house.guest("alice")
    if body.get("file") == "OWN":
        body = {**body, "file": await put(house, alice)}
    assert await alice.refused("send", to="lobby", body=body) == code
    assert await alice.refused("send", to="lobby", body=body, text="x") == "bad_request"
    assert await alice.refused("send", to="lobby", body=body, ephemeral=True) == "bad_request"


@pytest.mark.parametrize("duration", [-1, 1.5, "1", True, 10**12])
async def test_a_recording_has_a_length(house: House, duration: Any) -> None:
    alice = await house.guest("alice")
    body = {"type": "voice", "file": await put(house, alice, b"RIFF\x24\0\0\0WAVEfmt ", "a.wav")}
    sent = await alice.ask("send", to="lobby", body={**body, "duration_ms": 1200})
    page = await alice.ask("history", conversation="lobby")
    assert (sent["seq"], page["entries"][0]["body"]["duration_ms"]) == (1, 1200)
    assert await alice.refused("send", to="lobby", body={**body, "duration_ms": duration}) == "bad_request"


async def test_what_one_may_read_one_may_pass_on(house: House) -> None:
    alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
    file = await put(house, alice)
    assert [await found(house, who, file) for who in (alice, bob, eve)] == [True, False, False]
    assert await bob.refused("send", to="@eve", body={"type": "file", "file": file}) == "not_found"
    await send(alice, "@bob", file)
    assert [await found(house, who, file) for who in (alice, bob, eve)] == [True, True, False]
    await send(bob, "@eve", file)
    assert await found(house, eve, file)


async def test_who_was_removed_reads_what_was_there(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    group = (await alice.ask("create", kind="group", title="t", members=["@bob"]))["conversation"]
    before, after = await put(house, alice), await put(house, alice)
    await send(alice, group, before)
    await alice.ask("kick", conversation=group, user=bob.me["id"])
    await send(alice, group, after)
    assert [await found(house, bob, file) for file in (before, after)] == [True, False]


async def test_who_joins_a_group_reads_from_joining(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    group = (await alice.ask("create", kind="group", title="t"))["conversation"]
    before, after = await put(house, alice), await put(house, alice)
    await send(alice, group, before)
    await alice.ask("invite", conversation=group, user="@bob")
    await send(alice, group, after)
    assert [await found(house, bob, file) for file in (before, after)] == [False, True]


async def test_an_open_room_is_read_by_members(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    room = (await alice.ask("create", kind="room", title="t"))["conversation"]
    file = await put(house, alice)
    await send(alice, room, file)
    assert not await found(house, bob, file)
    await bob.ask("join", conversation=room)
    assert await found(house, bob, file)


async def test_the_file_of_a_recalled_message_is_gone_for_all(house: House, tmp_path: Path) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    file = await put(house, alice)
    seq = await send(alice, "lobby", file)
    assert await found(house, bob, file)
    await alice.ask("recall", conversation="lobby", seq=seq)
    assert [await found(house, who, file) for who in (alice, bob)] == [False, False]
    keeper = house.engine.keeper
    assert keeper is not None
    blobs = house.filing.blobs  # type: ignore[attr-defined]
    assert await blobs.size(file) == 3
    assert await keeper.tidy.sweep() == 1
    assert await blobs.size(file) is None


async def test_a_file_that_another_message_carries_stays(house: House) -> None:
    alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
    file = await put(house, alice)
    seq = await send(alice, "lobby", file)
    await send(alice, "@bob", file)
    await alice.ask("recall", conversation="lobby", seq=seq)
    assert [await found(house, who, file) for who in (alice, bob, eve)] == [True, True, False]


async def test_an_edit_may_change_the_file(house: House) -> None:
    alice, bob, eve = [await house.guest(nick) for nick in ("alice", "bob", "eve")]
    first, second, other = [await put(house, alice) for _ in range(3)]
    seq = await send(alice, "@bob", first)
    direct = (await bob.event("message"))["conversation"]
    await alice.ask("edit", conversation=direct, seq=seq, body={"type": "file", "file": second, "size": 9})
    assert (await bob.event("edit"))["body"]["size"] == 3
    assert [await found(house, bob, file) for file in (first, second, other)] == [True, True, False]
    refused = {"type": "file", "file": await put(house, eve)}
    assert await alice.refused("edit", conversation=direct, seq=seq, body=refused) == "not_found"
    await alice.ask("recall", conversation=direct, seq=seq)
    assert [await found(house, alice, file) for file in (first, second, other)] == [False, False, True]


async def test_who_is_erased_leaves_what_messages_carry(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    free, sent = await put(house, alice), await put(house, alice)
    await send(alice, "@bob", sent)
    keeper = house.engine.keeper
    assert keeper is not None
    await keeper.shelf.erase(alice.me["id"])
    assert [await found(house, who, file) for who in (alice, bob) for file in (free, sent)] == [
        False,
        True,
        False,
        True,
    ]


async def test_a_topic_reaches_rooms_with_its_file(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    await bob.ask("create", kind="room", title="t", topic="tea.*")
    file = await put(house, alice)
    await alice.ask("send", to="topic:tea.green", body={"type": "file", "file": file})
    assert await found(house, bob, file)


async def test_a_server_without_files() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        assert await alice.refused("send", to="lobby", body={"type": "file", "file": "f1"}) == "not_found"


async def test_a_forwarded_file_is_posted_again(house: House) -> None:
    alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
    private = (await alice.ask("create", kind="group", members=[bob.me["id"]]))["conversation"]
    file = await put(house, alice)
    seq = await send(alice, private, file, text="look")
    assert not await found(house, carol, file)
    original = [{"conversation": private, "seq": seq}]
    assert await carol.refused("send", to="lobby", forward=original) == "not_found"
    assert not await found(house, carol, file)
    await bob.ask("send", to="lobby", forward=original)
    copy = await carol.event("message", conversation="lobby")
    assert (copy["body"]["file"], copy["body"]["size"], copy["body"]["text"]) == (file, 3, "look")
    assert await found(house, carol, file)
    await alice.ask("recall", conversation=private, seq=seq)
    assert await found(house, carol, file)  # the copy stands


async def test_files_go_into_threads_and_are_scheduled(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    file = await put(house, alice)
    body = {"type": "file", "file": file, "size": 999}
    await alice.ask("send", to="lobby", text="root")
    await alice.ask("send", to="lobby", body=body, thread=1)
    assert (await bob.event("message", thread=1))["body"]["size"] == 3
    at = house.clock.now() + 200
    assert await bob.refused("send", to="lobby", body={**body, "file": "f0"}, at=at) == "not_found"
    scheduled = await alice.ask("send", to="lobby", body=body, at=at)
    assert scheduled["body"]["size"] == 3
    assert (await bob.event("message", seq=3))["body"]["size"] == 3


async def test_a_recording_keeps_its_waveform(house: House) -> None:
    alice, bob = await house.guest("alice"), await house.guest("bob")
    sound = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    sound += b"\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00"
    body = {"type": "voice", "file": await put(house, alice, sound, "a.wav"), "duration_ms": 9}
    await alice.ask("send", to="lobby", body={**body, "waveform": [0, 255]})
    assert (await bob.event("message"))["body"]["waveform"] == [0, 255]
    assert await alice.refused("send", to="lobby", body={**body, "waveform": [256]}) == "bad_request"
