"""Hashing passwords: the same work for everybody, and no more of it than the chat bears."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher, extract_parameters

from teahouse.identity import hashing
from teahouse.identity.hashing import Hasher
from teahouse.identity.options import IdentityOptions
from teahouse.model.errors import Code, Problem
from tests.support.people import cheap


async def test_a_password_is_the_one_that_was_hashed() -> None:
    hasher = Hasher(cheap())
    stored = await hasher.hash("correct horse")
    assert await hasher.check(stored, "correct horse")
    assert not await hasher.check(stored, "correct horse ")
    assert not await hasher.check("not a hash", "correct horse")
    assert "horse" not in stored and stored != await hasher.hash("correct horse")
    hasher.close()


async def test_the_default_parameters_are_those_owasp_asks_for() -> None:
    hasher = Hasher(IdentityOptions())
    made = extract_parameters(await hasher.hash("x"))
    assert (made.type.name, made.memory_cost, made.time_cost, made.parallelism) == ("ID", 19_456, 2, 1)
    hasher.close()


async def test_nobodys_password_costs_what_somebodys_does() -> None:
    """The same function is called with a hash of the same parameters; what it says is not believed."""
    hasher = Hasher(IdentityOptions())
    seen = []

    class Recorder(PasswordHasher):
        def verify(self, stored: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            seen.append(extract_parameters(str(stored)))
            return True

    stored = await hasher.hash("x")
    hasher._hasher = Recorder()
    assert not await hasher.check(None, "x")
    assert await hasher.check(stored, "x")
    assert seen[0] == seen[1] == extract_parameters(stored)
    hasher.close()


@pytest.mark.parametrize(
    ("written", "typed"), [("Zo\u00eb", "Zoe\u0308"), ("\ud800", "\ud800"), ("茶" * 400,) * 2]
)
async def test_passwords_of_any_script(written: str, typed: str) -> None:
    """A letter may come composed or taken apart; what is no text at all does no harm."""
    hasher = Hasher(cheap())
    assert await hasher.check(await hasher.hash(written), typed)
    hasher.close()


async def test_old_parameters_are_seen() -> None:
    hasher, newer = Hasher(cheap()), Hasher(cheap(hash_passes=2))
    stored = await hasher.hash("x")
    assert not hasher.outdated(stored)
    assert newer.outdated(stored)
    assert await newer.check(stored, "x")
    hasher.close()
    newer.close()


async def test_too_many_at_once_are_told_to_come_back() -> None:
    hasher = Hasher(cheap(hash_queue=2, hash_threads=1))
    gate = threading.Event()
    waiting = [asyncio.ensure_future(hasher._run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Problem) as refused:
        await hasher.hash("x")
    assert refused.value.code is Code.UNAVAILABLE
    assert (refused.value.retry_after_ms or 0) > 0
    gate.set()
    await asyncio.gather(*waiting)
    assert await hasher.hash("x")
    hasher.close()


async def test_who_gives_up_makes_room() -> None:
    hasher = Hasher(cheap(hash_queue=1, hash_threads=1))
    gate = threading.Event()
    waiting = asyncio.ensure_future(hasher._run(gate.wait))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.set()
    assert await hasher.hash("x")
    hasher.close()


async def test_hashing_stands_back_for_everything_else() -> None:
    """Its threads have a low priority, and nobody else's is changed."""
    import os

    hasher = Hasher(cheap(hash_threads=1))
    theirs = await hasher._run(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
    ours = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert theirs >= hashing._NICENESS > ours
    hasher.close()
