"""The caches of a node, put together: ports in front of those of a store, and what the engine wants of them (Copies).

Rule: here stands what is kept, how long, and what of it all nodes have in common. Nothing is kept that the engine keeps
already (docs/decisions/0048). Made by app/caching.py, and by tests.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec.structs import asdict

from teahouse.backends.cached.accounts import CachedAccounts, CachedErasures
from teahouse.backends.cached.cache import Cache, Common, Terms
from teahouse.backends.cached.changing import Changing
from teahouse.backends.cached.files import CachedFiles, FilesOfStore
from teahouse.backends.cached.known import KnownIds
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.cached.users import CachedDirectory, CachedLog, CachedUsers, People
from teahouse.backends.cached.wishes import MOST, CachedHidden, CachedPreferences
from teahouse.model.accounts import Account
from teahouse.model.files import File, FileState
from teahouse.model.people import User
from teahouse.model.preferences import Preferences
from teahouse.ports.accounts import Accounts, Erasures
from teahouse.ports.clock import Clock
from teahouse.ports.copies import CommonCopies
from teahouse.ports.directory import Directory, Users
from teahouse.ports.hidden import Hidden
from teahouse.ports.ids import Ids
from teahouse.ports.log import MessageLog
from teahouse.ports.preferences import PreferenceBook

T = TypeVar("T")


@dataclass(frozen=True)
class Behind:
    """The ports of the store that stand behind caches."""

    users: Users
    directory: Directory
    log: MessageLog
    accounts: Accounts
    erasures: Erasures
    hidden: Hidden
    preferences: PreferenceBook
    files: FilesOfStore
    ids: Ids


@dataclass(frozen=True)
class Around:
    """What else caches need: `common` is what nodes have in common, if anything; `trusts` says whether hints of
    other nodes are heard."""

    clock: Clock
    common: CommonCopies | None = None
    trusts: Callable[[], bool] = lambda: True


class Caches:
    """`known.start()` begins to make the filters."""

    def __init__(self, behind: Behind, around: Around, options: CacheOptions) -> None:
        self._terms = Terms(options.most, options.keep_s, around.clock.monotonic, around.trusts)
        self._common = around.common if options.common_s else None
        self._common_s = options.common_s
        self._caches: dict[str, Cache[Any]] = {}
        self._changing = changing = Changing(self._common)
        self.known = KnownIds(behind.ids, around.clock, options.filter_ids)
        unknown = self.known.unknown
        people = People(
            self._cache("users", behind.users.user, User),
            self._cache("profiles", behind.accounts.find, Account),
            unknown,
        )
        self.profile = people.profile
        self.users = CachedUsers(behind.users, people, self._cache("nicks"))
        self.directory = CachedDirectory(behind.directory, people, changing)
        self.log = CachedLog(behind.log, people, changing)
        self.accounts = CachedAccounts(behind.accounts, people, changing)
        hidden = self._cache("hidden", _everywhere(behind.hidden), keeps_none=True)
        preferences = self._cache(
            "preferences", _wishes(behind.preferences), Preferences | None, keeps_none=True
        )
        self.hidden = CachedHidden(behind.hidden, hidden, changing)
        self.preferences = CachedPreferences(behind.preferences, preferences, changing)
        self.erasures = CachedErasures(behind.erasures, people, (hidden, preferences), changing)
        pictures = self._cache("pictures", _pictures(behind.files), File)
        self.files = CachedFiles(behind.files, pictures, unknown, changing)

    @property
    def told(self) -> Callable[[Sequence[str]], None]:
        return self._changing.told

    @told.setter
    def told(self, tell: Callable[[Sequence[str]], None]) -> None:
        self._changing.told = tell

    def outdated(self, names: Collection[str]) -> None:
        for name in names:
            cache, _, key = name.partition(":")
            if cache in self._caches:  # else it is of a node that is of another version
                self._caches[cache].drop(key)

    def forget(self) -> None:
        for cache in self._caches.values():
            cache.forget()

    def counts(self) -> Mapping[tuple[str, str], int]:
        counts = {
            (cache.name, who): number
            for cache in self._caches.values()
            for who, number in asdict(cache.counts).items()
        }
        return {**counts, ("ids", "filter"): self.known.turned_away}

    def sizes(self) -> Mapping[str, int]:
        sizes = {cache.name: len(cache) for cache in self._caches.values()}
        return {**sizes, "ids": self.known.ids}

    def _cache(self, name: str, load: Any = None, kind: Any = None, keeps_none: bool = False) -> Cache[Any]:
        """`kind`: the type of the values that are kept in common, too."""
        common: Common[Any] | None = None
        if kind is not None and self._common is not None:
            common = Common(self._common, kind, self._common_s)
        made = self._caches[name] = Cache[Any](name, load, self._terms, common, keeps_none)
        return made


def _everywhere(hidden: Hidden) -> Any:
    async def load(user: str) -> Mapping[str, frozenset[int]] | None:
        return await hidden.everywhere(user, MOST)

    return load


def _wishes(book: PreferenceBook) -> Any:
    async def load(user: str) -> Preferences | None:
        return (await book.preferences([user])).get(user)

    return load


def _pictures(files: FilesOfStore) -> Any:
    async def load(file: str) -> File | None:
        """Only what is there for good."""
        found = await files.file(file)
        return found if found is not None and found.state is FileState.READY else None

    return load
