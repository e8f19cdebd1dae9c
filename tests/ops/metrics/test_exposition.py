"""What Prometheus reads, taken apart by its own parser."""

from prometheus_client.parser import text_string_to_metric_families

from teahouse import __version__
from teahouse.backends.memory.inventory import MemoryInventory
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.model.jobs import Job
from teahouse.ops.metrics.declared import METRICS
from teahouse.ops.metrics.exposition import Exposition
from teahouse.ops.readings import Readings
from tests.support.house import House
from tests.support.push import until

Samples = dict[tuple[str, tuple[str, ...]], float]


def exposition(house: House) -> Exposition:
    return Exposition(
        Readings(house.engine, MemoryInventory(house.store), MemoryJobs(house.store), house.clock)
    )


async def scraped(made: Exposition) -> Samples:
    families = list(text_string_to_metric_families((await made.text()).decode()))
    assert {metric.name for metric in METRICS} <= {family.name for family in families}
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


async def test_what_happened_is_there() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="hi")
        await MemoryJobs(house.store).put([Job("strange", "s", 1)])
        house.engine.wake(1)
        await until(lambda: house.store.dead)
        found = await scraped(exposition(house))
        assert found["teahouse_build_info", (__version__,)] == 1
        assert found["teahouse_sessions", ("test",)] == 1
        assert found["teahouse_messages_total", ()] == 1
        assert found["teahouse_commands_total", ()] == 2
        assert found["teahouse_deliveries_total", ()] >= 1
        assert found["teahouse_commits_total", ()] >= 1
        assert found["teahouse_jobs_total", ("other", "died")] == 1
        assert found["teahouse_dead_letters", ("other",)] == 1
        assert found["teahouse_dead_letters", ("expire",)] == 0
        assert found["teahouse_jobs_waiting", ("expire",)] == 0
        assert found["teahouse_trouble", ("store",)] == 0
        assert found["teahouse_users", ("guest",)] == 1
        assert found["process_resident_memory_bytes", ()] > 1_000_000


async def test_without_the_store_the_rest_is_there() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        house.store.failure = "the disk is full"
        assert await alice.refused("send", to="lobby", text="hi") == "unavailable"
        found = await scraped(exposition(house))
        assert found["teahouse_trouble", ("store",)] == 1
        assert found["teahouse_sessions", ("test",)] == 1


def test_every_metric_is_named_as_prometheus_wants_it() -> None:
    for metric in METRICS:
        assert metric.name.startswith("teahouse_") and not metric.name.endswith("_total")
        assert metric.help.endswith(".")
    assert len({metric.name for metric in METRICS}) == len(METRICS)
