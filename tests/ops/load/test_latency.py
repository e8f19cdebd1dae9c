"""The histogram against sorted lists."""

from hypothesis import given
from hypothesis import strategies as st

from teahouse.ops.load.latency import Latency

VALUES = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=200)


@given(VALUES, st.sampled_from([50, 95, 99, 100]))
def test_percentiles_are_within_one_percent(values: list[int], percent: int) -> None:
    latency = Latency()
    for value in values:
        latency.record(value)
    rank = max(1, -(-len(values) * percent // 100))
    exact = sorted(values)[rank - 1]
    found = round(latency.percentile(percent) * 1000)
    assert exact <= found <= exact * 1.01
    assert latency.summary().max == max(values) / 1000


@given(VALUES)
def test_counting_many_is_counting_each(values: list[int]) -> None:
    many, each = Latency(), Latency()
    for value in values:
        many.record(value, 3)
        for _ in range(3):
            each.record(value)
    assert many.summary() == each.summary()


def test_edges() -> None:
    latency = Latency()
    assert latency.summary().max == latency.percentile(99) == 0.0
    latency.record(-5)
    latency.record(1 << 62)
    assert latency.count == 2
    assert latency.percentile(50) == 0.0
    assert latency.percentile(100) == latency.summary().max
