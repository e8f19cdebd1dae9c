import msgspec

from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Typing
from teahouse.model.results import Sent
from teahouse.wire.xmpp import frames
from teahouse.wire.xmpp.frames import BARE, FULL, Sort
from teahouse.wire.xmpp.wire import XmppWire

WIRE = XmppWire("conference.localhost")
DIRECT = "d" + "a" * 24


def entry(kind: Kind = Kind.MESSAGE, conversation: str = "lobby", **fields: object) -> Entry:
    content = msgspec.json.encode(fields.pop("content", {"body": {"type": "text", "text": "1 < 2"}}))
    given: dict = {"seq": 7, "sender": "u1", "nick": "Romeo", "at": 5, **fields}
    return Entry(conversation, kind=kind, content=content, **given)


def test_a_message_of_a_group_is_a_stanza_but_for_its_recipient() -> None:
    [frame] = frames.taken(WIRE.entry(entry(cid="secret"), False))
    assert frame.sort is Sort.GROUP
    assert frame.mark is not None
    assert (frame.mark.conversation, frame.mark.seq, frame.mark.sender) == ("lobby", 7, "u1")
    made = frame.payload.decode()
    assert made.count(FULL) == 1
    assert "from='lobby@conference.localhost/Romeo'" in made
    assert "<body>1 &lt; 2</body>" in made
    assert "<stanza-id xmlns='urn:xmpp:sid:0' by='lobby@conference.localhost' id='7'/>" in made
    assert "secret" not in made


def test_ones_own_message_tells_the_cid() -> None:
    [frame] = frames.taken(WIRE.entry(entry(cid="secret"), True))
    assert b"<origin-id xmlns='urn:xmpp:sid:0' id='secret'/>" in frame.payload


def test_a_direct_message_is_what_stands_in_it() -> None:
    [frame] = frames.taken(WIRE.entry(entry(conversation=DIRECT, ref=3), False))
    assert frame.sort is Sort.DIRECT
    made = frame.payload.decode()
    assert made.startswith("<body>")
    assert f"by='{BARE}' id='{DIRECT}.7'" in made
    assert f"<reply xmlns='urn:xmpp:reply:0' id='{DIRECT}.3'/>" in made
    assert "urn:xmpp:receipts" in made


def test_later_entries_speak_of_earlier_ones() -> None:
    changes = {
        Kind.EDIT: b"<replace xmlns='urn:xmpp:message-correct:0' id='lobby.3'/>",
        Kind.RECALL: b"<retract xmlns='urn:xmpp:message-retract:1' id='3'/>",
        Kind.REACTION: b"<reactions xmlns='urn:xmpp:reactions:0' id='3'><reaction>+</reaction></reactions>",
    }
    for kind, said in changes.items():
        content = {"body": {"type": "text", "text": "x"}, "emoji": "+", "on": True}
        [frame] = frames.taken(WIRE.entry(entry(kind, ref=3, content=content), False))
        assert said in frame.payload


def test_a_pin_is_not_told_and_a_change_of_members_is_for_each_link_to_tell() -> None:
    assert WIRE.entry(entry(Kind.PIN, ref=3, content={"on": True}), False) == b""
    [frame] = frames.taken(WIRE.entry(entry(Kind.MEMBER, content={"change": "left"}), False))
    assert (frame.sort, frame.payload) == (Sort.ENTRY, b'member {"change":"left"}')


def test_what_was_recalled_says_nothing() -> None:
    [frame] = frames.taken(WIRE.entry(entry(content={}, redacted=True), False))
    assert b"<body>" not in frame.payload
    assert b"<retracted " in frame.payload


def test_frames_may_be_joined() -> None:
    data = b"".join(
        [
            WIRE.entry(entry(), False),
            WIRE.event(Typing("lobby", "u1", True)),
            WIRE.answer(4, Sent("lobby", 7, "lobby.7", 5)),
            WIRE.failure(5, Problem(Code.MUTED, "hush\x02\x1f")),
        ]
    )
    found = frames.taken(data)
    assert [frame.sort for frame in found] == [Sort.GROUP, Sort.EVENT, Sort.ANSWER, Sort.FAILURE]
    assert msgspec.json.decode(found[2].payload)["re"] == 4
    assert msgspec.json.decode(found[3].payload)["message"] == "hush\x02\x1f"
