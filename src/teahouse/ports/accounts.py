"""Accounts, the logins of their devices, and vouchers. Optional: a server without them has guests only."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.accounts import Account, AccountChange, Login, Refresh, Rotation, Seen, Voucher
from teahouse.model.entries import Entry


class Accounts(Protocol):
    """Accounts by id and by name.

    A1  `create` stores the user, the account and its password, or nothing; durable when it returns. `conflict`, with
        one sentence for both, if an account has the folded name or the folded nick already.
    A2  With a `voucher` (its digest), `create` uses it up in the same transaction: of several that come with one
        voucher, one is created. `forbidden` if there is none of that purpose that holds.
    A3  `change` sets what is given and nothing else, whatever others change at the same time; durable when it
        returns. `conflict` if the nick is another account's. None if there is no such account. With `password_was`,
        the password is compared and set in one step.
    A4  What was created or changed is found at once by all calls, and after a restart. Users (ports/directory.py)
        knows accounts, too.
    A5  A change of nick changes the nick of the user's places in conversations (ports/directory.py), too.
    A6  `page` is in the order of folded nicks: those that begin with `prefix` and come after the folded nick `after`.
        Disabled ones only when they are asked for.
    """

    async def create(
        self,
        account: Account,
        password: str | None,
        lobby_seq: int = 0,
        voucher: Voucher | None = None,
    ) -> None:
        """`password` is a hash, None: no password opens the account. A new user has read the lobby up to
        `lobby_seq`. Of the voucher digest and purpose are compared; `expires` is now."""
        ...

    async def change(self, user: str, change: AccountChange) -> Account | None: ...

    async def find(self, user: str) -> Account | None:
        """By user id."""
        ...

    async def named(self, name: str) -> Account | None:
        """By the folded name one logs in with."""
        ...

    async def password(self, user: str) -> str | None:
        """The hash of the password; None where there is none, or no such account."""
        ...

    async def page(self, prefix: str, after: str, limit: int, disabled: bool = False) -> list[Account]: ...

    async def has_admin(self) -> bool:
        """Whether anybody can log in who is an administrator."""
        ...


class Profiles(Protocol):
    """Accounts as others are shown them.

    P1  As `Accounts.find`, but what another node changed may be seen a moment later: as long as a hint takes, and if
        it was lost, as long as copies are kept (ports/copies.py). So nothing is decided by it.
    """

    async def profile(self, user: str) -> Account | None: ...


class Logins(Protocol):
    """Which devices are logged in, and their refresh tokens.

    G1  `begin` and `rename` are durable when they return. A login is found until it is ended or expired.
    G2  `rotate`, with the secret that holds: it is replaced, and the login lasts until `seen.expires`; ROTATED.
    G3  `rotate`, with the secret before that one, not later than `seen.grace_ms` after it was replaced: nothing
        changes (with a grace of 0 that is G4), and the nonce is the one it was replaced with; REPEATED.
    G4  `rotate`, with any other secret of a family that is known: its login is ended; REUSED. Of an unknown or
        expired family: None.
    G5  `end` is durable when it returns; it gives the ids of those that were logged in until then.
    """

    async def begin(self, login: Login, refresh: Refresh) -> None: ...

    async def rotate(self, used: Refresh, secret: bytes, seen: Seen) -> Rotation | None:
        """`used.nonce` leads from the used secret to the new `secret`."""
        ...

    async def find(self, login: str, now: int) -> Login | None: ...

    async def of(self, user: str, now: int) -> list[Login]:
        """A user's logins, in order of id, which is that in which they began."""
        ...

    async def rename(self, login: str, device: str) -> Login | None: ...

    async def end(self, user: str, logins: Sequence[str] | None = None, but: str = "") -> list[str]:
        """End these logins of the user, None: all, except `but`."""
        ...

    async def expire(self, now: int) -> int:
        """Forget logins that expired before `now`; how many."""
        ...


class Vouchers(Protocol):
    """What may be done once.

    V1  A voucher holds until it is taken, withdrawn or expired; durable when the call returns.
    V2  `take` is true once, however many ask at the same time.
    """

    async def put(self, voucher: Voucher) -> None: ...

    async def take(self, voucher: Voucher) -> bool:
        """Digest and purpose are compared; `expires` is now."""
        ...

    async def withdraw(self, purpose: str) -> None:
        """None of this purpose holds any more."""
        ...


class Erasures(Protocol):
    """What a user leaves behind, to be given to them or erased.

    E1  `begin` is durable when it returns: from then on the account is disabled, and `pending` until `forget`.
    E2  `entries` gives all entries a user wrote, wherever, a page at a time: some, and where to go on, which is None
        after the last. Begin with 0.
    E3  `disown` puts another nick on a page of those entries. Content is erased by the log (`redact`).
    E4  `forget` removes account, password, logins, marks, schedules, preferences, push devices and what they hid,
        what they made of others (contacts, blocks, requests) and others of them, the snapshots in reports about them
        and the text of those by them; what is left is a user with this nick, who is no account and can never come
        back. Durable when it returns.
    """

    async def begin(self, user: str, at: int) -> None: ...

    async def pending(self) -> list[str]: ...

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]: ...

    async def disown(self, user: str, nick: str, after: int) -> int | None: ...

    async def forget(self, user: str, nick: str) -> None: ...
