"""Quotas: commands of a connection, sends of a user."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.engine import buckets
from teahouse.engine.options import EngineOptions
from teahouse.engine.quota import Quota
from teahouse.model.errors import Problem
from teahouse.model.gcra import Rate
from tests.support.house import House, Refused


async def test_sends_are_counted_over_all_connections_of_a_user():
    clock = ManualClock()
    async with House(clock=clock, options=EngineOptions(sends_per_s=1, sends_burst=2)) as house:
        phone = await house.guest("alice", device="phone")
        desk = await house.back(phone, device="desk")
        bob = await house.guest("bob")
        await phone.ask("send", to="lobby", text="1")
        await desk.ask("send", to="lobby", text="2")
        with pytest.raises(Refused) as refused:
            await phone.ask("send", to="lobby", text="3", cid="c3")
        error = refused.value.error
        assert (error["code"], error["retry"], error["retry_after_ms"]) == ("rate_limited", True, 1000)
        await bob.ask("send", to="lobby", text="not bob")
        clock.advance(1.01)
        await phone.ask("send", to="lobby", text="3", cid="c3")


async def test_commands_are_counted_by_connection_also_before_hello():
    options = EngineOptions(commands_per_s=1, commands_burst=3)
    async with House(clock=ManualClock(), options=options) as house:
        stranger = house.stranger()
        codes = [await stranger.refused("ping") for _ in range(5)]
        assert codes == ["unauthenticated"] * 3 + ["rate_limited"] * 2
        alice = await house.guest("alice")
        await alice.ask("ping")
        await alice.ask("ping")
        assert await alice.refused("ping") == "rate_limited"


def test_users_with_full_buckets_are_forgotten(monkeypatch):
    monkeypatch.setattr(buckets, "_SWEEP", 100)
    clock = ManualClock()
    clock.advance(10)
    q = Quota(clock, Rate(0, 1), Rate(1, 5), Rate(0, 1), MemoryLimits(clock))
    for n in range(1000):
        clock.advance(0.1)
        q.take_send(f"u{n}")
    assert len(q._sending._arrivals) <= 200
    for _ in range(4):
        q.take_send("u999")
    with pytest.raises(Problem):
        q.take_send("u999")
