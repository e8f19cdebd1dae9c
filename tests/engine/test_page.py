import time

import pytest

from teahouse.engine.page import Page, read

URL = "https://tea.example.org/green/longjing?x=1"


def page(html: str | bytes, charset: str = "") -> Page:
    return read(html.encode() if isinstance(html, str) else html, charset, URL)


def test_open_graph_comes_first() -> None:
    html = """<!doctype html><html><head><title>plain</title>
    <meta name="description" content="plain too">
    <meta property="og:title" content="Longjing &amp; co &#8212; <b>" />
    <META PROPERTY='og:description' CONTENT='A
       green   tea'>
    <meta content=/img/a.jpg property=og:image>
    <meta property="og:site_name" content="Tea"></head>"""
    assert page(html) == Page(
        "Longjing & co — <b>", "A green tea", "https://tea.example.org/img/a.jpg", "Tea"
    )


def test_what_a_page_without_open_graph_says() -> None:
    html = "<title>\n Green\ttea </title><meta name=Description content='Leaves'>"
    assert page(html) == Page("Green tea", "Leaves")


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <title>no</title> --><title>yes</title>",
        "<script>var a = '<title>no</title>'</script><title>yes</title>",
        "<STYLE>a{content:'<title>no</title>'}</STYLE ><title>yes</title>",
        "<title>yes</title><title>no</title>",
        "<title lang='en'>yes</title>",
        "<titles>no</titles><title>yes</title>",
        "<title>yes</title></head><body><meta property='og:title' content='no'>",
        "<meta><meta property><meta property='og:title'><title>yes</title>",
        "<svg><path d='x'/></svg><title>yes</title>",
        '<meta property="og:title" content="yes"',
    ],
)
def test_only_what_counts_is_read(html: str) -> None:
    assert page(html).title == "yes"


@pytest.mark.parametrize(
    "html", ["", "<", "<title", "<title>x", "<!--", "<meta content='", "\0" * 99, "<title></title>"]
)
def test_what_says_nothing(html: str) -> None:
    assert page(html) == Page()


@pytest.mark.parametrize(
    ("image", "wanted"),
    [
        ("//cdn.example.org/a.jpg", "https://cdn.example.org/a.jpg"),
        ("b.jpg", "https://tea.example.org/green/b.jpg"),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,x", ""),
        ("http://user:secret@h/a", ""),
        ("http://[::1", ""),
        ("http://h/" + "x" * 3000, ""),
    ],
)
def test_a_picture_has_an_address_of_the_web(image: str, wanted: str) -> None:
    assert page(f'<title>t</title><meta property="og:image" content="{image}">').image == wanted


def test_the_base_of_a_page() -> None:
    html = "<base href='/x/'><title>t</title><meta property=og:image content=a.jpg>"
    assert page(html).image == "https://tea.example.org/x/a.jpg"


def test_texts_are_short_and_can_be_shown() -> None:
    found = page(f"<title>{'茶' * 5000}</title><meta name=description content='a\u202eb\x07c'>")
    assert len(found.title) == 300
    assert found.title.endswith("…")
    assert found.description == "abc"


@pytest.mark.parametrize("charset", ["gb18030", "big5", "utf-8", "windows-1252", "shift_jis"])
def test_charsets(charset: str) -> None:
    text = "naïve" if charset == "windows-1252" else "茶"
    html = f"<meta charset='{charset}'><title>{text}</title>".encode(charset)
    assert page(html).title == text
    assert page(html.replace(b"charset", b"x"), charset.upper()).title == text


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "zip", "base64", "unicode_escape", "nonsense", "utf-7"]
)
def test_charsets_that_are_none(charset: str) -> None:
    assert page("<title>a</title>", charset).title == "a"


UNITS = [
    "<!--", "<!", "<![CDATA[", "<a ", "</", "<?", "<script>", "<title>", "&", "&#", "<", "<meta", "<meta ",
    '<meta a="', "<meta a='", "<meta a=", "<meta a ", "<meta a   =   ", "<meta a='\"", "<title", "<style></styl",
    "<meta property=og:title content=", " ", "=", '"', "<noscript>", "<base href=", "\u0130", "&amp;", "/",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["", "<title>", "<meta content='", '<meta a="', "<meta "])
def test_it_takes_no_time_whatever_stands_there(unit: str, before: str) -> None:
    html = (before + unit * (524_288 // len(unit))).encode()[:524_288]
    begun = time.process_time()
    read(html, "", URL)
    assert time.process_time() - begun < 2
