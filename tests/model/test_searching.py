"""What a message says to those who search."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.entries import Entry, Kind
from teahouse.model.query import Phrase
from teahouse.model.searching import Authors, Criteria, fits, said


def content(**body: Any) -> bytes:
    return json.dumps({"body": {"type": "text", **body}}).encode()


def entry(text: str = "green tea", **fields: Any) -> Entry:
    given = {
        "kind": Kind.MESSAGE,
        "sender": "u1",
        "nick": "Bob",
        "at": 1000,
        "content": content(text=text),
        **fields,
    }
    return Entry("c", 1, **given)


def found(message: Entry, **criteria: Any) -> bool:
    return fits(Criteria(**criteria), message, message.content)


@pytest.mark.parametrize(
    ("body", "traits"),
    [
        ({"text": "see https://example.org"}, {"link"}),
        ({"text": "see WWW.example.org"}, {"link"}),
        ({"text": "http:// is no link"}, set()),
        ({"type": "image", "text": "x"}, {"file", "image"}),
        ({"type": "file", "name": "x"}, {"file"}),
        ({"type": "audio"}, {"file", "voice"}),
        ({"type": "location"}, {"location"}),
        ({"type": "link"}, {"link"}),
        ({"type": ["image"]}, set()),
    ],
)
def test_traits(body: dict[str, Any], traits: set[str]) -> None:
    if isinstance(body.get("type"), list):
        assert set(said(json.dumps({"body": {"type": "x"}}).encode()).traits) == traits
    else:
        assert set(said(content(**body)).traits) == traits


def test_mentions_are_a_trait() -> None:
    assert said(b'{"body":{"type":"text","text":"hi"},"mentions":["*"]}').traits == ("mention",)


def test_all_that_people_read_is_text() -> None:
    assert (
        said(content(type="file", name="menu.pdf", text="here", size=3, caption=None)).text
        == "here\nmenu.pdf"
    )


@given(
    st.binary()
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["body", "text", "type", "mentions"]), x),
    ).map(lambda x: json.dumps(x).encode())
)
def test_any_content_says_something(anything: bytes) -> None:
    said(anything)


def test_what_fits() -> None:
    tea, green = Phrase(("tea",)), Phrase(("green",))
    assert found(entry(), phrases=(tea, green))
    assert found(entry(), phrases=(Phrase(("green", "tea")),))
    assert not found(entry(), phrases=(Phrase(("tea", "green")),))
    assert not found(entry(), phrases=(green,), no_phrases=(tea,))
    assert found(entry(), phrases=(Phrase(("gre",), prefix=True),))
    assert not found(entry(), has=("link",))
    assert found(entry("www.x"), has=("link",))
    assert not found(entry("www.x"), has_not=("link",))
    assert found(entry(), authors=Authors(("u1",)))
    assert found(entry(), authors=Authors((), ("bob",)))
    assert not found(entry(), authors=Authors(("u2",), ("alice",)))
    assert not found(entry(), authors=Authors())
    assert not found(entry(), no_authors=Authors(("u1",)))
    assert found(entry(), after=1000, before=1001)
    assert not found(entry(), after=1001)
    assert not found(entry(), before=1000)


def test_only_messages_that_are_there() -> None:
    assert not found(entry(kind=Kind.EDIT))
    assert not found(entry(redacted=True))
