"""Importing: articles and examples out of files that people have: CSV with a head line, and Markdown.

Rule: pure; what cannot be read is `bad_request` with the line it stands in, and nothing of the file is taken. The id of
a paper that has none follows from its team and title, so a file that is imported again replaces what it brought.
Called by papers.py.
"""

import csv
import io
import re
from collections.abc import Iterator
from hashlib import blake2b

from teahouse.model.desk import Article, Example
from teahouse.model.errors import Code, Problem

MOST = 5000
"""Papers of one file."""

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_TITLES = ("title", "question", "q", "\u95ee\u9898")
_TEXTS = ("text", "answer", "a", "\u7b54\u6848")


def articles_of_csv(team: str, content: str, source: str, now: int) -> list[Article]:
    """Columns: title or question, text or answer; language, source and id if there are any."""
    found = []
    for number, row in _rows(content):
        title, text = _first(row, _TITLES), _first(row, _TEXTS)
        if not title or not text:
            raise Problem(Code.BAD_REQUEST, f"line {number}: an article has a title and a text")
        id_ = row.get("id") or _id(team, title)
        language = row.get("language", "")
        found.append(
            Article(
                id=id_,
                team=team,
                title=title,
                text=text,
                language=language,
                source=row.get("source") or source,
                changed=now,
            )
        )
    return found


def examples_of_csv(team: str, content: str, now: int) -> list[Example]:
    """Columns: intent and text; language if there is any."""
    found = []
    for number, row in _rows(content):
        intent, text = row.get("intent", ""), row.get("text", "")
        if not intent or not text:
            raise Problem(Code.BAD_REQUEST, f"line {number}: an example has an intent and a text")
        id_ = _id(team, f"{intent}\0{text}")
        language = row.get("language", "")
        found.append(
            Example(
                id=id_, team=team, intent=intent, text=text, language=language, origin="import", changed=now
            )
        )
    return found


def articles_of_markdown(team: str, content: str, source: str, now: int, language: str) -> list[Article]:
    """Each heading with something below it is an article. In fences a # is no heading."""
    found: list[Article] = []
    title, lines, fenced = "", [""], False
    for line in [*content.splitlines(), "# "]:
        fenced ^= line.lstrip().startswith("```")
        heading = None if fenced else _HEADING.match(line)
        if heading is None and (fenced or line != "# "):
            lines.append(line)
            continue
        text = "\n".join(lines).strip()
        if title and text:
            found.append(
                Article(
                    id=_id(team, title),
                    team=team,
                    title=title,
                    text=text,
                    language=language,
                    source=source,
                    changed=now,
                )
            )
        title, lines = heading[2] if heading is not None else "", []
    if not found:
        raise Problem(Code.BAD_REQUEST, "there is no heading with a text below it")
    _check_size(len(found))
    return found


def _rows(content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV by the names in its head line, without regard to case, and where each ends."""
    reader = csv.reader(io.StringIO(content.removeprefix("\ufeff")), strict=True)
    try:
        head = [name.strip().casefold() for name in next(reader, [])]
        for number, row in enumerate(reader):
            _check_size(number)
            if row:
                values = [value.strip() for value in row]
                yield reader.line_num, dict(zip(head, values, strict=False))
    except csv.Error as error:
        raise Problem(Code.BAD_REQUEST, f"line {reader.line_num}: {error}") from error


def _first(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _id(team: str, said: str) -> str:
    return "n" + blake2b(f"{team}\0{said}".encode(), digest_size=15).hexdigest()


def _check_size(rows: int) -> None:
    if rows > MOST:
        raise Problem(Code.TOO_LARGE, f"one file has at most {MOST} articles or examples")
