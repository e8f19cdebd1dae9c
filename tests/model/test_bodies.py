import pytest

from teahouse.model.bodies import check, file_of
from teahouse.model.errors import Code, Problem

GOOD = [
    {"type": "text", "text": "hi"},
    {"type": "markdown", "text": "*hi* <script>"},
    {"type": "image", "file": "f1", "text": "a cat", "width": 10, "height": 20},
    {"type": "file", "file": "f1", "name": "plan.pdf"},
    {"type": "voice", "file": "f1", "duration_ms": 1200, "waveform": [0, 255]},
    {"type": "location", "lat": -90, "lon": 180.0, "name": "Pole"},
    {
        "type": "card",
        "title": "Tea",
        "url": "https://example.org/a?b=c#d",
        "image": "http://example.org/x.png",
        "buttons": [{"label": "Open", "url": "https://example.org"}, {"label": "Yes", "send": "yes"}],
    },
    {"type": "poll", "whatever": {"clients": ["agree", "on"]}},
    {"type": "text", "text": "hi", "unknown": 1},
]

BAD = [
    {},
    {"type": 5},
    {"type": ""},
    {"type": "x" * 33},
    {"type": "text"},
    {"type": "text", "text": None},
    {"type": "markdown", "text": 5},
    {"type": "image"},
    {"type": "image", "file": ""},
    {"type": "image", "file": "f" * 81},
    {"type": "image", "file": "f1", "width": 0},
    {"type": "voice", "file": "f1", "duration_ms": -1},
    {"type": "voice", "file": "f1", "waveform": [256]},
    {"type": "voice", "file": "f1", "waveform": [1] * 257},
    {"type": "location", "lat": 90.1, "lon": 0},
    {"type": "location", "lat": 0, "lon": -180.1},
    {"type": "location", "lat": "0", "lon": 0},
    {"type": "card"},
    {"type": "card", "title": ""},
    {"type": "card", "title": "t", "url": "javascript:alert(1)"},
    {"type": "card", "title": "t", "url": " https://example.org"},
    {"type": "card", "title": "t", "url": "https://example.org\n"},
    {"type": "card", "title": "t", "url": 'https://example.org/"onclick="x'},
    {"type": "card", "title": "t", "image": "data:image/svg+xml,x"},
    {"type": "card", "title": "t", "url": "https://e/" + "x" * 2048},
    {"type": "card", "title": "t", "buttons": [{"label": "b"}]},
    {"type": "card", "title": "t", "buttons": [{"label": "b", "url": "https://e", "send": "x"}]},
    {"type": "card", "title": "t", "buttons": [{"label": "b", "send": "x"}] * 11},
]


@pytest.mark.parametrize("body", GOOD, ids=lambda body: str(body)[:40])
def test_good(body: dict) -> None:
    check(body)


@pytest.mark.parametrize("body", BAD, ids=lambda body: str(body)[:60])
def test_bad(body: dict) -> None:
    with pytest.raises(Problem) as problem:
        check(body)
    assert problem.value.code is Code.BAD_REQUEST


@pytest.mark.parametrize("kind", ["system", "stream"])
def test_types_of_the_server(kind: str) -> None:
    with pytest.raises(Problem) as problem:
        check({"type": kind, "text": "x"})
    assert problem.value.code is Code.FORBIDDEN


def test_the_file_of_a_body() -> None:
    assert file_of({"type": "image", "file": "f1"}) == "f1"
    assert file_of({"type": "poll", "file": "f1"}) is None
    assert file_of("text") is None
