"""The sessions of a node, by user and by nick."""

from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.model.people import User
from tests.support.house import House, turns

ALICE, ALICIA, BOB = User("u1", "Alice"), User("u1", "Alicia"), User("u2", "bob")


def session_of(house: House) -> Session:
    return house.stranger().link.session


async def test_a_user_is_found_by_id_and_nick_until_the_last_session_is_gone():
    async with House() as house:
        sessions, phone, desk = Sessions(), session_of(house), session_of(house)
        sessions.enter(phone, ALICE)
        sessions.enter(desk, ALICE)
        assert sessions.of("u1") == (phone, desk)
        assert sessions.named("alice") == ALICE
        assert not sessions.revoke(phone)
        assert sessions.named("alice") == ALICE
        assert sessions.revoke(desk)
        assert sessions.of("u1") == ()
        assert sessions.named("alice") is None


async def test_a_session_without_a_user_has_none_to_lose():
    async with House() as house:
        sessions, stranger = Sessions(), session_of(house)
        sessions.add(stranger)
        assert len(sessions) == 1
        assert not sessions.revoke(stranger)
        sessions.remove(stranger)
        assert list(sessions) == []


async def test_a_new_nick_takes_the_place_of_the_old_one_on_all_sessions():
    async with House() as house:
        sessions, phone, desk = Sessions(), session_of(house), session_of(house)
        sessions.enter(phone, ALICE)
        sessions.enter(desk, ALICIA)
        assert phone.user == ALICIA
        assert sessions.named("alice") is None
        assert sessions.named("alicia") == ALICIA
        sessions.revoke(desk)
        sessions.revoke(phone)
        assert sessions.named("alicia") is None


async def test_a_nick_that_went_to_another_is_not_taken_from_them():
    async with House() as house:
        sessions, old, new = Sessions(), session_of(house), session_of(house)
        sessions.enter(old, User("u1", "bob"))
        sessions.enter(new, BOB)
        sessions.revoke(old)
        assert sessions.named("bob") == BOB


async def test_the_engine_counts_connections_until_they_are_gone():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        house.stranger()
        assert len(house.engine) == 3
        alice.link.drop()
        assert len(house.engine) == 2
        house.engine.ended(bob.link.session)
        await turns()
        assert len(house.engine) == 1
