"""A short run of each fuzz harness, always the same; `python -m fuzz.<name>` runs one for long."""

from random import Random

import pytest

from fuzz import accounts, commands, handshake, harness, mqtt, ndjson, proto, proxied, scram, websocket, xmpp

SEED = 20_261_123


@pytest.mark.parametrize(
    "module",
    [accounts, commands, handshake, mqtt, ndjson, proto, proxied, scram, websocket, xmpp],
    ids=lambda module: module.__name__,
)
def test_nothing_is_found(module) -> None:
    for sample in module.SAMPLES:
        module.check(sample)
    assert harness.run(module.check, module.SAMPLES, SEED, runs=3000) == 3000


def test_the_samples_are_no_dead_end() -> None:
    """The harness finds a planted fault, or the tests above would pass for nothing."""

    def check(data: bytes) -> None:
        assert b'"nick":"alicealice' not in data

    with pytest.raises(AssertionError):
        harness.run(check, commands.SAMPLES, SEED, runs=100_000)


def test_runs_can_be_repeated() -> None:
    first, second = (harness.inputs(ndjson.SAMPLES, Random(SEED)) for _ in range(2))
    assert [next(first) for _ in range(500)] == [next(second) for _ in range(500)]
