"""What logging in by a browser stands on: subjects of providers, and the passes of web logins."""

from typing import Protocol

from teahouse.model.accounts import Account, Login, Subject


class Subjects(Protocol):
    """Which account is whose at a provider.

    S1  `create` stores the user, the account (no password opens it) and the tie, or nothing; durable when it
        returns. It gives the id of the account the subject is tied to: the new one, or the one that had it already,
        and then nothing is stored. `conflict` as in A1 (ports/accounts.py).
    S2  `tie` gives the id of the account the subject is tied to: this one, or the one that had it already. Durable
        when it returns.
    S3  A subject is tied to one account, however many ask at once; what was tied is found at once, and after a
        restart.
    S4  Ties go with the account (E4).
    """

    async def create(self, account: Account, subject: Subject, lobby_seq: int = 0) -> str: ...

    async def tie(self, subject: Subject, user: str) -> str: ...

    async def find(self, subject: Subject) -> str | None:
        """The id of the account."""
        ...

    async def of(self, user: str) -> list[Subject]:
        """All of an account, in order."""
        ...

    async def untie(self, subject: Subject, user: str) -> bool:
        """Whether it was this account's."""
        ...


class Passes(Protocol):
    """Logins of browsers, which hold a secret in a cookie instead of a refresh token.

    W1  `begin` is durable when it returns; the login is one like others for Logins (ports/accounts.py): shown,
        renamed, ended and forgotten there.
    W2  `find` gives the login with this digest until it is ended or expired. A refresh token is no pass; a pass that
        is used as a refresh token ends the login.
    W3  `extend` notes when and from where the login was heard of, and lets it last longer; durable when it returns.
        Nothing happens to a login that is not there.
    """

    async def begin(self, login: Login, digest: bytes) -> None: ...

    async def find(self, digest: bytes, now: int) -> Login | None: ...

    async def extend(self, login: Login) -> None:
        """`seen`, `expires` and `address` of the login with this id."""
        ...
