"""The sessions of this node, by user and by nick; and, less exactly, who is on other nodes."""

from collections.abc import Callable, Iterator, Mapping

from teahouse.engine.session import Session
from teahouse.model.ids import fold_nick
from teahouse.model.people import User

_NONE: tuple[Session, ...] = ()


class Sessions:
    """All sessions, authenticated or not; tuples, because nearly every user has one. `came` and `went` are told of a
    user's first session here and of their last. `elsewhere` are users on other nodes by folded nick, as they were a
    moment ago: good enough for what is only said of them."""

    def __init__(self) -> None:
        self.came: Callable[[str], None] = lambda user: None
        self.went: Callable[[str], None] = lambda user: None
        self.elsewhere: Mapping[str, str] = {}
        self.elsewhere_ids: frozenset[str] = frozenset()
        self._all: set[Session] = set()
        self._by_user: dict[str, tuple[Session, ...]] = {}
        self._by_nick: dict[str, User] = {}

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._all))

    def add(self, session: Session) -> None:
        self._all.add(session)

    def enter(self, session: Session, user: User) -> None:
        """From now on the session is `user`'s."""
        mine = self._by_user.get(user.id, _NONE)
        if mine and mine[0].user is not None:
            self._forget_nick(mine[0].user)
        self._by_user[user.id] = mine = (*mine, session)
        for one in mine:  # a nick changed on one device is changed on all
            one.user = user
        self._by_nick[fold_nick(user.nick)] = user
        if len(mine) == 1:
            self.came(user.id)

    def rename(self, user: User) -> bool:
        """The user is called otherwise now; False if they have no session here, or were called so already."""
        mine = self._by_user.get(user.id, _NONE)
        if not mine or mine[0].user is None or mine[0].user == user:
            return False
        self._forget_nick(mine[0].user)
        for session in mine:
            session.user = user
        self._by_nick[fold_nick(user.nick)] = user
        return True

    def remove(self, session: Session) -> None:
        """The connection is gone."""
        self._all.discard(session)

    def revoke(self, session: Session) -> bool:
        """The session is nobody's again; True if its user has no other here."""
        user, session.user = session.user, None
        if user is None:
            return False
        rest = tuple(s for s in self._by_user.get(user.id, _NONE) if s is not session)
        if rest:
            self._by_user[user.id] = rest
            return False
        if self._by_user.pop(user.id, None) is None:
            return False
        self._forget_nick(user)
        self.went(user.id)
        return True

    def _forget_nick(self, user: User) -> None:
        folded = fold_nick(user.nick)
        if (holder := self._by_nick.get(folded)) is not None and holder.id == user.id:
            del self._by_nick[folded]

    def of(self, user: str) -> tuple[Session, ...]:
        return self._by_user.get(user, _NONE)

    def named(self, folded: str) -> User | None:
        """The user with this folded nick who has a session on this node."""
        return self._by_nick.get(folded)

    def users(self) -> list[str]:
        """Everybody who has a session here."""
        return list(self._by_user)

    def is_around(self, user: str) -> bool:
        """Whether they are connected, here or elsewhere."""
        return user in self._by_user or user in self.elsewhere_ids

    def around(self, folded: str) -> str | None:
        """The user who is connected under this folded nick, here or elsewhere."""
        here = self._by_nick.get(folded)
        return self.elsewhere.get(folded) if here is None else here.id
