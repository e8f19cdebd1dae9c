"""Fuzz the decoder of XMPP streams: any cut of the bytes gives the same elements and the same error, no element is
larger than the limit, and what is refused is refused by a condition of RFC 6120."""

from random import Random
from xml.etree.ElementTree import Element, tostring

from fuzz import harness
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.stream import FrameDecoder, StreamDecoder

LIMIT = 600
DEEPEST = 6
HEAD = (
    b"<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
    b"xmlns:stream='http://etherx.jabber.org/streams'>"
)
SAMPLES = [
    HEAD
    + b"<message to='a@b' type=\"chat\"><body>x &amp; <![CDATA[ <y> ]]></body></message> \n<presence/></stream:stream>",
    HEAD + b"<iq type='get' id='1>'><query xmlns='jabber:iq:roster'/></iq><r xmlns='urn:xmpp:sm:3'/>",
    HEAD + b"<!DOCTYPE x [<!ENTITY a 'b'>]><a>&a;</a>",
    HEAD + b"<!-- comment --><?pi here?><a>&lt;&#x41;&b;</a>",
    HEAD + b"<a><b><c><d><e><f><g><h/></g></f></e></d></c></b></a>",
    b"<message xmlns='jabber:client' xml:lang='en'><body>hi</body></message>",
]
_CONDITIONS = {
    conditions.NOT_WELL_FORMED,
    conditions.RESTRICTED_XML,
    conditions.POLICY_VIOLATION,
    conditions.INVALID_NAMESPACE,
    conditions.UNSUPPORTED_ENCODING,
}


def decode(pieces: list[bytes]) -> list[object]:
    decoder = StreamDecoder(LIMIT, DEEPEST)
    found: list[object] = []
    try:
        for piece in pieces:
            for each in decoder.feed(piece):  # what comes before an error counts
                found += [tostring(each) if isinstance(each, Element) else each]
    except StreamError as error:
        assert error.condition in _CONDITIONS
        conditions.stream_error(error.condition, error.reason)
        found.append(error.condition)
    return found


def check(data: bytes) -> None:
    assert decode([data]) == decode(harness.cuts(data, Random(len(data))))
    try:
        FrameDecoder(LIMIT, DEEPEST).decode(data)
    except StreamError as error:
        assert error.condition in _CONDITIONS


if __name__ == "__main__":
    harness.main(check, SAMPLES)
