"""All recognisers, and who wins where two find something at the same place.

Rule: everything is looked for, whatever is asked, because what is a date is not a number, too; then findings that
overlap are settled by the order of kinds below, and the longer one within a kind. A kind that was asked for by name
stands before those that were not, so that 13800138000 can be an order number if that was the question.
Callers: `desk`, `understanding.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from teahouse.nlu.typed import found as kinds
from teahouse.nlu.typed.choices import ListRecogniser, choice
from teahouse.nlu.typed.contacts import find_emails, find_orders, find_phones
from teahouse.nlu.typed.dates import find_dates
from teahouse.nlu.typed.found import Circumstances, Found, Recogniser, narrow
from teahouse.nlu.typed.money import find_money
from teahouse.nlu.typed.numbers import find_numbers
from teahouse.nlu.typed.times import find_times

TEXT_LIMIT = 2000

STANDARD: dict[str, Recogniser] = {
    kinds.EMAIL: find_emails,
    kinds.PHONE: find_phones,
    kinds.MONEY: find_money,
    kinds.DATE: find_dates,
    kinds.TIME: find_times,
    kinds.ORDER: find_orders,
    kinds.NUMBER: find_numbers,
}
Entries = Mapping[str, Sequence[str]]


class Registry:
    """The recognisers of one team: the standard ones, its lists, and its form of order numbers."""

    def __init__(self, lists: Mapping[str, Entries] | None = None, order: Recogniser | None = None) -> None:
        self._lists: dict[str, Recogniser] = {}
        for kind, entries in (lists or {}).items():
            if kind in STANDARD or kind == kinds.CHOICE:
                raise ValueError(f"{kind} is a kind of its own, no list can be called so")
            self._lists[kind] = ListRecogniser(kind, entries)
        self._standard = STANDARD | ({kinds.ORDER: order} if order else {})

    def find(self, text: str, at: Circumstances, wanted: Collection[str] | None = None) -> list[Found]:
        """What is in the text, of the kinds wanted or of all, in the order of the text."""
        reading = narrow(text[:TEXT_LIMIT])
        every = [*self._lists.items(), *self._standard.items()]
        if wanted is not None:
            every.sort(key=lambda item: item[0] not in wanted)
        settled = _settle([list(find(reading, at)) for _, find in every])
        return [f for f in settled if wanted is None or f.kind in wanted]


def choose(text: str, entries: Entries, at: Circumstances) -> list[Found]:
    """The answer to "which one?": entries by name or by place."""
    return list(choice(entries)(narrow(text[:TEXT_LIMIT]), at))


def _settle(by_kind: Iterable[list[Found]]) -> list[Found]:
    taken: list[Found] = []
    for findings in by_kind:
        for one in sorted(findings, key=lambda f: (f.start - f.end, f.start)):
            if all(one.end <= other.start or other.end <= one.start for other in taken):
                taken.append(one)
    return sorted(taken, key=lambda f: f.start)
