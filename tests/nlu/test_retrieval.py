# ruff: noqa: E501  (tables of cases, one a line)
"""Articles are found by words and by meaning, and a hit says where it comes from."""

import pytest

pytest.importorskip("numpy", reason="the extra desk is not installed")

from teahouse.nlu import encoders
from teahouse.nlu.retrieval import Article, Library, passages

ARTICLES = {
    "en": [
        Article("returns", "Beans can be returned within 14 days. Send them back unopened. We pay the postage.", "Returning goods", "/help/returns", ("I want my money back",)),
        Article("shipping", "We ship with the post. Parcels inside the country take two days. Abroad it takes a week.", "Delivery times", "/help/shipping"),
        Article("grinder", "Clean the burrs once a month. Use a dry brush and never water. Order burrs in the shop.", "Cleaning the grinder", "/help/grinder"),
        Article("hours", "The café opens at eight and closes at six. On Sundays we rest.", "Opening hours", "/help/hours"),
    ],
    "zh": [
        Article("returns", "咖啡豆十四天内可以退货。请不要拆封。运费由我们承担。", "退货", "/help/returns", ("怎么把钱退给我",)),
        Article("shipping", "我们用邮政发货。国内两天送到。国外需要一周。", "送货时间", "/help/shipping"),
        Article("grinder", "磨豆机每月清洁一次。用干刷子，不要用水。", "清洁磨豆机", "/help/grinder"),
        Article("hours", "咖啡馆早上八点开门，晚上六点关门。周日休息。", "营业时间", "/help/hours"),
    ],
}  # fmt: skip
ASKED = {
    "en": {
        "how do I clean my grinder": "grinder",
        "how long does delivery abroad take": "shipping",
        "are you open on Sunday": "hours",
    },
    "zh": {"磨豆机怎么清洁": "grinder", "国外送货要多久": "shipping", "周日休息吗": "hours"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("dense", [False, True])
def test_the_article_that_answers_comes_first(language: str, dense: bool) -> None:
    if dense and encoders.installed(encoders.USE) is None:
        pytest.skip("no sentence encoder is installed")
    library = Library(ARTICLES[language], None if dense else [])
    for question, expected in ASKED[language].items():
        hits = library.search(question)
        assert hits[0].article.id == expected, question
        assert hits[0].article.source == f"/help/{expected}"
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_the_passage_that_answers_is_quoted() -> None:
    if encoders.installed(encoders.USE) is None:
        pytest.skip("no sentence encoder is installed")
    hit = Library(ARTICLES["en"]).search("do you pay for sending it back?")[0]
    assert (hit.article.id, "postage" in hit.passage) == ("returns", True)


def test_another_phrasing_finds_what_the_text_does_not_say() -> None:
    assert Library(ARTICLES["zh"], []).search("钱退给我")[0].article.id == "returns"


def test_words_nobody_wrote_find_nothing() -> None:
    assert Library(ARTICLES["en"], []).search("zebra") == []
    assert Library([], []).search("anything") == []
    assert Library(ARTICLES["en"], []).search("  ") == []


def test_rows_of_articles_that_stay_are_taken_over(monkeypatch) -> None:
    if encoders.installed(encoders.USE) is None:
        pytest.skip("no sentence encoder is installed")
    old = Library(ARTICLES["en"], [encoders.USE])
    encoded: list[str] = []
    real = encoders.encode

    def noted(names, texts):
        encoded.extend(texts)
        return real(names, texts)

    monkeypatch.setattr(encoders, "encode", noted)
    new = Library([*ARTICLES["en"], Article("tea", "We sell tea.")], [encoders.USE], old)
    assert encoded == ["We sell tea."]
    assert new.search("tea")[0].article.id == "tea"


@pytest.mark.parametrize(
    "article", [Article("a", ""), Article("a", "...", "!"), Article("a", "x" * 5000), Article("a", "。\n。")]
)
def test_an_article_has_at_least_one_passage(article: Article) -> None:
    assert passages(article)
    Library([article], []).search("x")
