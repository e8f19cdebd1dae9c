"""How a message stands in the index, and how criteria ask for it: the two sides of one table.

Rule: what fits(), in model/searching.py, says of a message is what an expression finds, but for times, which are no
part of the index. Pure. Called by indexer.py and finder.py.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from teahouse.model.ids import fold_nick
from teahouse.model.query import Phrase
from teahouse.model.searching import Authors, Criteria, said
from teahouse.model.words import words

VERSION = 1
"""Of what is written into the index. Another number, and the index is made anew at the next start."""

_ANY = "m"  # a fact of every message


def facts(log: int, sender: str, nick: str, traits: Iterable[str]) -> str:
    """What can be asked of a message besides its words."""
    return " ".join([_ANY, f"c{log}", _user(sender), _nick(nick), *(f"h{trait}" for trait in traits)])


def document(log: int, sender: str, nick: str, content: bytes) -> tuple[str, str]:
    """(facts, words) of a message that has this content now."""
    found = said(content)
    return facts(log, sender, nick, found.traits), " ".join(words(found.text))


def expression(criteria: Criteria, logs: Sequence[int] = ()) -> str:
    """An FTS5 expression for the criteria, but for times; with `logs` only in these."""
    wanted = [_any_fact(f"c{log}" for log in logs)] if logs else []
    if criteria.authors is not None:
        wanted.append(_any_fact(_names(criteria.authors)))
    wanted += [_any_fact([f"h{trait}"]) for trait in criteria.has]
    wanted += [_in_a_row(phrase) for phrase in criteria.phrases]
    excluded = [_any_fact([f"h{trait}"]) for trait in criteria.has_not]
    if criteria.no_authors:
        excluded.append(_any_fact(_names(criteria.no_authors)))
    excluded += [_in_a_row(phrase) for phrase in criteria.no_phrases]
    whole = " AND ".join(wanted or [_any_fact([_ANY])])
    return f"({whole}) NOT ({' OR '.join(excluded)})" if excluded else whole


def _any_fact(tokens: Iterable[str]) -> str:
    return "facts : ({})".format(" OR ".join(f'"{token}"' for token in tokens) or '"none"')


def _in_a_row(phrase: Phrase) -> str:
    """Words hold neither quotes nor spaces, so nothing needs to be escaped."""
    return f'words : "{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}'


def _names(authors: Authors) -> Iterable[str]:
    yield from map(_user, authors.users)
    yield from (f"n{_digest(nick)}" for nick in authors.nicks)


def _user(user: str) -> str:
    return f"u{_digest(user)}"


def _nick(nick: str) -> str:
    return f"n{_digest(fold_nick(nick))}"


def _digest(text: str) -> str:
    """A name as one word of the index, whatever it is made of."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
