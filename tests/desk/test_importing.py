"""Articles and examples out of files."""

import pytest

from teahouse.desk.importing import articles_of_csv, articles_of_markdown, examples_of_csv
from teahouse.model.errors import Problem


def test_a_table_of_questions() -> None:
    content = '\ufeffQuestion,Answer,language\r\n"Returns, how?","30 days.\nBy post.",en\r\n\r\n'
    content += "怎么退货？,三十天,zh\r\n"
    first, second = articles_of_csv("t", content, "faq.csv", 5)
    assert (first.title, first.text, first.language) == ("Returns, how?", "30 days.\nBy post.", "en")
    assert (first.source, first.changed, first.team) == ("faq.csv", 5, "t")
    assert (second.title, second.text) == ("怎么退货？", "三十天")
    assert articles_of_csv("t", content, "again", 9)[0].id == first.id  # replaces what it brought
    assert articles_of_csv("u", content, "", 9)[0].id != first.id


def test_ids_and_sources_of_ones_own() -> None:
    (article,) = articles_of_csv("t", "id,title,text,source\nx,a,b,c\n", "file", 5)
    assert (article.id, article.source) == ("x", "c")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("question,answer\na,b\nc,\n", "line 3"),
        ("what,ever\na,b\n", "line 2"),
        ('title,text\n"a,b\n', "line"),
    ],
)
def test_what_cannot_be_read_is_named(content: str, line: str) -> None:
    with pytest.raises(Problem, match=line):
        articles_of_csv("t", content, "", 5)


def test_headings_with_something_below_them() -> None:
    content = "# Help\n\n## Returns ##\n30 days.\n\n```\n# no heading\n```\n### Empty\n## 运费\n二十元\n"
    articles = articles_of_markdown("t", content, "help.md", 5, "en")
    assert [(a.title, a.text) for a in articles] == [
        ("Returns", "30 days.\n\n```\n# no heading\n```"),
        ("运费", "二十元"),
    ]
    with pytest.raises(Problem):
        articles_of_markdown("t", "just words\n", "", 5, "")


def test_examples() -> None:
    first, second = examples_of_csv("t", "Intent,Text\nrefund,money back\nrefund,退钱\n", 5)
    assert (first.intent, first.text, first.origin) == ("refund", "money back", "import")
    assert first.id != second.id
