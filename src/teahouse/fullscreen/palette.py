"""The command palette: everything the program can do, and all conversations, by name.

Rule: titles are others' words, so they are shown as they are and never read as markup. Called by Textual's palette.
"""

from collections.abc import Callable
from typing import Protocol, cast

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

Offer = tuple[str, str, Callable[[], None]]
"""Name, what is said below it, what it does."""


class Offering(Protocol):
    def offers(self) -> list[Offer]:
        """All that can be done now."""
        ...


class Everything(Provider):
    """What the program offers; it is a program that `offers` (Offering)."""

    async def discover(self) -> Hits:
        for name, told, do in offers_of(self.app):
            yield DiscoveryHit(Text(name), do, text=name, help=told)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, told, do in offers_of(self.app):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, Text(name), do, text=name, help=told)


def offers_of(program: object) -> list[Offer]:
    return cast(Offering, program).offers()
