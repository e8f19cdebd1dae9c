"""The promises of Finder, by number (ports/search.py)."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.query import parse
from teahouse.model.searching import Authors, Criteria, Window
from tests.contract.backends import DATABASES, STORES, Store, memory_store, parameters, sql_store

END = 2**53
HOUR = 3_600_000


def saying(text: str, conversation: str = "c", **fields: Any) -> Draft:
    given: dict[str, Any] = {"kind": Kind.MESSAGE, "sender": "u-alice", "nick": "Alice", "at": 1000, **fields}
    content = json.dumps({"body": {"type": "text", "text": text}}, ensure_ascii=False).encode()
    return Draft(conversation=conversation, content=content, **given)


async def say(store: Store, *texts: str, **fields: Any) -> None:
    await store.log.append_many([saying(text, **fields) for text in texts])


def asking(text: str, **more: Any) -> Criteria:
    query = parse(text)
    return Criteria(
        phrases=tuple(query.phrases),
        no_phrases=tuple(query.no_phrases),
        has=tuple(query.has),
        has_not=tuple(query.has_not),
        **{"after": query.after, "before": query.before, **more},
    )


async def find(
    store: Store,
    text: str,
    *windows: Window,
    start: tuple[str, int] | None = None,
    limit: int = 100,
    **more: Any,
) -> list[str]:
    """The places of what is found, as `c.1`."""
    await store.finder.caught_up()
    entries = await store.finder.find(asking(text, **more), windows or [Window("c", 0, END)], start, limit)
    return [f"{entry.conversation}.{entry.seq}" for entry in entries]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("天气", ["c.2", "c.1"]),
        ("今天天气", ["c.1"]),
        ("气天", []),
        ("weather", ["c.2"]),
        ("WEATHER nice", ["c.2"]),
        ('"nice weather"', ["c.2"]),
        ('"weather nice"', []),
        ("nice -weather", ["c.3"]),
        ("-weather", ["c.4", "c.3", "c.1"]),
        ("cafe", ["c.4"]),
        ("wea*", ["c.2"]),
        ("wea", []),
        ("has:link", ["c.4"]),
        ("-has:link nice", ["c.3", "c.2"]),
        ("", ["c.4", "c.3", "c.2", "c.1"]),
        ("absent", []),
        ('"" AND -', ["c.4"]),
    ],
)
async def test_s1_messages_that_fit(store: Store, query: str, hits: list[str]) -> None:
    """S1: Chinese of any length, Latin without regard to case and accents, phrases, what is excluded."""
    await say(store, "今天天气很好", "nice weather, 天气!", "Nice.", "Café and more: https://example.org")
    assert await find(store, query) == hits


async def test_s1_the_entry_is_as_the_log_has_it(store: Store) -> None:
    await say(store, "tea", cid="k", ref=None)
    await store.finder.caught_up()
    assert await store.finder.find(asking("tea"), [Window("c", 0, END)], None, 5) == await store.log.read(
        "c", 0, 9, 9
    )


async def test_s1_only_messages(store: Store) -> None:
    """S1: not reactions, pins and what else there is, whatever stands in them."""
    await say(store, "tea")
    await say(store, "tea", kind=Kind.CONVERSATION)
    await say(store, "tea", kind=Kind.PIN, ref=1)
    assert await find(store, "tea") == ["c.1"]


async def test_s1_only_in_the_windows(store: Store) -> None:
    """S1: after < seq <= upto, of these conversations."""
    for conversation in ("a", "b", "hidden"):
        await say(store, "tea 1", "tea 2", "tea 3", conversation=conversation)
    assert await find(store, "tea", Window("a", 1, 2)) == ["a.2"]
    assert await find(store, "tea", Window("b", 2, END), Window("a", 0, 1)) == ["b.3", "a.1"]
    assert await find(store, "tea", Window("nowhere", 0, END)) == []
    assert await store.finder.find(asking("tea"), [], None, 9) == []


async def test_s1_by_whom(store: Store) -> None:
    """S1: by user id, or by the nick of that time without regard to case."""
    await say(store, "tea", sender="u1", nick="Bob")
    await say(store, "tea", sender="u2", nick="bob")
    await say(store, "tea", sender="u3", nick="Eve")
    assert await find(store, "tea", authors=Authors(("u1",))) == ["c.1"]
    assert await find(store, "tea", authors=Authors(("u3",), ("bob",))) == ["c.3", "c.2", "c.1"]
    assert await find(store, "tea", no_authors=Authors((), ("bob",))) == ["c.3"]
    assert await find(store, "tea", authors=Authors()) == []


async def test_s1_when(store: Store) -> None:
    """S1: after <= at < before, also where clocks went back between two messages."""
    for at in (0, HOUR - 1, HOUR, 5 * HOUR, 2 * HOUR, 2 * HOUR + 1):
        await say(store, "tea", at=at)
    assert await find(store, "tea", after=HOUR, before=2 * HOUR + 1) == ["c.5", "c.3"]
    assert await find(store, "tea", before=HOUR) == ["c.2", "c.1"]
    assert await find(store, "tea", after=3 * HOUR) == ["c.4"]
    assert await find(store, "tea", after=9 * HOUR) == []
    assert await find(store, "tea", before=0) == []


async def test_s1_an_edit_takes_the_place_of_the_text(store: Store) -> None:
    """S1: the newest one counts; the place stays that of the message."""
    await say(store, "green tea", "water")
    await say(store, "black tea", kind=Kind.EDIT, ref=1)
    assert await find(store, "green") == []
    assert await find(store, "tea") == ["c.1"]
    await say(store, "red tea", kind=Kind.EDIT, ref=1)
    await say(store, "white https://tea", kind=Kind.EDIT, ref=1)
    assert await find(store, "red") == []
    assert await find(store, "white has:link") == ["c.1"]
    assert await find(store, "") == ["c.2", "c.1"]


async def test_s2_newest_first(store: Store) -> None:
    """S2: in the order of commits, over all conversations."""
    for n in range(6):
        await say(store, f"tea {n}", conversation="ab"[n % 2])
    both = (Window("a", 0, END), Window("b", 0, END))
    assert await find(store, "tea", *both) == ["b.3", "a.3", "b.2", "a.2", "b.1", "a.1"]


async def test_s3_s4_pages(store: Store) -> None:
    """S3, S4: pages hold each message once, and the last one is not full."""
    for n in range(7):
        await say(store, f"tea {n}", conversation="ab"[n % 2])
    both = (Window("a", 0, END), Window("b", 0, END))
    first = await find(store, "tea", *both, limit=3)
    second = await find(store, "tea", *both, start=("a", 3), limit=3)
    third = await find(store, "tea", *both, start=("b", 1), limit=3)
    assert (first, second, third) == (["a.4", "b.3", "a.3"], ["b.2", "a.2", "b.1"], ["a.1"])
    assert await find(store, "tea", *both, start=("nowhere", 1)) == []


async def test_s5_after_a_restart(store: Store) -> None:
    if store.reopen is None:
        pytest.skip("this backend keeps nothing")
    await say(store, "tea")
    await store.reopen()
    assert await find(store, "tea") == ["c.1"]


async def test_s5_more_than_is_indexed_at_once(store: Store) -> None:
    for n in range(12):
        await store.log.append_many([saying(f"tea number {n} {m}") for m in range(60)])
    assert len(await find(store, "tea", limit=1000)) == 720
    assert await find(store, '"number 7 59"') == ["c.480"]


async def test_s5_without_being_asked(store: Store) -> None:
    """S5: within moments."""
    await say(store, "tea")
    async with asyncio.timeout(10):
        while not await store.finder.find(asking("tea"), [Window("c", 0, END)], None, 1):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_s6_what_is_recalled_is_not_found(store: Store) -> None:
    """S6: at once, whether it was indexed or not."""
    await say(store, "green tea", "red tea")
    await say(store, "black tea", kind=Kind.EDIT, ref=2)
    await store.finder.caught_up()
    await say(store, "", kind=Kind.RECALL, ref=2)
    assert [e.seq for e in await store.finder.find(asking("tea"), [Window("c", 0, END)], None, 9)] == [1]
    await say(store, "white tea")
    await store.log.redact("c", [1, 5])
    assert await find(store, "tea") == []


async def test_s6_an_edit_of_what_was_recalled_brings_nothing_back(store: Store) -> None:
    await say(store, "tea")
    await store.log.append_many([saying("", kind=Kind.RECALL, ref=1), saying("tea", kind=Kind.EDIT, ref=1)])
    assert await find(store, "tea") == []


async def test_in_many_conversations(store: Store) -> None:
    """S1, S4: also where the word is everywhere but in one's own conversations."""
    for start in range(0, 600, 100):
        names = range(start, start + 100)
        await store.log.append_many([saying(f"tea {n}", conversation=f"c{n}") for n in names])
    windows = [Window(f"c{n}", 0, END) for n in range(0, 600, 2)]
    assert await find(store, "tea", *windows, limit=3) == ["c598.1", "c596.1", "c594.1"]
    assert await find(store, "3", *windows) == []
    assert await find(store, "4", *windows) == ["c4.1"]


QUERIES = ["tea", "茶", '"green tea"', "tea -green", "-tea", "", "has:link", "茶馆", "gre*"]
TEXTS = st.sampled_from(["tea", "green tea", "茶馆", "tea 茶", "https://tea", "tea green", ""])
CONVERSATIONS = ["a", "b"]


@st.composite
def histories(draw: st.DrawFn) -> list[list[Draft]]:
    """Messages, edits and recalls of messages, in a few conversations."""
    messages: dict[str, list[int]] = {name: [] for name in CONVERSATIONS}
    seqs = dict.fromkeys(CONVERSATIONS, 0)
    calls = []
    for size in draw(st.lists(st.integers(1, 4), max_size=8)):
        call = []
        for _ in range(size):
            name = draw(st.sampled_from(CONVERSATIONS))
            seqs[name] += 1
            kind = (
                draw(st.sampled_from([Kind.MESSAGE] * 3 + [Kind.EDIT, Kind.RECALL]))
                if messages[name]
                else Kind.MESSAGE
            )
            if kind is Kind.MESSAGE:
                messages[name].append(seqs[name])
            ref = None if kind is Kind.MESSAGE else draw(st.sampled_from(messages[name]))
            sender = draw(st.sampled_from(["u1", "u2"]))
            call.append(
                saying(
                    draw(TEXTS), name, kind=kind, ref=ref, sender=sender, at=draw(st.integers(0, 9)) * HOUR
                )
            )
        calls.append(call)
    return calls


@pytest.mark.parametrize("backend", parameters([*sorted(STORES.keys() - {"memory"}), *DATABASES]))
@given(calls=histories(), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_like_the_reference(
    request: pytest.FixtureRequest, backend: str, calls: list[list[Draft]], data: st.DataObject
) -> None:
    """Whatever happened, every backend finds what the reference finds."""
    question = data.draw(
        st.builds(
            asking,
            st.sampled_from(QUERIES),
            authors=st.none() | st.just(Authors(("u1",))),
            after=st.none() | st.integers(0, 9 * HOUR),
            before=st.none() | st.integers(0, 9 * HOUR),
        )
    )
    windows = [
        Window(c, data.draw(st.integers(0, 3)), data.draw(st.sampled_from([4, 8, END])))
        for c in CONVERSATIONS
    ]
    pauses = data.draw(st.lists(st.booleans(), min_size=len(calls), max_size=len(calls)))

    async def found(store: Store) -> list[Entry]:
        for call, pause in zip(calls, pauses, strict=True):
            await store.log.append_many(call)
            if pause:
                await store.finder.caught_up()
        await store.finder.caught_up()
        return await store.finder.find(question, windows, None, 5)

    async def both() -> None:
        with tempfile.TemporaryDirectory() as folder:
            opening = (
                sql_store(request.getfixturevalue(backend))
                if backend in DATABASES
                else STORES[backend](Path(folder))
            )
            async with opening as tested, memory_store(Path()) as reference:
                assert await found(tested) == await found(reference)

    asyncio.run(both())
