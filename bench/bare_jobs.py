"""The floor of jobs: what SQLite alone gives, now. One thread and nothing else puts, leases and forgets rows of the
store's own table, as many to a commit as the engine's worker has at work, three commits to each lot, synchronous=FULL.
Called by jobs.py, in turn with what is measured.
"""

import json
import tempfile
import time
from pathlib import Path

from bench.sqlite_floor import open_file

LOT = 96
_PUT = """
INSERT INTO job (id, kind, due, data, urgent, conversation, seq, created) VALUES (?, 'tea', 0, x'', 0, '', 0, 1)
"""
_READY = "SELECT id, kind, data FROM job WHERE dead = 0 AND urgent = 0 AND due <= 1 ORDER BY due LIMIT ?"
_LEASE = "UPDATE job SET due = 60000, attempt = attempt + 1 WHERE id IN (SELECT value FROM json_each(?))"
_DONE = "DELETE FROM job WHERE id = ? AND attempt = 1 AND dead = 0"


def bare_jobs(directory: Path, total: int) -> float:
    """Jobs a second, from the put to the end."""
    with tempfile.TemporaryDirectory(dir=directory) as made:
        database = open_file(Path(made))
        begun = time.perf_counter()
        for first in range(0, total, LOT):
            names = [f"tea:{number}" for number in range(first, min(first + LOT, total))]
            with database:
                database.executemany(_PUT, [(name,) for name in names])
            with database:
                taken = [row[0] for row in database.execute(_READY, (LOT,))]
                database.execute(_LEASE, (json.dumps(taken),))
            with database:
                database.executemany(_DONE, [(name,) for name in taken])
        took = time.perf_counter() - begun
        left = database.execute("SELECT count(*) FROM job").fetchone()
        database.close()
    if left != (0,):
        raise AssertionError(f"{left} jobs were left")
    return total / took
