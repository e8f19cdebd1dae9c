"""What a web page says of itself: title, description, picture and site, by Open Graph or else.

Rule: linear in what it reads, whatever stands there; html.parser of the standard library takes two minutes for half a
MiB of `<!--`. It looks for a few tags of the head and at nothing else. Called by previews.py.
"""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

_TAG = re.compile(r"<(!--|/head|body|script|style|noscript|title|meta|base)(?=[\s>/-]|$)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s"'<>/=]++)(?>\s*+=\s*+(?:"([^"]{0,4000}+)"|'([^']{0,4000}+)'|([^\s"'<>]++)))?+"""
)
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset\s*+=\s*+["']?+([\w-]{1,40})""", re.IGNORECASE)
_SKIPPED = {"!--": "-->", "script": "</script", "style": "</style", "noscript": "</noscript"}
_ATTRIBUTES = 40
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|gb2312|gbk|gb18030|big5|big5-hkscs|"
    r"shift[_-]jis|sjis|euc-(jp|kr)|iso-2022-jp|koi8-[ru]|macintosh|tis-620"
)
"""Nothing that is no encoding of text, or slow."""

TITLE, DESCRIPTION, ADDRESS = 300, 1000, 2000


class Page(Struct, frozen=True, gc=False):
    title: str = ""
    description: str = ""
    image: str = ""
    site: str = ""


def read(html: bytes, charset: str, url: str) -> Page:
    """`charset` is that of the Content-Type, if it names one; `url` is where the page was."""
    found = _scan(_decoded(html, charset))
    where = _address(found.get("base", ""), url) or url

    def first(*names: str) -> str:
        return next((found[name] for name in names if found.get(name)), "")

    return Page(
        _text(first("og:title", "twitter:title", "title"), TITLE),
        _text(first("og:description", "twitter:description", "description"), DESCRIPTION),
        _address(first("og:image:secure_url", "og:image", "og:image:url", "twitter:image"), where),
        _text(first("og:site_name"), TITLE),
    )


def _decoded(html: bytes, charset: str) -> str:
    if not charset and (declared := _CHARSET.search(html[:2048])):
        charset = declared[1].decode("ascii", "replace")
    charset = charset.strip("\"' ").lower()
    return html.decode(charset if _CHARSETS.fullmatch(charset) else "utf-8", "replace")


def _scan(text: str) -> dict[str, str]:
    """The values of the tags of the head; of each name the first."""
    small = text.lower() if text.isascii() else _lower(text)
    found: dict[str, str] = {}
    at = 0
    while (tag := _TAG.search(text, at)) is not None:
        name, at = tag[1].lower(), tag.end()
        if name in ("/head", "body"):
            break
        if name in _SKIPPED:
            at = small.find(_SKIPPED[name], at)
            if at < 0:
                break
        elif name == "title":
            start = text.find(">", at)
            end = text.find("<", start)
            if start < 0 or end < 0:
                break
            found.setdefault("title", text[start + 1 : end][: 2 * DESCRIPTION])
            at = end
        else:
            attributes, at = _attributes(text, at)
            _note(found, name, attributes)
    return found


def _lower(text: str) -> str:
    """Of the same length, which lower() does not promise."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while len(attributes) < _ATTRIBUTES and (found := _ATTRIBUTE.match(text, at)) is not None:
        at = found.end()
        attributes.setdefault(found[1].lower(), unescape(found[2] or found[3] or found[4] or ""))
    return attributes, at


def _note(found: dict[str, str], tag: str, attributes: dict[str, str]) -> None:
    if tag == "base":
        found.setdefault("base", attributes.get("href", ""))
        return
    name = (attributes.get("property") or attributes.get("name") or "").lower()
    if name and name not in ("title", "base"):
        found.setdefault(name, attributes.get("content", ""))


def _text(text: str, most: int) -> str:
    """One line, as long as anybody reads, without what cannot be shown."""
    line = _SPACE.sub(" ", unescape(text[: 4 * most])).strip()
    shown = "".join(c for c in line if c.isprintable())
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def _address(given: str, where: str) -> str:
    """An absolute address of the web, or nothing."""
    try:
        address = urljoin(where, given.strip()) if given.strip() else ""
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        return ""
    return address if usable and len(address) <= ADDRESS and address.isprintable() else ""
