import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.wire.mqtt.topics import is_filter, is_name, matches, overlap, shared


@pytest.mark.parametrize("text", ["a", "/", "a//b", " ", "$SYS", "Accounts payable"])
def test_names(text: str) -> None:
    assert is_name(text)
    assert is_filter(text)


@pytest.mark.parametrize("text", ["", "#", "+", "a/#", "a+", "x" * 1025])
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", ["#", "+", "a/#", "+/a/#", "/+", "+/+", "a/+/b"])
def test_filters(text: str) -> None:
    assert is_filter(text)


@pytest.mark.parametrize("text", ["", "a#", "a/#/b", "#/a", "a+", "a/+b", "+#", "x" * 1025])
def test_no_filters(text: str) -> None:
    assert not is_filter(text)


@pytest.mark.parametrize(
    ("text", "topic", "does"),
    [
        ("sport/tennis/player1/#", "sport/tennis/player1", True),
        ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", True),
        ("sport/#", "sport", True),
        ("#", "a/b", True),
        ("sport/tennis/+", "sport/tennis/player1", True),
        ("sport/tennis/+", "sport/tennis/player1/ranking", False),
        ("sport/+", "sport", False),
        ("sport/+", "sport/", True),
        ("+/+", "/finance", True),
        ("/+", "/finance", True),
        ("+", "/finance", False),
        ("#", "$SYS/a", False),
        ("+/monitor/Clients", "$SYS/monitor/Clients", False),
        ("$SYS/#", "$SYS/a", True),
        ("$SYS/monitor/+", "$SYS/monitor/Clients", True),
        ("a", "A", False),
        ("a/b", "a", False),
    ],
)
def test_matches(text: str, topic: str, does: bool) -> None:
    """The examples of 4.7."""
    assert matches(text, topic) is does


def test_shared() -> None:
    assert shared("$share/group/a/#") == ("group", "a/#")
    for wrong in ("$share/group", "$share//a", "$share/g+/a", "$share/g/", "$share/g/a#", "a"):
        assert shared(wrong) is None


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("a/b", "a/b", True),
        ("a/b", "a/c", False),
        ("a/+", "+/b", True),
        ("a/#", "a", True),
        ("a/#", "b/#", False),
        ("#", "x/y", True),
        ("+", "a/b", False),
        ("a/+/c", "a/b/#", True),
        ("a/b/c/#", "a/b", False),
        ("+/+", "a/#", True),
        ("$SYS/#", "#", False),
        ("$SYS/#", "$SYS/a", True),
    ],
)
def test_filters_overlap(one: str, other: str, met: bool) -> None:
    assert overlap(one, other) is overlap(other, one) is met


@given(st.lists(st.sampled_from(["a", "b", "+"]), min_size=1, max_size=4), st.data())
def test_what_matches_both_is_an_overlap(levels: list[str], data: st.DataObject) -> None:
    name = data.draw(st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=4).map("/".join))
    one = "/".join(levels) + data.draw(st.sampled_from(["", "/#"]))
    other = data.draw(st.sampled_from(["#", "a/#", "+/+", "a/+/#", "b", "a/b/a"]))
    if matches(one, name) and matches(other, name):
        assert overlap(one, other)
