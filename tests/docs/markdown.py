"""The project's documents, taken apart: links, headings, code blocks, names in code type.

Rule: as much Markdown as these documents use. Used by the tests of this folder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "teahouse"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}.*$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced code block. `before` is the text between the block before it and this one."""

    language: str
    text: str
    before: str


@dataclass(frozen=True)
class Document:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """Without fenced blocks and without what is indented as code."""
        return _INDENTED.sub("", _FENCE.sub("", self.text))

    def blocks(self) -> Iterator[Block]:
        end = 0
        for match in _FENCE.finditer(self.text):
            yield Block(match[1], match[2], self.text[end : match.start()])
            end = match.end()

    def spans(self) -> list[str]:
        """What stands in code type in the prose."""
        return _SPAN.findall(self.prose)

    def links(self) -> list[str]:
        return _LINK.findall(_SPAN.sub("", self.prose))

    def anchors(self) -> set[str]:
        """As the usual viewers make them of headings: lower case, no punctuation, dashes for spaces."""
        headings = _HEADING.findall(self.prose)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    def section(self, heading: str) -> str:
        """The text below a heading, up to the next one of any level."""
        found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", self.text, re.MULTILINE | re.DOTALL)
        assert found, f"{self.name} has no heading {heading!r}"
        return found[1]


def document(name: str) -> Document:
    return Document(ROOT / name)


def documents() -> list[Document]:
    """All of them, those at the root first."""
    return [Document(path) for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))]
