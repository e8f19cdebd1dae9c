"""The rate limit, held against a bucket that is filled drop by drop."""

from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.gcra import Rate, admit


def test_a_burst_goes_through_and_then_one_a_step():
    rate, arrival, now = Rate(10, 3), 0.0, 100.0
    for _ in range(3):
        arrival, wait = admit(rate, arrival, now)
        assert wait == 0
    _, wait = admit(rate, arrival, now)
    assert abs(wait - 0.1) < 1e-6
    arrival, wait = admit(rate, arrival, now + 0.1001)
    assert wait == 0
    _, wait = admit(rate, arrival, now + 0.1001)
    assert wait > 0


def test_a_refused_cell_costs_nothing():
    rate = Rate(1, 1)
    arrival, _ = admit(rate, 0.0, 5.0)
    again, wait = admit(rate, arrival, 5.0)
    assert again == arrival and wait > 0


def test_a_rate_of_nothing_admits_all():
    assert admit(Rate(0, 1), 0.0, 1.0) == (0.0, 0.0)


# Dyadic steps: the sums are exact, so that both models may be compared to the last bit.
@given(
    st.sampled_from([1, 2, 4, 8]),
    st.integers(1, 5),
    st.lists(st.integers(0, 40).map(lambda eighths: eighths / 8), min_size=1, max_size=60),
)
def test_it_is_a_bucket_that_fills_at_the_rate(per_second, burst, pauses):
    rate, arrival, now, level = Rate(per_second, burst), 0.0, 1000.0, float(burst)
    for pause in pauses:
        now += pause
        level = min(burst, level + pause * per_second)
        arrival, wait = admit(rate, arrival, now)
        if level >= 1:
            assert wait == 0
            level -= 1
        else:
            assert wait == (1 - level) / per_second
