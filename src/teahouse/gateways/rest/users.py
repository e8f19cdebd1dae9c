"""Other people over REST: who they are, and how to find them."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.identity.accounts import Accounts
from teahouse.model.accounts import Account
from teahouse.model.commands import Limit, UserId
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.model.results import Result
from teahouse.ports.directory import Users as UsersPort

READ = "users:read"

Query = Annotated[str, Meta(max_length=64, description="How the nick begins, in upper or lower case.")]
Cursor = Annotated[str, Meta(max_length=512, description="The `cursor` of the page before.")]


class Search(Struct, frozen=True):
    query: Query = ""
    cursor: Cursor = ""
    limit: Limit = 50


class PublicProfile(Result, frozen=True, omit_defaults=False):
    """Somebody, as others see them. Guests have no `bio` and no `avatar`."""

    id: str
    nick: str
    guest: bool
    kind: str
    bio: str
    avatar: str


class UserPage(Result, frozen=True, omit_defaults=False):
    """`cursor` leads to the next page; null: there is none."""

    users: tuple[PublicProfile, ...]
    cursor: str | None


class Users:
    def __init__(self, accounts: Accounts, users: UsersPort) -> None:
        self._accounts = accounts
        self._users = users

    @operation("GET /users", scope=READ)
    async def search(self, call: Call, query: Search) -> UserPage:
        """Accounts, in order of nick."""
        found = await self._accounts.page(query.query, query.cursor, query.limit + 1)
        page = found[: query.limit]
        cursor = fold_nick(page[-1].nick) if len(found) > len(page) else None
        return UserPage(tuple(_profile(account) for account in page), cursor)

    @operation("GET /users/{user}", scope=READ)
    async def show(self, call: Call, user: UserId) -> PublicProfile:
        """One user, by id."""
        known = await self._users.user(user)
        if known is None:
            raise Problem(Code.NOT_FOUND, f"there is no user {user!r}")
        if known.guest:
            return PublicProfile(known.id, known.nick, True, "person", "", "")
        return _profile(await self._accounts.profile(user))


def _profile(account: Account) -> PublicProfile:
    return PublicProfile(account.id, account.nick, False, account.kind, account.bio, account.avatar)
