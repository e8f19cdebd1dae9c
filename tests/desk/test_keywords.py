"""What the bot says by the words of a team's articles."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.desk import MemoryLibrary
from teahouse.backends.memory.store import MemoryStore
from teahouse.desk.keywords import Keywords
from teahouse.model.desk import Article
from teahouse.ports.answers import Asked, Reply

TITLES = (
    "How do I return an order?",
    "What does shipping cost?",
    "How long does shipping take?",
    "怎么退货？",
    "运费多少钱？",
    "如何修改收货地址？",
)


async def bot() -> Keywords:
    library = MemoryLibrary(MemoryStore())
    await library.put(
        [Article(id=f"n{n}", team="t", title=title, text=f"answer {n}") for n, title in enumerate(TITLES)]
    )
    return Keywords(library, ManualClock())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("how can I RETURN an order", "answer 0"),
        ("shipping cost", "answer 1"),
        ("how long does the shipping take please", "answer 2"),
        ("请问怎么退货", "answer 3"),
        ("运费多少", "answer 4"),
        ("怎样修改收货地址", "answer 5"),
    ],
)
async def test_the_nearest_article_answers(asked: str, answer: str) -> None:
    reply = await (await bot()).reply(Asked("t", asked))
    assert (reply.kind, reply.text) == ("answer", answer)
    assert 0.5 < reply.confidence <= 1


@pytest.mark.parametrize("asked", ["shipping", "tell me a joke", "今天天气怎么样", "", "?!"])
async def test_what_is_not_clear_is_asked_again_and_then_handed_over(asked: str) -> None:
    keywords = await bot()
    reply = await keywords.reply(Asked("t", asked))
    assert (reply.kind, reply.text) == ("question", "")
    again = await keywords.reply(Asked("t", asked, context=reply.context))
    assert again.kind == "handoff"


@pytest.mark.parametrize("asked", ["human", "I want a real person!", "转人工", "人工客服"])
async def test_who_wants_a_person_gets_one(asked: str) -> None:
    assert (await (await bot()).reply(Asked("t", asked))).kind == "handoff"


async def test_what_was_learned_is_known_once_it_is_told() -> None:
    library = MemoryLibrary(MemoryStore())
    clock = ManualClock()
    keywords = Keywords(library, clock)
    assert (await keywords.reply(Asked("t", "opening hours"))).kind == "question"
    await library.put([Article(id="n", team="t", title="Opening hours", text="9 to 5", source="site")])
    keywords.forget("t")
    assert await keywords.reply(Asked("t", "opening hours")) == (
        Reply("answer", "9 to 5", 1.0, "Opening hours", "site")
    )
    assert (await keywords.reply(Asked("other", "opening hours"))).kind == "question"
    await library.drop(Article, ["n"])  # on another node
    clock.advance(31)
    assert (await keywords.reply(Asked("t", "opening hours"))).kind == "question"
