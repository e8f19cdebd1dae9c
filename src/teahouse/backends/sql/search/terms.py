"""How a message stands in the index, and how criteria ask for it: the two sides of one table.

A message stands there once a term. A word is a term; but of two characters in a row that are a word each (Chinese,
Japanese ...), the first stands with the second as one term: pairs are far rarer than characters, and it makes no more
rows. Facts begin with "=", which no word does: what the message has, and by whom it is.

Rule: what fits(), in model/searching.py, says of a message is decided by that. The index only leads to what may fit,
and leaves out nothing that does. Pure. Called by indexer.py and finder.py.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise

from msgspec import Struct

from teahouse.model.ids import fold_nick
from teahouse.model.query import Phrase
from teahouse.model.searching import Criteria, said
from teahouse.model.words import is_single, words

VERSION = 1
"""Of what is written into the index. Another number, and the index is made anew."""

LAST = "\U0010ffff"
_ANY = "=m"  # a fact of every message


class Term(Struct, frozen=True):
    """What must stand in the index for a message: one of `terms`; or, with `begins`, any term that begins with the
    only one of them."""

    terms: tuple[str, ...]
    begins: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one place of the index, where the newest message stands last."""
        return len(self.terms) == 1 and not self.begins


def terms_of(sender: str, nick: str, content: bytes) -> set[str]:
    """All that leads to a message that has this content now."""
    found = said(content)
    facts = (_ANY, _user(sender), _nick(fold_nick(nick)), *(f"=h{trait}" for trait in found.traits))
    return {*_joined(words(found.text)), *facts}


def asked(criteria: Criteria) -> list[Term]:
    """What stands in the index for every message that fits."""
    found = [Term((f"=h{trait}",)) for trait in criteria.has]
    if criteria.authors is not None:
        names = (*map(_user, criteria.authors.users), *map(_nick, criteria.authors.nicks))
        found.append(Term(names))
    for phrase in criteria.phrases:
        found += _in_a_row(phrase)
    return list(dict.fromkeys(found)) or [Term((_ANY,))]


def _joined(text: Sequence[str]) -> Iterable[str]:
    for word, following in pairwise((*text, "")):
        yield word + following if is_single(word) and is_single(following) else word


def _in_a_row(phrase: Phrase) -> Iterable[Term]:
    """All terms of the phrase but the last are known; what that is joined with is not."""
    *head, _ = _joined(phrase.words)
    last = phrase.words[-1]
    yield from (Term((term,)) for term in head)
    if not is_single(last):
        yield Term((last,), begins=phrase.prefix)
    elif not head or not is_single(phrase.words[-2]):  # else it stands in the pair before
        yield Term((last,), begins=True)


def _user(user: str) -> str:
    return f"=u{_digest(user)}"


def _nick(folded: str) -> str:
    return f"=n{_digest(folded)}"


def _digest(text: str) -> str:
    """A name as one term, whatever it is made of."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
