"""Keys: made once, kept to their owner, renewed in time, the same on all nodes."""

import asyncio
import os
from pathlib import Path

import pytest

from teahouse.backends.files.vault import FileVault
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemoryVault
from teahouse.identity import keys as rules
from teahouse.identity.access import AccessTokens
from teahouse.identity.keys import CannotUseKeys, KeyRing
from teahouse.identity.sealed import CannotUnseal, SealedVault
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.vault import Vault
from tests.support.people import cheap

DAY_S = 86_400


async def ring_in(folder: Path, clock: ManualClock | None = None, **options: object) -> KeyRing:
    ring = KeyRing(FileVault(folder), cheap(**options), clock or ManualClock())
    await ring.open()
    return ring


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def node(vault: Vault, clock: ManualClock, **options: object) -> KeyRing:
    ring = KeyRing(vault, cheap(**options), clock, shared=True)
    await ring.open()
    return ring


async def test_keys_are_made_once_and_are_the_owners_only(tmp_path: Path) -> None:
    os.umask(0)
    first = await ring_in(tmp_path)
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert (await ring_in(tmp_path)).newest.kid == first.newest.kid
    assert names(tmp_path) == ["keys.json"]


async def test_a_file_others_could_read_is_closed(tmp_path: Path) -> None:
    await ring_in(tmp_path)
    (tmp_path / "keys.json").chmod(0o644)
    await ring_in(tmp_path)
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


async def test_a_new_key_signs_when_the_old_one_is_old(tmp_path: Path) -> None:
    clock = ManualClock()
    old = (await ring_in(tmp_path, clock, key_days=2)).newest.kid
    clock.advance(2 * DAY_S - 1)
    ring = await ring_in(tmp_path, clock, key_days=2)
    assert ring.newest.kid == old
    clock.advance(1)
    assert await ring.renew()
    assert ring.newest.kid != old
    assert not await ring.renew()


async def test_an_old_key_verifies_as_long_as_its_tokens_last(tmp_path: Path) -> None:
    clock = ManualClock()
    ring = await ring_in(tmp_path, clock, access_s=900)
    old = ring.newest.kid
    clock.advance(1)
    await ring.rotate()
    assert ring.find(old) is not None
    assert [key["kid"] for key in ring.jwks()["keys"]] == [old, ring.newest.kid]
    clock.advance(900)
    assert not await ring.renew()
    clock.advance(0.001)
    assert await ring.renew()
    assert ring.find(old) is None
    assert (await ring_in(tmp_path, clock)).newest.kid == ring.newest.kid


async def test_only_public_halves_are_shown(tmp_path: Path) -> None:
    ring = await ring_in(tmp_path)
    (key,) = ring.jwks()["keys"]
    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert ring._stored[0].private.hex() not in str(key)


async def test_a_shared_secret_is_shown_to_nobody(tmp_path: Path) -> None:
    clock = ManualClock()
    ring = await ring_in(tmp_path, clock, algorithm="HS256", secret="s" * 32)
    assert ring.jwks() == {"keys": []}
    clock.advance(10**9)
    assert not await ring.renew()
    with pytest.raises(CannotUseKeys, match=r"identity\.secret"):
        await ring.rotate()
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"keys":[{"kid":"k","created":1,"private":"AAAA"}]}', b"\xff"]
)
async def test_a_broken_file_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(content)
    with pytest.raises(CannotUseKeys, match=r"keys\.json cannot be read"):
        await ring_in(tmp_path)
    assert file.read_bytes() == content


async def test_a_key_that_cannot_be_written_does_not_sign(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    ring = await ring_in(folder)
    before = ring.newest.kid
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        await ring.rotate()
    assert ring.newest.kid == before


def test_hs256_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cheap(algorithm="HS256", secret="short")


# --- several nodes ---


async def test_nodes_that_start_at_once_have_one_key() -> None:
    vault, clock = MemoryVault(MemoryStore()), ManualClock()
    rings = await asyncio.gather(*(node(vault, clock) for _ in range(5)))
    assert len({ring.newest.kid for ring in rings}) == 1
    assert len(rings[0].jwks()["keys"]) == 1


async def test_rotations_at_once_lose_no_key() -> None:
    vault, clock = MemoryVault(MemoryStore()), ManualClock()
    rings = [await node(vault, clock) for _ in range(3)]
    await asyncio.gather(*(ring.rotate() for ring in rings))
    for ring in rings:
        await ring.refresh()
        assert len(ring.jwks()["keys"]) == 4
    assert len({ring.newest.kid for ring in rings}) == 1


async def test_a_token_of_a_key_that_another_node_just_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found by whoever is shown the token first; those who ask with nonsense wait, and ask once a second."""
    monkeypatch.setattr(rules, "LOOK_S", 0.05)
    looks = 0

    class Counted(MemoryVault):
        async def get(self, name: str):
            nonlocal looks
            looks += 1
            return await super().get(name)

    vault, clock = Counted(MemoryStore()), ManualClock()
    one, other = await node(vault, clock), await node(vault, clock)
    signing, verifying = (AccessTokens(ring, cheap(), clock) for ring in (one, other))
    await one.rotate()
    looks = 0
    token = signing.issue("u1", "l1")
    assert verifying.read(token) is None
    told = await asyncio.gather(*(verifying.verify(token) for _ in range(50)))
    assert {claims.user for claims in told if claims is not None} == {"u1"}
    assert None not in told
    assert looks == 1
    await asyncio.gather(*(other.look_for(f"k{number:016x}") for number in range(50)))
    assert looks == 2
    assert await verifying.verify("x.y.z") is None
    assert looks == 2


async def test_another_node_may_sign_with_the_old_key_for_a_while() -> None:
    vault, clock = MemoryVault(MemoryStore()), ManualClock()
    ring = await node(vault, clock, access_s=900)
    old = ring.newest.kid
    await ring.rotate()
    clock.advance(901 + rules.REFRESH_S)
    await ring.renew()
    assert ring.find(old) is not None
    clock.advance(300)
    await ring.renew()
    assert ring.find(old) is None


# --- sealed ---


async def test_what_is_sealed_is_read_with_the_key_alone() -> None:
    store, clock = MemoryStore(), ManualClock()
    vault = MemoryVault(store)
    ring = await node(SealedVault(vault, "k" * 32), clock)
    assert ring._stored[0].private not in store.secrets["keys"].value
    assert ring.newest.kid.encode() not in store.secrets["keys"].value
    assert (await node(SealedVault(vault, "k" * 32), clock)).newest.kid == ring.newest.kid
    for wrong, told in (("", "set identity.sealing_key"), ("x" * 32, "does not open")):
        with pytest.raises(CannotUnseal, match=told):
            await node(SealedVault(vault, wrong), clock)


async def test_what_was_there_before_the_sealing_key_is_sealed_with_the_next_change() -> None:
    store, clock = MemoryStore(), ManualClock()
    before = await node(SealedVault(MemoryVault(store), ""), clock)
    sealing = await node(SealedVault(MemoryVault(store), "k" * 32), clock)
    assert sealing.newest.kid == before.newest.kid
    await sealing.rotate()
    assert b"keys" not in store.secrets["keys"].value


def test_a_sealing_key_is_long() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cheap(sealing_key="short")
