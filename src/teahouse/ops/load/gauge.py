"""What a process costs: CPU time of all its threads, and resident memory. Linux only."""

import time
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """CPU seconds since the process began, seconds its threads were ready to run but had no core (other programs
    had it), and resident bytes."""

    cpu_s: float
    wait_s: float
    rss: int


def usage(pid: int) -> Usage | None:
    """None when there is no such process."""
    process = Path(f"/proc/{pid}")
    try:
        status = (process / "status").read_text()
        wait_ns = sum(map(_waited_ns, (process / "task").iterdir()))
        # The process's CPU clock (clock_getcpuclockid(3)): the sum /proc/<pid>/stat shows, in finer steps.
        cpu_s = time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return None
    rss = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0")
    return Usage(cpu_s, wait_ns / 1e9, int(rss.split()[1]) * 1024)


def _waited_ns(task: Path) -> int:
    """The second number of schedstat: how long a thread waited for a core. Threads may end at any time."""
    try:
        return int((task / "schedstat").read_text().split()[1])
    except OSError:
        return 0


def file_system(path: Path) -> str:
    """The type of the file system `path` is on: a fsync on tmpfs says nothing."""
    target = path.resolve()
    found, kind = Path("/"), "unknown"
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        mounted, _, device = line.partition(" - ")
        point = Path(mounted.split()[4])
        if target.is_relative_to(point) and len(point.parts) >= len(found.parts):
            found, kind = point, device.split()[0]
    return kind
