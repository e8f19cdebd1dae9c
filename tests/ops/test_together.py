"""Pages of metrics of several processes, as one that Prometheus reads."""

from prometheus_client.parser import text_string_to_metric_families

from teahouse.ops.metrics.together import together

ONE = b"""# HELP sessions Connections.
# TYPE sessions gauge
sessions{gateway="tcp"} 1.0
sessions{gateway="websocket"} 2.0
# HELP lag How late.
# TYPE lag gauge
lag 0.5
"""
OTHER = b"""# HELP lag How late.
# TYPE lag gauge
lag 0.25
# HELP sessions Connections.
# TYPE sessions gauge
sessions{gateway="tcp"} 4.0
# HELP only_total Here alone.
# TYPE only_total counter
only_total 7.0
"""


def test_families_stand_together_and_samples_name_their_node() -> None:
    page = together([("a-1", ONE), ('b"\\', OTHER)])
    found = [
        (sample.name, sample.labels, sample.value)
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    ]
    assert found == [
        ("sessions", {"node": "a-1", "gateway": "tcp"}, 1),
        ("sessions", {"node": "a-1", "gateway": "websocket"}, 2),
        ("sessions", {"node": 'b"\\', "gateway": "tcp"}, 4),
        ("lag", {"node": "a-1"}, 0.5),
        ("lag", {"node": 'b"\\'}, 0.25),
        ("only_total", {"node": 'b"\\'}, 7),
    ]
    assert page.count(b"# HELP") == page.count(b"# TYPE") == 3


def test_of_nobody() -> None:
    assert together([]) == b""
