import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.xmpp import HEAD
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.stream import End, FrameDecoder, Head, StreamDecoder

PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)


def decode(*pieces: bytes, limit: int = 4096) -> list[Any]:
    decoder = StreamDecoder(limit)
    return [each for piece in pieces for each in decoder.feed(piece)]


def refused(*pieces: bytes, limit: int = 4096) -> str:
    with pytest.raises(StreamError) as error:
        decode(HEAD, *pieces, limit=limit)
    return error.value.condition


def test_a_stream_begins_has_stanzas_and_ends() -> None:
    head, message, presence, end = decode(
        HEAD
        + b" \n<message to='a@b'><body>1 &lt; <![CDATA[<2>]]></body></message>\n<presence/></stream:stream>"
    )
    assert head == Head("localhost", "1.0", "")
    assert (message.tag, message.get("to")) == ("{jabber:client}message", "a@b")
    assert message[0].text == "1 < <2>"
    assert presence.tag == "{jabber:client}presence"
    assert end == End()


def test_prefixes_of_the_head_hold_in_stanzas() -> None:
    head = HEAD[:-1] + b" xmlns:x='urn:x'>"
    assert decode(head + b"<x:a/>")[1].tag == "{urn:x}a"


@given(body=PLAIN, cut=st.integers(1, 60))
def test_any_cut_of_the_bytes_is_the_whole(body: str, cut: int) -> None:
    stanza = element("message", {"id": body}, element("body", None, text(body))).encode()
    data = HEAD + stanza + b"\n" + stanza
    pieces = [data[at : at + cut] for at in range(0, len(data), cut)]
    found = decode(*pieces)
    assert len(found) == 3
    for message in found[1:]:
        assert (message.get("id"), message[0].text or "") == (body, body)


@given(st.text(max_size=60))
def test_whatever_is_said_is_well_formed(said: str) -> None:
    made = element("message", {"id": said}, element("body", None, text(said)))
    assert decode(HEAD + made.encode())[1].tag == "{jabber:client}message"
    assert not any(mark in made for mark in "\x01\x02\x03\x1f")


def test_what_the_standard_forbids_is_restricted() -> None:
    """RFC 6120, 11.1."""
    for data in (
        b"<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><message>&b;</message>",
        b"<message><!-- a comment --></message>",
        b"<!-- between -->",
        b"<?pi?>",
        b"<message><?pi?></message>",
        b"<message>&unknown;</message>",
    ):
        assert refused(data) == conditions.RESTRICTED_XML
        assert refused(*(bytes([byte]) for byte in data)) == conditions.RESTRICTED_XML


def test_a_document_type_before_the_head_is_refused() -> None:
    with pytest.raises(StreamError) as error:
        decode(b"<?xml version='1.0'?><!DOCTYPE x>" + HEAD)
    assert error.value.condition == conditions.RESTRICTED_XML


def test_what_is_no_xml_is_not_well_formed() -> None:
    for data in (
        b"hello",
        b"<a></b>",
        b"<a b=1/>",
        b"<a b='<'/>",
        b"<a>\xff</a>",
        b"</a>",
        b"<a <b/>",
        b"<a:b/>",
    ):
        assert refused(data) == conditions.NOT_WELL_FORMED, data


def test_limits() -> None:
    assert refused(b"<a>" + b"x" * 5000) == conditions.POLICY_VIOLATION
    assert refused(b"<a b='" + b"x" * 5000) == conditions.POLICY_VIOLATION
    assert refused(b"<a>" * 40) == conditions.POLICY_VIOLATION
    many = b" ".join(b"a%d='1'" % number for number in range(70))
    assert refused(b"<a " + many + b"/>") == conditions.POLICY_VIOLATION
    assert refused(b"<" + b"a" * 600 + b"/>") == conditions.POLICY_VIOLATION
    assert len(decode(HEAD, b"<a>" + b"x" * 4000 + b"</a>", b" " * 9000)) == 2


def test_a_head_is_one_of_a_client_in_utf_8() -> None:
    for head, condition in (
        (HEAD.replace(b"jabber:client", b"jabber:server"), conditions.INVALID_NAMESPACE),
        (HEAD.replace(b"etherx", b"ethery"), conditions.INVALID_NAMESPACE),
        (HEAD.replace(b"'1.0'?>", b"'1.0' encoding='latin-1'?>"), conditions.UNSUPPORTED_ENCODING),
        (b"<stream:stream/>", conditions.NOT_WELL_FORMED),
        (b"GET / HTTP/1.1\r\n", conditions.NOT_WELL_FORMED),
        (b"<a " + b"x" * 5000, conditions.POLICY_VIOLATION),
    ):
        with pytest.raises(StreamError) as error:
            decode(head)
        assert error.value.condition == condition


def test_a_stream_may_begin_anew() -> None:
    decoder = StreamDecoder(4096)
    found = []
    for each in decoder.feed(HEAD + b"<auth/>" + HEAD + b"<iq/>"):
        found.append(each)
        if not isinstance(each, Head | End) and each.tag.endswith("auth"):
            decoder.restart()
    assert [type(each).__name__ for each in found] == ["Head", "Element", "Head", "Element"]
    assert decoder.idle


def test_a_slow_attribute_costs_no_more_than_a_fast_one() -> None:
    """expat 2.5 alone takes seconds for it."""
    decoder = StreamDecoder(70_000)
    list(decoder.feed(HEAD))
    begun = time.process_time()
    for byte in b"<a b='" + b"x" * 60_000:
        list(decoder.feed(bytes([byte])))
    assert [each.get("b", "")[:1] for each in decoder.feed(b"'/>") if not isinstance(each, Head | End)] == [
        "x"
    ]
    assert time.process_time() - begun < 1.5


def test_frames() -> None:
    """RFC 7395, 3.3."""
    decoder = FrameDecoder(4096)
    opened = decoder.decode(
        b"<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>"
    )
    assert opened == Head("localhost", "1.0", "")
    assert decoder.decode(b"<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>") == End()
    iq = decoder.decode(b"<iq xmlns='jabber:client' id='1'/>")
    assert not isinstance(iq, Head | End)
    assert iq.get("id") == "1"
    for data in (
        b"",
        b" ",
        b"<a/><b/>",
        b"<a/>x",
        b"<a>",
        HEAD,
        b"<?xml version='1.0'?><a/>",
        b"<a/><!-- -->",
    ):
        with pytest.raises(StreamError):
            decoder.decode(data)
