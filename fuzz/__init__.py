"""Fuzz harnesses, one a decoder: `python -m fuzz.ndjson --seconds 10`. See `harness.py`."""
