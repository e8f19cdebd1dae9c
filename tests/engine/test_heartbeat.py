"""Heartbeat: asked after thirty seconds of silence, cut after seventy-five."""

import pytest

from teahouse.engine.heartbeat import SILENT, Heartbeat
from teahouse.engine.options import EngineOptions


class QuietLink:
    wire = None
    gateway = "test"
    write = None

    def __init__(self, heartbeats: bool = True) -> None:
        self.probes = 0
        self._heartbeats = heartbeats

    def probe(self) -> bool:
        self.probes += 1
        return self._heartbeats


class Watched:
    """A session, as far as the heartbeat looks at one."""

    def __init__(self, heartbeats: bool = True, seen: int = 1000) -> None:
        self.link = QuietLink(heartbeats)
        self.seen = seen
        self.closed = False
        self.stalled = False


@pytest.fixture
def cut():
    return []


@pytest.fixture
def heartbeat(cut):
    return Heartbeat(EngineOptions(), 1000, lambda session, bye: cut.append((session, bye)))


def test_the_silent_are_asked_and_then_cut(heartbeat, cut):
    session = Watched()
    heartbeat.watch(session)
    heartbeat.tick(1029)
    assert session.link.probes == 0
    heartbeat.tick(1031)
    assert session.link.probes == 1
    heartbeat.tick(1074)
    assert cut == []
    heartbeat.tick(1076)
    assert cut == [(session, SILENT)]


def test_who_gives_a_sign_of_life_is_left_alone(heartbeat, cut):
    session = Watched()
    heartbeat.watch(session)
    for second in range(1001, 2000):
        if second % 29 == 0:
            session.seen = second
        heartbeat.tick(second)
    assert session.link.probes == 0
    session.seen = 2000
    heartbeat.tick(2031)
    session.seen = 2032
    heartbeat.tick(2100)
    heartbeat.tick(2106)
    assert cut == []


def test_where_there_is_no_way_to_ask_silence_is_no_fault(heartbeat, cut):
    session = Watched(heartbeats=False)
    heartbeat.watch(session)
    for second in range(1001, 2000):
        heartbeat.tick(second)
    assert cut == []
    assert session.link.probes == pytest.approx(33, abs=2)


def test_who_takes_nothing_is_cut_also_where_silence_is_no_fault(heartbeat, cut):
    session = Watched(heartbeats=False)
    heartbeat.watch(session)
    heartbeat.tick(2000)
    session.stalled, session.seen = True, 2000
    heartbeat.tick(2070)
    assert cut == []
    heartbeat.tick(2100)
    assert cut == [(session, SILENT)]


def test_those_who_went_are_forgotten(heartbeat, cut):
    session = Watched()
    heartbeat.watch(session)
    session.closed = True
    heartbeat.tick(2000)
    assert session.link.probes == 0 and cut == []
    assert heartbeat._due == {}


def test_a_clock_that_stood_still_misses_nobody(heartbeat, cut):
    sessions = [Watched(seen=1000 + n) for n in range(10)]
    for session in sessions:
        heartbeat.watch(session)
    heartbeat.tick(5000)
    heartbeat.tick(5002)
    assert [session for session, _ in cut] == sessions
