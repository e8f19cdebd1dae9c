"""What every backend does with accounts and logins, whatever they are stored in: rules of A1 to A3 and G2 to G4 as
pure functions.

Called by the accounts of each backend.
"""

from hmac import compare_digest

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from teahouse.model.accounts import Account, AccountChange, Login, Outcome, Refresh, Rotation, Seen
from teahouse.model.errors import Code, Problem


def taken() -> Problem:
    """One sentence, whichever of the two it is and whosever."""
    return Problem(Code.CONFLICT, "this user or nick is taken; choose another")


def no_voucher() -> Problem:
    return Problem(Code.FORBIDDEN, "this link or invitation does not hold, or no longer; ask for another")


def changed(account: Account, change: AccountChange) -> Account:
    """The account as the change makes it (A3); the password stands elsewhere."""
    given = {name: value for name, value in asdict(change).items() if value is not UNSET}
    for elsewhere in ("password", "password_was"):
        given.pop(elsewhere, None)
    return replace(account, **given)


class StoredLogin(Struct, frozen=True, gc=False):
    """A login and what is stored of its refresh tokens. `previous` is the secret that `refresh.secret` replaced at
    `rotated`."""

    login: Login
    refresh: Refresh
    previous: bytes = b""
    rotated: int = 0


def rotated(
    stored: StoredLogin, used: Refresh, secret: bytes, seen: Seen
) -> tuple[StoredLogin | None, Rotation]:
    """What the use of a secret makes of a login (G2 to G4): None where it is ended."""
    if compare_digest(stored.refresh.secret, used.secret):
        login = replace(stored.login, seen=seen.now, expires=seen.expires, address=seen.address)
        refresh = Refresh(used.family, secret, used.nonce)
        after = StoredLogin(login, refresh, stored.refresh.secret, seen.now)
        return after, Rotation(Outcome.ROTATED, login, used.nonce)
    recent = seen.grace_ms > 0 and seen.now <= stored.rotated + seen.grace_ms
    if recent and stored.previous and compare_digest(stored.previous, used.secret):
        return stored, Rotation(Outcome.REPEATED, stored.login, stored.refresh.nonce)
    return None, Rotation(Outcome.REUSED, stored.login)
