import pytest

from teahouse.wire.mqtt.topics import is_filter, is_name, matches, shared


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
