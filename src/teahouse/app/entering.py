"""Coming in: as the guest of last time, as a new one, or with an account.

Rule: a password is asked for at the terminal, and neither taken from the command line nor kept. With an account the
login is kept, so that the next start needs no password, if REST can be reached; otherwise the password is said to the
server with hello, and again with each hello. Called by chat.py.
"""

import getpass
import platform
import shlex

from msgspec import Struct

from teahouse.app.guests import Guest, Guests
from teahouse.app.logins import LoginBook
from teahouse.client import Client
from teahouse.client.account import Login, rest_of
from teahouse.model.commands import Hello
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick

DEFAULT_SERVER = "tcp://127.0.0.1:9000"


class Visitor(Struct, frozen=True):
    """Who wants to come in where. `http` is the server's HTTP address, if it cannot be told from `server`."""

    server: str = DEFAULT_SERVER
    nick: str | None = None
    user: str | None = None
    http: str | None = None

    def again(self, nick: str) -> str:
        """The command that brings the same person back, who was called so at the end."""
        words = ["teahouse", "chat"]
        words += ["--user", self.user] if self.user is not None else ["--nick", nick]
        words += ["--url", self.server] if self.server != DEFAULT_SERVER else []
        words += ["--http", self.http] if self.http is not None else []
        return shlex.join(words)


async def enter(visitor: Visitor) -> tuple[Client, Login | None]:
    """A connected client; with a login, if there is one."""
    if visitor.user is not None:
        return await _with_account(visitor, visitor.user)
    guests = Guests()
    client = await _as_guest(visitor.server, visitor.nick, guests.find(visitor.server, visitor.nick))
    remember(client)
    return client, None


def remember(client: Client) -> None:
    """Keep the secret of a guest, under the nick it has now."""
    welcome = client.welcome
    if welcome.resume is not None:
        Guests().keep(client.url, Guest(welcome.user.nick, welcome.resume))


async def _as_guest(server: str, nick: str | None, guest: Guest | None) -> Client:
    """As the guest of last time, or as a new one where the server does not know it any more."""
    if guest is not None:
        client = Client(server, Hello(nick=guest.nick, resume=guest.resume))
        try:
            await client.connect()
            return client
        except Problem as problem:
            if problem.code is not Code.UNAUTHENTICATED:
                raise
    client = Client(server, Hello(nick=nick or (guest.nick if guest else _login_name())))
    await client.connect()
    return client


async def _with_account(visitor: Visitor, user: str) -> tuple[Client, Login | None]:
    login = await _reachable(visitor, user)
    if login is None:
        client = Client(visitor.server, Hello(user=user, password=_password(user)))
        await client.connect()
        return client, None
    try:
        await login.access_token()
    except Problem as problem:
        if problem.code is not Code.UNAUTHENTICATED:
            raise
        await login.begin(user, _password(user), f"teahouse chat on {platform.node()}"[:64])
    client = Client(visitor.server, Hello(), token=login.access_token)
    await client.connect()
    return client, login


async def _reachable(visitor: Visitor, user: str) -> Login | None:
    """The login of the account, kept or to be, if the server can be asked for one."""
    base = visitor.http or rest_of(visitor.server)
    if base is None:
        return None
    login = Login(base, LoginBook(visitor.server, user))
    if await login.reachable():
        return login
    if visitor.http is not None:
        raise ConnectionError(f"{visitor.http} does not answer like a Teahouse")
    return None


def _password(user: str) -> str:
    """Asked for before there is anything else to do, so it may block."""
    return getpass.getpass(f"Password of {user}: ")


def _login_name() -> str:
    """The name one has on this machine, if it can be a nick."""
    try:
        return check_nick(getpass.getuser())
    except (OSError, KeyError, Problem):
        return "guest"
