"""The sessions of this node, by user and by nick."""

from collections.abc import Iterator

from teahouse.engine.session import Session
from teahouse.model.events import AnyEvent
from teahouse.model.ids import fold_nick
from teahouse.model.people import User

_NONE: tuple[Session, ...] = ()


class Sessions:
    """All sessions, authenticated or not; tuples, because nearly every user has one."""

    def __init__(self) -> None:
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
        return True

    def _forget_nick(self, user: User) -> None:
        folded = fold_nick(user.nick)
        if (holder := self._by_nick.get(folded)) is not None and holder.id == user.id:
            del self._by_nick[folded]

    def of(self, user: str) -> tuple[Session, ...]:
        return self._by_user.get(user, _NONE)

    def tell(self, user: str, event: AnyEvent, skip: Session | None = None) -> None:
        """An event for one user alone, on all devices that are here but the one it comes from."""
        for session in self.of(user):
            if session is not skip and session.greeted and not session.closed:
                session.write(session.wire.event(event))

    def named(self, folded: str) -> User | None:
        """The user with this folded nick who has a session on this node."""
        return self._by_nick.get(folded)
