"""`teahouse dead`, beside a running server and without one."""

from pathlib import Path

import pytest

from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.audit import Search
from teahouse.model.jobs import FIRST, Job
from tests.app.server import serving, teahouse

pytestmark = pytest.mark.service

DATA = "teahouse-data"


async def bury(place: Path, *ids: str) -> None:
    store = SqliteStore(place / DATA)
    await store.jobs.put([Job("tea", id_, 1, data=b'{"cup":1}', conversation="c1", seq=7) for id_ in ids])
    for at, job in enumerate(await store.jobs.take(10, 999, 60_000), 1_700_000_000_000):
        await store.jobs.bury(job, f"no {job.id}\nat all", at)
    await store.close()


def dead(place: Path, *arguments: str) -> str:
    done = teahouse("dead", *arguments, cwd=place)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_without_a_server(tmp_path: Path) -> None:
    await bury(tmp_path, "a", "b", "c")
    lines = dead(tmp_path, "list").splitlines()
    assert [line.split()[4] for line in lines] == ["a", "b", "c"]
    assert lines[0] == "2023-11-14 22:13:20Z  tea        1  a  no a\N{REPLACEMENT CHARACTER}at all"
    shown = dead(tmp_path, "show", "b")
    assert 'payload:  {"cup":1}' in shown and "follows:  c1.7" in shown
    assert dead(tmp_path, "retry", "a") == "given back: 1\n"
    assert dead(tmp_path, "discard", "b") == "forgotten\n"
    store = SqliteStore(tmp_path / DATA)
    assert [one.job.id for one in await store.jobs.dead(FIRST, 9)] == ["c"]
    assert [job.id for job in await store.jobs.take(2**50, 9, 1)] == ["a"]
    recorded = await store.audit.page(Search(), 2**53, 9)
    assert [(one.record.action, one.record.target) for one in recorded] == [
        ("letter.discarded", "b"),
        ("letter.retried", "a"),
    ]
    await store.close()


async def test_beside_a_server_which_does_them_at_once(tmp_path: Path) -> None:
    """Nobody there does such jobs: they die again, for another reason, and the log says so."""
    await bury(tmp_path, *(f"j{n:03}" for n in range(205)))
    with serving(tmp_path) as server:
        assert len(dead(tmp_path, "list").splitlines()) == 205  # more than a page
        assert dead(tmp_path, "retry", "--all") == "given back: 205\n"
        while (found := dead(tmp_path, "list")).count("nobody here does") < 205:
            pass
        assert "no j000" not in found
        assert server.log.count("a job was given up") == 205
        assert dead(tmp_path, "discard", "j000") == "forgotten\n"


def test_what_is_not_there(tmp_path: Path) -> None:
    for order in ("show", "retry", "discard"):
        done = teahouse("dead", order, "x", cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr == "teahouse: there is no dead letter 'x', or no longer\n"
    assert dead(tmp_path, "list") == ""
    assert dead(tmp_path, "retry", "--all") == "given back: 0\n"
    for wrong in (("retry",), ("retry", "x", "--all")):
        done = teahouse("dead", *wrong, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (2, "teahouse: name one dead letter, or give --all\n")
