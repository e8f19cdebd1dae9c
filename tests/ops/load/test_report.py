"""The report as a table and as JSON."""

import json
from dataclasses import replace

from teahouse.ops.load.latency import Percentiles
from teahouse.ops.load.report import Cost, Report, as_json, as_table

NONE = Percentiles(0, 0, 0, 0, 0)
REPORT = Report(
    scenario="mixed",
    target="ws://127.0.0.1:1/ws",
    users=500,
    seconds=2.0,
    sent=2000,
    acknowledged=2000,
    delivered=98_000,
    pieces=49_000,
    answer_ms=Percentiles(2000, 1.0, 2.0, 3.0, 4.5),
    delivery_ms=NONE,
    errors={},
    lost=0,
    duplicates=0,
    out_of_order=0,
    sampled=8,
    event_bytes=420,
    server=Cost(0.98, 0.2, 50_000_000),
    generator=Cost(0.5, 0.1, 40_000_000),
    facts={"all_back_s": 1.25},
)


def test_table() -> None:
    table = as_table(REPORT)
    assert "mixed: 500 users" in table
    assert "49,000/s" in table
    assert "10.00 us a delivery" in table
    assert "waited 0.20 s for a core" in table
    assert "all back s" in table
    assert "lost 0, duplicates 0, out of order 0" in table
    assert "give --pid" in as_table(replace(REPORT, server=None))
    assert "errors muted 3" in as_table(replace(REPORT, errors={"muted": 3}))


def test_json() -> None:
    found = json.loads(as_json(REPORT))
    assert found["ok"] is True
    assert found["answer_ms"]["p99"] == 3.0
    assert found["delivered_per_s"] == 49_000
    assert found["cpu_us_per_delivery"] == 10.0
    assert found["deliveries_per_read"] == 2.0
    assert json.loads(as_json(replace(REPORT, server=None)))["cpu_us_per_delivery"] is None


def test_what_is_not_ok() -> None:
    assert REPORT.ok
    assert not replace(REPORT, lost=1).ok
    assert not replace(REPORT, duplicates=1).ok
    assert not replace(REPORT, out_of_order=1).ok
    assert not replace(REPORT, errors={"bye": 1}).ok
