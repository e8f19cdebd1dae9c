import json
import time
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model import commands, events, results
from teahouse.model.commands import AnyCommand, Ping, Send
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import HistoryPage, Reacted, View
from teahouse.wire import json as json_wire
from teahouse.wire.errors import WireError
from teahouse.wire.json import DEPTH, JsonWire, decode, encode

WIRE = JsonWire(lambda body: body)


def refused(frame: bytes) -> WireError:
    with pytest.raises(WireError) as error:
        decode(frame)
    return error.value


# --- decoding ---


def test_a_command() -> None:
    frame = b'{"op":"send","id":7,"to":"lobby","text":"hi","unknown":[1,{"a":2}]}'
    assert decode(frame) == Send(id=7, to="lobby", text="hi")


def test_the_op_may_come_last() -> None:
    assert decode(b'{"id":"x","op":"ping"}') == Ping(id="x")


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"nonsense",
        b"[]",
        b"3",
        b'"text"',
        b"null",
        b'{"op":"ping"',
        b'{"op":"ping"} {"op":"ping"}',
        b'{"op":"ping",}',
        b"{'op':'ping'}",
        b'\xef\xbb\xbf{"op":"ping"}',
        b'{"op":"nope"',  # an unknown op, too, but first of all not JSON
        b'{"op":"send","to":"x","text":"a\x00b"}',
    ],
)
def test_not_a_json_object(frame: bytes) -> None:
    error = refused(frame)
    assert error.problem.code is Code.BAD_FRAME
    assert error.re is None


@pytest.mark.parametrize(
    "place", ['"to":"lobby","text":"\xff"', '"to":"\xff"', '"unknown":"\xff"', '"\xff":1']
)
def test_invalid_utf8_anywhere(place: str) -> None:
    frame = b'{"op":"send","id":1,' + place.encode("latin-1") + b"}"
    assert refused(frame).problem.code is Code.BAD_FRAME


@pytest.mark.parametrize(
    "body", [r'{"a":"\ud800"}', r'{"\udfff":1}', r'{"a":"\ude00\ud83d"}', '{"a":NaN}', '{"a":-Infinity}']
)
def test_what_json_cannot_carry(body: str) -> None:
    assert refused(f'{{"op":"send","to":"x","body":{body}}}'.encode()).problem.code is Code.BAD_FRAME


@pytest.mark.parametrize(
    ("frame", "code", "re"),
    [
        (b'{"op":"nope","id":3}', Code.UNKNOWN_OP, 3),
        (b'{"id":"x","op":"nope"}', Code.UNKNOWN_OP, "x"),
        (b'{"op":"nope"}', Code.UNKNOWN_OP, None),
        (b"{}", Code.BAD_REQUEST, None),
        (b'{"id":1}', Code.BAD_REQUEST, 1),
        (b'{"op":5,"id":1}', Code.BAD_REQUEST, 1),
        (b'{"op":null,"id":1}', Code.BAD_REQUEST, 1),
        (b'{"op":"send","id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"send","to":5,"id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"history","conversation":"x","limit":201,"id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"read","conversation":"x","seq":9007199254740992,"id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"read","conversation":"x","seq":1e999,"id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"send","to":"x","body":{"a":1e999},"id":4}', Code.BAD_REQUEST, 4),
        (b'{"op":"ping","id":1.5}', Code.BAD_REQUEST, None),
        (b'{"op":"ping","id":true}', Code.BAD_REQUEST, None),
        (b'{"op":"ping","id":[]}', Code.BAD_REQUEST, None),
        (b'{"op":"ping","id":"' + b"x" * 65 + b'"}', Code.BAD_REQUEST, None),
        (b'{"op":"ping","id":' + b"9" * 5000 + b"}", Code.BAD_REQUEST, None),
        (b'{"op":"ping","op":"hello","id":1}', Code.BAD_REQUEST, 1),
    ],
)
def test_no_command(frame: bytes, code: Code, re: object) -> None:
    error = refused(frame)
    assert (error.problem.code, error.re) == (code, re)


def test_the_message_says_where() -> None:
    assert "`$.text`" in refused(b'{"op":"send","to":"x","text":5}').problem.message
    assert "`to`" in refused(b'{"op":"send"}').problem.message
    assert "nope" in refused(b'{"op":"nope"}').problem.message


def test_of_a_repeated_key_the_last_counts() -> None:
    assert decode(b'{"op":"ping","id":1,"id":2}') == Ping(id=2)


# --- depth ---


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    """A frame `depth` deep, its own object included."""
    return f'{{"op":"ping","x":{opening * (depth - 1)}{closing * (depth - 1)}}}'.encode()


def test_depth() -> None:
    assert decode(nested(DEPTH)) == Ping()
    assert decode(nested(DEPTH, '{"a":', "}").replace(b":}", b":0}")) == Ping()
    for frame in (nested(DEPTH + 1), nested(DEPTH + 1, '{"a":', "}"), nested(5000), b"[" * 60_000):
        assert refused(frame).problem.code is Code.BAD_FRAME


def test_width_is_no_depth() -> None:
    wide = b'{"op":"ping","x":[' + b",".join([b'{"a":[]}'] * 1000) + b"]}"
    assert decode(wide) == Ping()


def test_brackets_in_strings_do_not_count() -> None:
    for text in ("[" * 100, '\\"[' * 100, "\\\\", '{"' * 50, "]" * 100):
        body = {"op": "send", "to": "x", "text": text}
        assert decode(json.dumps(body).encode()) == Send(to="x", text=text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(alphabet='[]{}"\\ab', max_size=30),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=60,
    )
)
def test_depth_is_counted_right(value: Any) -> None:
    def depth(of: Any) -> int:
        inner = of.values() if isinstance(of, dict) else of if isinstance(of, list) else None
        return 0 if inner is None else 1 + max(map(depth, inner), default=0)

    frame = json.dumps({"op": "ping", "x": value}).encode()
    if 1 + depth(value) <= DEPTH:
        assert decode(frame) == Ping()
    else:
        assert refused(frame).problem.code is Code.BAD_FRAME


@pytest.mark.parametrize(
    "evil", [b'"' * 65_000, b'\\"' * 32_000, b'"\\' * 32_000, b"[]" * 32_000, b'["",' * 16_000]
)
def test_the_worst_frames_take_milliseconds(evil: bytes) -> None:
    started = time.process_time()
    refused(b'{"op":"ping","x":' + b"[" * 17 + evil)
    assert time.process_time() - started < 0.2


# --- encoding ---


def strategy_of(command: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    return st.builds(
        command, **{field.name: strategy_of_type(field.type) for field in msgspec.structs.fields(command)}
    )


def strategy_of_type(type_: Any) -> st.SearchStrategy[Any]:
    """Values of an annotated field: bounds of msgspec's Meta are kept, all else is left to hypothesis."""
    arguments = get_args(type_)
    meta = next((a for a in arguments if isinstance(a, msgspec.Meta)), None)
    if meta is not None:
        if meta.pattern is not None:
            most = meta.max_length or 40
            return st.from_regex(meta.pattern).filter(lambda text: len(text) <= most)
        if arguments[0] is str:
            return st.text(min_size=meta.min_length or 0, max_size=min(meta.max_length or 40, 40))
        if arguments[0] is int:
            top = meta.le if meta.le is not None else 2**53 - 1
            return st.integers(int(meta.ge or 0), int(top))
        item = strategy_of_type(get_args(arguments[0])[0])
        return st.lists(item, min_size=meta.min_length or 0, max_size=3)
    if type_ == commands.Body:
        return st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3)
    if type_ == commands.Cursors:
        return st.dictionaries(
            strategy_of_type(commands.ConversationId), strategy_of_type(commands.Seq), max_size=3
        )
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return strategy_of(type_)
    if type(type_).__name__ in ("UnionType", "_UnionGenericAlias"):
        return st.one_of(*(strategy_of_type(argument) for argument in arguments))
    return st.from_type(type_)


any_command = st.one_of(*(strategy_of(command) for command in get_args(AnyCommand)))


@given(any_command)
def test_round_trip(command: AnyCommand) -> None:
    assert decode(msgspec.json.encode(command)) == command


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_only_wire_errors(frame: bytes) -> None:
    for one in (frame, b'{"op":"' + frame + b'"}', b'{"op":"send","to":"x","body":' + frame + b"}"):
        try:
            command = decode(one)
        except WireError as error:
            WIRE.failure(error.re, error.problem)  # what was refused can still be answered
        else:
            assert decode(msgspec.json.encode(command)) == command


ENTRY = Entry(
    "lobby", 7, Kind.MESSAGE, "u1", "Alíce", 1_700_000_000_000, b'{"body":{"type":"text","text":"hi"}}', "c"
)


def test_a_message_event_is_spliced_from_what_is_stored() -> None:
    """Its beginning is fixed, byte for byte: load generators find it without decoding."""
    encoded = WIRE.entry(ENTRY, own=False)
    assert encoded.startswith(b'{"ev":"message","conversation":"lobby","seq":7,"message":"lobby.7",')
    assert json.loads(encoded) == {
        "ev": "message",
        "conversation": "lobby",
        "seq": 7,
        "message": "lobby.7",
        "sender": {"id": "u1", "nick": "Alíce"},
        "at": 1_700_000_000_000,
        "body": {"type": "text", "text": "hi"},
    }


def event(**changes: Any) -> Any:
    own = changes.pop("own", False)
    return json.loads(WIRE.entry(msgspec.structs.replace(ENTRY, **changes), own))


def test_only_the_sender_gets_the_cid() -> None:
    assert event(own=True)["cid"] == "c"
    assert "cid" not in event(own=False)


def test_ref_is_the_reply_of_a_message_and_the_object_of_all_else() -> None:
    assert event(ref=3)["reply_to"] == 3
    assert event(kind=Kind.RECALL, ref=3, content=b"{}")["ref"] == 3


def test_a_recalled_message_is_a_tombstone() -> None:
    tombstone = event(content=b"{}", redacted=True)
    assert tombstone["recalled"] is True
    assert "body" not in tombstone
    assert "recalled" not in event(kind=Kind.EDIT, content=b"{}", redacted=True)


def test_answers() -> None:
    sent = results.Sent("lobby", 7, "lobby.7", 5)
    assert WIRE.answer("x", sent) == (
        b'{"re":"x","ok":{"conversation":"lobby","seq":7,"message":"lobby.7","at":5,"duplicate":false}}'
    )
    assert WIRE.answer(0, results.Done()) == b'{"re":0,"ok":{}}'
    assert json.loads(WIRE.answer(1, results.Welcome(User("u1", "a"), "s", 30, "teahouse", "lobby")))["ok"][
        "user"
    ] == {"id": "u1", "nick": "a", "guest": True}


def test_views_are_events_with_what_came_later() -> None:
    plain, changed = View(ENTRY), View(ENTRY, own=True)
    changed.edited_seq, changed.edited_at, changed.pinned = 9, 99, True
    changed.reactions = (Reacted("👍", 2, ("u1", "u2")),)
    page = json.loads(WIRE.answer(1, results.HistoryPage((plain, changed), more=False)))["ok"]
    assert page["entries"] == [
        event(),
        event(own=True)
        | {
            "edited": {"seq": 9, "at": 99},
            "reactions": [{"emoji": "👍", "count": 2, "users": ["u1", "u2"]}],
            "pinned": True,
        },
    ]


def test_events_without_a_seq() -> None:
    assert WIRE.event(events.Typing("lobby", "u1", False)) == (
        b'{"ev":"typing","conversation":"lobby","user":"u1","on":false}'
    )
    assert json.loads(WIRE.event(events.Resync("lobby", 5)))["from"] == 5
    ephemeral = events.Ephemeral("lobby", Person("u1", "a"), 5, {"type": "text", "text": "x"})
    assert json.loads(WIRE.event(ephemeral))["ev"] == "message"


def test_failures() -> None:
    assert json.loads(WIRE.failure(7, Problem(Code.FORBIDDEN, "no"))) == {
        "re": 7,
        "error": {"code": "forbidden", "message": "no", "retry": False},
    }
    limited = json.loads(WIRE.failure(None, Problem(Code.RATE_LIMITED, "slow down", 150)))
    assert limited == {
        "error": {"code": "rate_limited", "message": "slow down", "retry": True, "retry_after_ms": 150}
    }


def test_framing_is_put_around_all() -> None:
    wire = JsonWire(lambda body: b"<" + body + b">")
    frames = [
        wire.entry(ENTRY, False),
        wire.event(events.Bye("x", True)),
        wire.answer(1, results.Done()),
        wire.failure(1, Problem(Code.INTERNAL, "x")),
    ]
    assert all(frame.startswith(b"<{") and frame.endswith(b"}>") for frame in frames)


def test_nothing_foreign_is_encoded() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        WIRE.event(events.Ephemeral("x", Person("u", "n"), 1, {"a": object()}))


def test_a_page_is_encoded_like_any_other_result() -> None:
    entry = Entry("lobby", 1, Kind.MESSAGE, "u-a", "a", 5, b'{"body":{"type":"text","text":"hi"}}', "k")
    edited = View(entry, own=True)
    edited.edited_seq, edited.edited_at = 2, 6
    for page in (HistoryPage((), False), HistoryPage((View(entry), edited), True)):
        assert encode(page) == msgspec.json.encode(msgspec.json.decode(encode(page)))
        views = msgspec.json.decode(
            msgspec.json.encode(page, enc_hook=lambda view: msgspec.Raw(encode(view)))
        )
        assert msgspec.json.decode(encode(page)) == views


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(
    st.builds(
        Entry,
        texts,
        st.integers(1, 2**53),
        st.sampled_from(Kind),
        texts,
        texts,
        st.integers(0, 2**53),
        st.sampled_from([b"{}", b'{"body":{"type":"text","text":"hi"}}']),
        st.none() | texts,
        st.none() | st.integers(0, 2**53),
        st.booleans(),
    ),
    st.booleans(),
)
def test_an_entry_is_one_object_with_all_that_is_known_of_it(entry: Entry, own: bool) -> None:
    event = json.loads(JsonWire(bytes).entry(entry, own))
    place = "reply_to" if entry.kind is Kind.MESSAGE else "ref"
    expected = {
        "ev": entry.kind.value,
        "conversation": entry.conversation,
        "seq": entry.seq,
        "message": f"{entry.conversation}.{entry.seq}",
        "sender": {"id": entry.sender, "nick": entry.nick},
        "at": entry.at,
        **({"cid": entry.cid} if own and entry.cid is not None else {}),
        **({place: entry.ref} if entry.ref is not None else {}),
        **({"recalled": True} if entry.redacted and entry.kind is Kind.MESSAGE else {}),
        **json.loads(entry.content),
    }
    assert event == expected
    assert list(event) == list(expected)


def test_what_was_shown_is_remembered_only_so_far() -> None:
    """By number and by size; and it is the entry itself that is remembered, not its place."""
    for n in range(json_wire._SHOWN + 10):
        content = b'{"body":{"type":"text","text":"%d"}}' % n
        shown = encode(View(Entry("c", 1, Kind.MESSAGE, "u", "n", 1, content)))
        assert json.loads(shown)["body"]["text"] == str(n)
    assert len(json_wire._shown) <= json_wire._SHOWN
    before = len(json_wire._shown)
    long = b'{"body":{"type":"text","text":"%b"}}' % (b"x" * json_wire._SHORT)
    encode(View(Entry("c", 2, Kind.MESSAGE, "u", "n", 1, long)))
    assert len(json_wire._shown) == before
