"""Logins by proof: who knows the password comes in, and who does not learns nothing."""

from base64 import b64decode, b64encode

import pytest

from teahouse.identity.porter import PREFIX
from teahouse.model.errors import Code, Problem
from tests.support.people import PASSWORD, Village, cheap
from tests.support.scram import ScramClient

HERE = "127.0.0.1"


async def prove(village: Village, name: str, password: str = PASSWORD, algorithm: str = "SHA-256") -> str:
    """The slip."""
    porter = village.identity.porter
    challenge = await porter.challenge(name, algorithm, HERE)
    client = ScramClient(name, password, algorithm)
    asked = f"r={client.nonce}more,s={b64encode(challenge.keys.salt).decode()},i={challenge.keys.iterations}".encode()
    unproved, _, proof = client.answer(asked).rpartition(b",p=")
    message = b",".join((client.first[3:], asked, unproved))
    _user, slip, signature = await porter.prove(challenge, message, b64decode(proof))
    assert client.believes(b"v=" + b64encode(signature))
    return slip


async def refused(village: Village, *given: str) -> Code:
    with pytest.raises(Problem) as caught:
        await prove(village, *given)
    return caught.value.code


@pytest.mark.parametrize("algorithm", ["SHA-1", "SHA-256"])
async def test_who_knows_the_password_comes_in(algorithm: str) -> None:
    async with Village() as village:
        await village.registered("ada")
        slip = await prove(village, "Ada", PASSWORD, algorithm)
        assert slip.startswith(PREFIX)
        caller = await village.identity.porter.take(slip)
        assert caller is not None and caller.user.nick == "ada"
        assert await village.identity.porter.take(slip) is None, "it is good once"
        assert await refused(village, "ada", "wrong horse", algorithm) == Code.UNAUTHENTICATED


async def test_a_password_that_was_changed_meanwhile_proves_nothing() -> None:
    async with Village() as village:
        await village.registered("ada")
        slip = await prove(village, "ada")
        account = await village.identity.accounts.named("ada")
        await village.identity.accounts.set_password(account, "another horse")
        assert await village.identity.porter.take(slip) is None
        assert await refused(village, "ada") == Code.UNAUTHENTICATED
        await prove(village, "ada", "another horse")
        await village.identity.accounts.disable(account)
        assert await refused(village, "ada", "another horse") == Code.UNAUTHENTICATED


async def test_who_is_not_known_is_asked_as_others_are() -> None:
    """By any node, and always the same; so is an account without keys, which gets them when it logs in."""
    async with Village() as village, Village(beside=village) as other:
        await village.registered("ada")
        account = await village.identity.accounts.named("ada")
        whole = await village.identity.registry.accounts.password(account.id)
        village.store.passwords[account.id] = str(whole).partition(" ")[0]
        for name in ("nobody", "ada"):
            seen = [await each.identity.porter.challenge(name, "SHA-256", HERE) for each in (village, other)]
            assert seen[0].keys == seen[1].keys
            assert (len(seen[0].keys.salt), seen[0].keys.iterations) == (16, 10_000)
            assert await refused(village, name) == Code.UNAUTHENTICATED
        await village.logged_in("ada")
        await prove(village, "ada")


async def test_challenges_are_paid_for() -> None:
    async with Village(cheap(failures_burst=3)) as village:
        await village.registered("ada")
        for _ in range(5):
            await prove(village, "ada")
        for _ in range(3):
            assert await refused(village, "ada", "wrong horse") == Code.UNAUTHENTICATED
        assert await refused(village, "ada") == Code.RATE_LIMITED


async def test_two_devices_that_come_at_once_when_a_hash_is_renewed() -> None:
    """Each would renew it; whoever is second is in, too."""
    async with Village() as village:
        await village.registered("ada")
        account = await village.identity.accounts.named("ada")
        whole = await village.identity.registry.accounts.password(account.id)
        village.store.passwords[account.id] = old = str(whole).partition(" ")[0]
        passwords = village.identity.passwords
        first = await passwords.recognise("ada", PASSWORD, HERE)
        assert first is not None and first.stored != old
        assert await passwords._renew(account.id, old, PASSWORD) == first.stored
        assert await passwords._renew(account.id, old, "wrong horse") == old
