"""Hidden (ports/hidden.py) and PreferenceBook (ports/preferences.py) from copies.

Rule: a user hides things in few places or nowhere, and is asked about at each page of each conversation; so all that a
user has hidden is one copy. Who has hidden very much is asked about in the store.
"""

from collections.abc import Mapping, Sequence

from teahouse.backends.cached.cache import Cache
from teahouse.backends.cached.changing import Changing
from teahouse.model.preferences import Preferences
from teahouse.ports.hidden import Hidden
from teahouse.ports.preferences import PreferenceBook

MOST = 1000
"""So many entries may be in one copy."""

Everywhere = Mapping[str, frozenset[int]]

_NONE: frozenset[int] = frozenset()


class CachedHidden:
    """`cache` keeps None for who has hidden too much."""

    def __init__(self, hidden: Hidden, cache: Cache[Everywhere], changing: Changing) -> None:
        self._hidden = hidden
        self._cache = cache
        self._changing = changing
        self.everywhere = hidden.everywhere

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None:
        async with self._changing.of([(self._cache, user)]):
            await self._hidden.hide(user, conversation, seqs)

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]:
        everywhere = await self._cache.get(user)
        if everywhere is None:
            return await self._hidden.hidden(user, conversation, after, upto)
        seqs = everywhere.get(conversation)
        return frozenset(seq for seq in seqs if after < seq <= upto) if seqs else _NONE


class CachedPreferences:
    """`cache` keeps None for who never said anything."""

    def __init__(self, book: PreferenceBook, cache: Cache[Preferences], changing: Changing) -> None:
        self._book = book
        self._cache = cache
        self._changing = changing

    async def prefer(self, user: str, preferences: Preferences) -> None:
        async with self._changing.of([(self._cache, user)]):
            await self._book.prefer(user, preferences)

    async def preferences(self, users: Sequence[str]) -> Mapping[str, Preferences]:
        """Of one from the copy; many are asked about seldom, and all at once."""
        if len(users) != 1:
            return await self._book.preferences(users)
        wishes = await self._cache.get(users[0])
        return {} if wishes is None else {users[0]: wishes}
