import resource

import pytest

from teahouse.gateways.limits import _RETRY_MS, Admission
from teahouse.gateways.options import AdmissionOptions


def admission(connections: int = 0, connections_per_address: int = 0) -> Admission:
    return Admission(
        AdmissionOptions(connections=connections, connections_per_address=connections_per_address)
    )


def test_so_many_overall() -> None:
    door = admission(connections=2)
    for _ in range(2):
        assert door.enter("1.2.3.4")
        assert door.refusal("1.2.3.4") is None
    assert door.enter("5.6.7.8")
    bye = door.refusal("5.6.7.8")
    assert bye is not None
    assert bye.reconnect
    door.leave("1.2.3.4")
    assert door.refusal("5.6.7.8") is None
    assert len(door) == 2


def test_so_many_of_one_address() -> None:
    door = admission(connections_per_address=1)
    for address, refused in (
        ("1.2.3.4", False),
        ("1.2.3.4", True),
        ("1.2.3.5", False),
        ("2001:db8::1", False),
    ):
        assert door.enter(address)
        assert (door.refusal(address) is not None) is refused
    door.leave("1.2.3.4")
    assert door.refusal("1.2.3.4") is None


def test_loopback_is_not_counted_as_one_address() -> None:
    door = admission(connections_per_address=1)
    for address in ("127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1", "::ffff:127.0.0.1"):
        assert door.enter(address)
        assert door.refusal(address) is None


def test_an_unknown_address_is_one_like_any_other() -> None:
    door = admission(connections_per_address=1)
    assert door.enter("") and door.enter("")
    assert door.refusal("") is not None


def test_those_who_are_told_why_are_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (20, 20))
    door = admission(connections=1)
    assert [door.enter("1.2.3.4") for _ in range(3)] == [True, True, False]
    for _ in range(3):
        door.leave("1.2.3.4")
    assert len(door) == 0
    assert door._counts == {}


def test_file_descriptors_are_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1000, 2000))
    for door in (admission(), admission(connections=100_000)):
        door._count = 901
        assert door.refusal("1.2.3.4") is not None
        door._count = 900
        assert door.refusal("1.2.3.4") is None


def test_not_everybody_is_told_the_same_time() -> None:
    door = admission(connections=1)
    door.enter("a")
    door.enter("a")
    times = {bye.after_ms for _ in range(50) if (bye := door.refusal("a")) is not None}
    assert len(times) > 10
    assert all(time is not None and time in _RETRY_MS for time in times)
