"""Metrics: what Prometheus reads at /metrics. declared.py says which there are, exposition.py fills them."""
