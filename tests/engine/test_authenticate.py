"""Saying hello: guests, their secrets, their nicks, and what a connection may do before."""

import asyncio

import pytest

from teahouse.backends.memory.directory import MemoryDirectory
from teahouse.backends.memory.presence import MemoryPresence
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.caller import Caller
from teahouse.model.errors import StoreUnavailable
from teahouse.model.people import User
from tests.support.house import House, Refused, limitless, turns
from tests.support.stage import StageClock


async def test_a_guest_is_welcomed_with_all_it_needs():
    async with House() as house:
        welcome = await house.stranger().ask("hello", nick="Alice")
        assert welcome["user"]["nick"] == "Alice"
        assert welcome["user"]["guest"] is True
        assert welcome["lobby"] == "lobby"
        assert welcome["heartbeat_s"] == 30
        assert welcome["server"] == "teahouse"
        assert len(welcome["resume"]) >= 32


async def test_before_hello_nothing_else_is_done():
    async with House() as house:
        stranger = house.stranger()
        assert await stranger.refused("send", to="lobby", text="hi") == "unauthenticated"
        assert await stranger.refused("ping") == "unauthenticated"
        await stranger.hello("alice")
        assert (await stranger.ask("send", to="lobby", text="hi"))["seq"] == 1


async def test_a_second_hello_is_a_conflict_also_while_the_first_is_under_way():
    async with House() as house:
        alice = house.stranger()
        alice.say("hello", id="one", nick="alice")
        alice.say("hello", id="two", nick="alice")
        await turns()
        answers = {line["re"]: line for line in alice.link.lines if "re" in line}
        assert answers["one"]["ok"]["user"]["nick"] == "alice"
        assert answers["two"]["error"]["code"] == "conflict"


async def test_hello_needs_a_nick_that_is_one():
    async with House() as house:
        assert await house.stranger().refused("hello") == "bad_request"
        assert await house.stranger().refused("hello", nick="a b") == "bad_request"


async def test_a_nick_is_held_by_one_live_guest_in_any_spelling():
    async with House() as house:
        alice = await house.guest("alice")
        assert await house.stranger().refused("hello", nick="ALICE") == "conflict"
        alice.link.drop()
        await turns()
        assert (await house.guest("ALICE")).me["nick"] == "ALICE"


async def test_after_a_refusal_the_same_connection_may_try_another_nick():
    async with House() as house:
        await house.guest("alice")
        other = house.stranger()
        assert await other.refused("hello", nick="alice") == "conflict"
        assert (await other.hello("alice2")).me["nick"] == "alice2"


async def test_the_secret_brings_the_same_guest_back():
    async with House() as house:
        alice = await house.guest("alice")
        alice.link.drop()
        await turns()
        again = await house.back(alice)
        assert again.me == alice.me
        assert again.resume == alice.resume


async def test_the_secret_outlives_the_server():
    store = MemoryStore()
    async with House(store) as house:
        alice = await house.guest("alice")
    async with House(store) as house:
        assert (await house.back(alice)).me == alice.me


async def test_an_unknown_secret_is_refused():
    async with House() as house:
        assert await house.stranger().refused("hello", nick="a", resume="guess") == "unauthenticated"
        assert await house.stranger().refused("hello", resume="") == "unauthenticated"


async def test_the_secret_alone_is_enough():
    async with House() as house:
        alice = await house.guest("alice")
        alice.link.drop()
        await turns()
        welcome = await house.stranger().ask("hello", resume=alice.resume)
        assert welcome["user"] == alice.me


async def test_a_guest_that_comes_back_takes_over_from_its_half_dead_connection():
    async with House() as house:
        alice = await house.guest("alice")
        again = await house.back(alice)
        assert alice.link.bye is not None and not alice.link.bye.reconnect
        await turns()
        assert (await again.ask("online"))["count"] == 1
        await house.guest("bob")
        assert (await again.ask("send", to="@bob", text="still me"))["seq"] == 1


async def test_devices_with_names_live_side_by_side():
    async with House() as house:
        phone = await house.guest("alice", device="phone")
        desk = await house.back(phone, device="desk")
        assert not phone.link.closed
        await house.back(phone, device="phone")
        assert phone.link.closed and not desk.link.closed


async def test_a_guest_may_come_back_under_another_nick():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        again = await house.stranger().hello("alicia", resume=alice.resume)
        assert again.me == {**alice.me, "nick": "alicia"}
        assert await bob.refused("send", to="@alice", text="?") == "not_found"
        await bob.ask("send", to="@alicia", text="!")
        assert (await house.guest("alice")).me["id"] != alice.me["id"]


async def test_a_nick_changed_on_one_device_is_changed_on_all_and_let_go_with_the_last():
    async with House() as house:
        phone = await house.guest("alice", device="phone")
        desk = await house.stranger().hello("alicia", resume=phone.resume, device="desk")
        bob = await house.guest("bob")
        await phone.ask("send", to="lobby", text="hi")
        assert (await bob.event("message"))["sender"]["nick"] == "alicia"
        desk.link.drop()
        phone.link.drop()
        await turns()
        assert await bob.refused("send", to="@alicia", text="?") == "not_found"


async def test_a_nick_another_one_holds_is_no_nick_to_come_back_under():
    async with House() as house:
        alice = await house.guest("alice")
        await house.guest("bob")
        assert await house.stranger().refused("hello", nick="bob", resume=alice.resume) == "conflict"
        assert (await alice.ask("send", to="@bob", text="hi"))["seq"] == 1


async def test_a_freed_nick_is_a_new_person_who_sees_nothing_of_the_earlier_one():
    async with House() as house:
        first, carol = await house.guest("bob"), await house.guest("carol")
        old = await carol.ask("send", to="@bob", text="our secret")
        first.link.drop()
        await turns()
        second = await house.guest("bob")
        assert second.me["id"] != first.me["id"]
        listed = (await second.ask("conversations"))["conversations"]
        assert [row["conversation"] for row in listed] == ["lobby"]
        assert await second.refused("history", conversation=old["conversation"]) == "not_found"
        new = await carol.ask("send", to="@bob", text="who are you?")
        assert new["conversation"] != old["conversation"]
        assert second.texts(new["conversation"]) == ["who are you?"]


async def test_what_is_missed_since_the_cursors_comes_before_anything_new():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        direct = (await alice.ask("send", to="@bob", text="1"))["conversation"]
        await bob.event("message")
        bob.link.drop()
        for n in range(2, 6):
            await alice.ask("send", to=direct, text=str(n))
        bob = await house.back(bob, cursors={direct: 1, "lobby": 0, "c-unknown": 9})
        await alice.ask("send", to=direct, text="6")
        await bob.event("message", seq=6)
        assert bob.texts(direct) == ["2", "3", "4", "5", "6"]
        assert "ok" in bob.link.lines[0]


async def test_without_cursors_only_what_is_new_comes():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="old")
        bob = await house.back(bob)
        await alice.ask("send", to="lobby", text="new")
        await bob.event("message")
        assert bob.texts("lobby") == ["new"]


async def test_cursors_do_not_reach_back_to_before_one_came_in():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group", title="g"))["conversation"]
        await alice.ask("send", to=group, text="before bob")
        await alice.ask("invite", conversation=group, user="@bob")
        await alice.ask("send", to=group, text="welcome")
        bob = await house.back(bob, cursors={group: 0})
        await bob.event("message")
        await bob.ask("ping")
        assert [line["seq"] for line in bob.link.lines if line.get("conversation") == group] == [3, 4]


async def test_a_cursor_beyond_the_end_counts_as_the_end():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        bob = await house.back(bob, cursors={"lobby": 2**52})
        await alice.ask("send", to="lobby", text="hi")
        assert (await bob.event("message"))["seq"] == 1
        assert house.store.marks["lobby"][bob.me["id"]].delivered <= 1


async def test_who_comes_in_or_goes_out_during_hello_is_let_in_or_out():
    read = asyncio.Event()
    read.set()

    class SlowDirectory(MemoryDirectory):
        async def memberships(self, user):
            memberships = await super().memberships(user)
            await read.wait()
            return memberships

    store = MemoryStore()
    async with House(store, directory=SlowDirectory(store)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        old = (await alice.ask("create", kind="group", title="old", members=["@bob"]))["conversation"]
        new = (await alice.ask("create", kind="group", title="new"))["conversation"]
        bob.link.drop()
        read.clear()
        back = house.stranger()
        back.say("hello", id="hello", resume=bob.resume, cursors={old: 0, "lobby": 0})
        await turns()
        await alice.ask("kick", conversation=old, user=bob.me["id"])
        await alice.ask("invite", conversation=new, user=bob.me["id"])
        assert back.link.lines == []
        read.set()
        await turns()
        await alice.ask("send", to=old, text="he is gone")
        await alice.ask("send", to=new, text="he is here")
        await back.event("message")
        assert back.link.lines[0]["re"] == "hello"
        assert {line["conversation"] for line in back.link.lines if "seq" in line} == {new}


async def test_guests_can_be_kept_out():
    async with House(options=limitless(guests=False)) as house:
        assert await house.stranger().refused("hello", nick="alice") == "forbidden"
        assert await house.stranger().refused("hello", resume="x") == "forbidden"


class Keys:
    """Passwords and tokens of one account."""

    ADA = User("u-ada", "ada", guest=False)

    def known(self, token: str) -> Caller | None:
        return None

    def __init__(self, grant: str = "") -> None:
        self.grant = grant

    async def verify(self, secret: str, password: str = "", address: str = "") -> Caller | None:
        good = (secret, password) in (("ada", "engine"), ("good-token", ""))
        return Caller(self.ADA, self.grant) if good else None


@pytest.mark.parametrize("way", [{"user": "ada", "password": "engine"}, {"token": "good-token"}])
async def test_an_account_comes_by_password_or_token(way):
    async with House(passwords=Keys(), tokens=Keys(), options=limitless(guests=False)) as house:
        welcome = await house.stranger().ask("hello", **way)
        assert welcome["user"] == {"id": "u-ada", "nick": "ada", "guest": False}
        assert "resume" not in welcome


@pytest.mark.parametrize(
    "way", [{"user": "ada", "password": "x"}, {"user": "ada"}, {"password": "engine"}, {"token": "bad"}]
)
async def test_wrong_passwords_and_tokens_are_refused_also_where_there_are_no_accounts(way):
    async with House(passwords=Keys(), tokens=Keys()) as house:
        assert await house.stranger().refused("hello", **way) == "unauthenticated"
    async with House() as house:
        assert await house.stranger().refused("hello", **way) == "unauthenticated"


async def test_an_account_may_have_many_connections_without_device_names():
    async with House(passwords=Keys(), tokens=Keys()) as house:
        one, two = house.stranger(), house.stranger()
        await one.ask("hello", token="good-token")
        await two.ask("hello", token="good-token")
        assert not one.link.closed


async def test_sessions_end_with_what_they_came_with():
    async with House(passwords=Keys(), tokens=Keys("phone")) as house:
        by_token, by_password, bob = house.stranger(), house.stranger(), await house.guest("bob")
        await by_token.ask("hello", token="good-token")
        await by_password.ask("hello", user="ada", password="engine")
        house.engine.revoke("u-ada", ["desk"])
        assert not by_token.link.closed
        house.engine.revoke("u-ada", ["phone"])
        assert by_token.link.closed and not by_password.link.closed
        bye = by_token.link.bye
        assert bye is not None and not bye.reconnect
        house.engine.revoke("u-ada")
        assert by_password.link.closed and not bob.link.closed


async def test_one_session_may_stay_when_all_others_end():
    async with House(passwords=Keys(), tokens=Keys("phone")) as house:
        phone, by_password = house.stranger(), house.stranger()
        await phone.ask("hello", token="good-token")
        await by_password.ask("hello", user="ada", password="engine")
        house.engine.revoke("u-ada", None, "phone")
        assert by_password.link.closed and not phone.link.closed


async def test_what_was_accepted_before_a_revocation_is_stored_and_nothing_after():
    async with House(tokens=Keys("phone")) as house:
        ada, bob = house.stranger(), await house.guest("bob")
        await ada.ask("hello", token="good-token")
        await bob.ask("send", to="lobby", text="now the lobby is in memory, and a send is accepted at once")
        ada.say("send", to="lobby", text="before")
        house.engine.revoke("u-ada", ["phone"])
        ada.say("send", to="lobby", text="after")
        await bob.ask("send", to="lobby", text="bob")
        await turns()
        stored = b"".join(entry.content for entry in house.store.entries["lobby"])
        assert b"before" in stored and b"after" not in stored


async def test_a_session_that_is_revoked_during_its_hello_is_never_welcomed():
    read = asyncio.Event()

    class SlowDirectory(MemoryDirectory):
        async def memberships(self, user):
            await read.wait()
            return await super().memberships(user)

    store = MemoryStore()
    async with House(store, directory=SlowDirectory(store), tokens=Keys("phone")) as house:
        ada = house.stranger()
        ada.say("hello", id=1, token="good-token")
        await turns()
        house.engine.revoke("u-ada", ["phone"])
        read.set()
        await turns()
        assert ada.link.closed
        assert not any("ok" in line for line in ada.link.lines)


async def test_the_nick_of_an_account_is_no_guests():
    store = MemoryStore()
    store.users["u-ada"] = Keys.ADA
    async with House(store) as house:
        assert await house.stranger().refused("hello", nick="Ada") == "conflict"


async def test_a_guest_that_cannot_be_stored_leaves_its_nick_free():
    async with House() as house:
        house.store.failure = "disk full"
        assert await house.stranger().refused("hello", nick="alice") == "unavailable"
        house.store.failure = None
        assert (await house.guest("alice")).me["nick"] == "alice"


async def test_a_store_that_cannot_write_does_not_keep_out_who_was_here_before():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="hi")
        house.store.failure = "disk full"
        bob = await house.back(bob, cursors={"lobby": 0})
        assert (await bob.event("message"))["seq"] == 1
        assert (await bob.ask("sync", cursors={"lobby": 0}))["conversations"][0]["last_seq"] == 1


async def test_a_change_of_nick_that_cannot_be_stored_keeps_the_old_one():
    async with House() as house:
        alice = await house.guest("alice", device="phone")
        house.store.failure = "disk full"
        with pytest.raises(Refused):
            await house.stranger().hello("alicia", resume=alice.resume, device="desk")
        house.store.failure = None
        assert await house.stranger().refused("hello", nick="alice") == "conflict"
        assert (await house.guest("alicia")).me["id"] != alice.me["id"]


async def test_a_connection_lost_during_hello_leaves_nobody_behind():
    gate = asyncio.Event()

    class SlowDirectory(MemoryDirectory):
        async def apply(self, changes):
            await gate.wait()
            await super().apply(changes)

    store = MemoryStore()
    async with House(store, directory=SlowDirectory(store)) as house:
        stranger = house.stranger()
        stranger.say("hello", nick="alice")
        await turns()
        stranger.link.drop()
        gate.set()
        await turns()
        alice = await house.guest("alice")
        assert (await alice.ask("online"))["count"] == 1


async def test_an_old_connection_that_ends_while_its_guest_renames_does_not_free_the_new_nick():
    gate = asyncio.Event()
    gate.set()

    class SlowDirectory(MemoryDirectory):
        async def apply(self, changes):
            await gate.wait()
            await super().apply(changes)

    store = MemoryStore()
    async with House(store, directory=SlowDirectory(store)) as house:
        alice = await house.guest("alice")
        gate.clear()
        again = house.stranger()
        again.say("hello", id="hello", nick="alicia", resume=alice.resume)
        await turns()
        alice.link.drop()
        await turns()
        gate.set()
        await turns()
        assert again.link.lines[0]["ok"]["user"]["nick"] == "alicia"
        assert await house.stranger().refused("hello", nick="alicia") == "conflict"


async def test_a_store_that_is_silent_is_answered_for():
    class SilentPresence(MemoryPresence):
        async def touch(self, availability):
            await asyncio.Event().wait()

    clock = StageClock()
    async with House(clock=clock, presence=SilentPresence(clock)) as house:
        alice = house.stranger()
        alice.say("hello", id=1, nick="alice")
        await clock.sleep(5.1)
        assert alice.link.lines[0]["error"]["code"] == "unavailable"
        assert alice.link.session.user is None


async def test_an_error_in_a_port_is_no_answer_to_the_client():
    class BrokenTokens:
        async def verify(self, token: str) -> Caller | None:
            raise StoreUnavailable("no route to host")

    async with House(tokens=BrokenTokens()) as house:
        stranger = house.stranger()
        with pytest.raises(Refused) as refused:
            await stranger.ask("hello", token="t")
        assert refused.value.code == "unavailable"
        assert "route" not in refused.value.error["message"]
