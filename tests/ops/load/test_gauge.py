"""Readings of a process, against what it says itself."""

import os
import resource
import time
from pathlib import Path

from teahouse.ops.load.gauge import file_system, usage


def test_our_own_process() -> None:
    found = usage(os.getpid())
    assert found is not None
    assert abs(found.cpu_s - time.process_time()) < 0.1
    assert found.wait_s >= 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert 1_000_000 < found.rss < most * 1.1  # the kernel counts pages in batches


def test_no_such_process() -> None:
    assert usage(4_194_305) is None  # above the largest pid Linux gives


def test_file_systems() -> None:
    assert file_system(Path("/proc/self")) == "proc"
    assert file_system(Path("/")) != "unknown"
