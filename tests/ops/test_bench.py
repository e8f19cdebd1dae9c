"""The bench folder: its verdicts, and that the reference it measures against measures what it says."""

import json
from pathlib import Path

import pytest

from bench import verdict
from bench.__main__ import main
from bench.bare_fanout import ready_frames
from bench.playing import check, program
from bench.profile import _innermost_python, _runs, _sample
from bench.verdict import Verdict, busy_cores, tell
from teahouse.ops.load.feed import Feed
from teahouse.ops.load.framing import Frames


def test_a_verdict_is_told_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verdict, "RESULTS", tmp_path / "results")
    assert tell(Verdict("fanout", "cost", 1.2, 1.5, at_most=True, unit="x", seen={"ours": 6.0}))
    assert not tell(Verdict("fanout", "rows", 0.39, 0.4, at_most=False))
    shown = capsys.readouterr().out
    assert "PASS  fanout: cost: 1.2x (goal <= 1.5x)" in shown
    assert "MISS  fanout: rows: 0.39 (goal >= 0.4)" in shown
    first, second = map(json.loads, (tmp_path / "results" / "fanout.jsonl").read_text().splitlines())
    assert (first["passed"], first["seen"], second["passed"]) == (True, {"ours": 6.0}, False)
    assert (tmp_path / "results" / ".gitignore").read_text() == "*\n"


def test_the_machine_is_watched() -> None:
    assert busy_cores(0.05) >= 0


def test_unknown_benches_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["fanuot"])
    assert wrong.value.code == 2
    assert "fanout" in capsys.readouterr().err


@pytest.mark.parametrize("size", [200, 406, 1000])
def test_ready_frames_have_the_size_and_form_of_events(size: int) -> None:
    frames = ready_frames(12, size)
    payloads, controls, rest = Frames().split(b"".join(frames))
    assert {len(payload) for payload in payloads} == {size}
    assert not controls
    assert not rest
    feed = Feed("bare", 0, False)
    assert [feed.read(payload) for payload in payloads] == [(seq, 0) for seq in range(1, 13)]


def test_stacks_are_read() -> None:
    line = (
        "thread (1): MainThread;run (a/b.py:10);Fanout._deliver (engine/fanout.py:210);write (libc.so.6) 12"
    )
    stack, count = _sample(line)
    assert count == 12
    assert _innermost_python(stack) == "Fanout._deliver (engine/fanout.py)"
    assert _runs(stack)
    waiting = (
        "get (q.py:1);PyThread_acquire_lock_timed (libpython3.11.so.1.0);0x7f (libc.so.6);0x8f (libc.so.6) 1"
    )
    assert not _runs(_sample(waiting)[0])


@pytest.mark.service
def test_the_bare_loop_delivers_everything() -> None:
    flags = ("--members=20", "--rate=100", "--seconds=0.5", "--bytes=300", "--burst=5")
    report = program("bench.bare_fanout", "receive", *flags)
    assert check(report) == "ok"
    assert report["delivered"] == 20 * 50
    assert report["cpu_us_per_delivery"] > 0
