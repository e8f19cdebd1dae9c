"""What can go wrong with a database, told apart: try again, not now, cannot be used at all, and defects.

The numbers are those of the server: MySQL's error codes, and PostgreSQL's SQLSTATE (its manual, appendix A).
"""

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    SQLAlchemyError,
    TimeoutError,
)

from teahouse.model.errors import StoreUnavailable

_AGAIN_MYSQL = frozenset({1205, 1213, 1020, 3572})
_AGAIN_POSTGRES = frozenset({"40001", "40P01", "55P03"})
_NOT_NOW_MYSQL = frozenset({1021, 1040, 1053, 1114, 1152, 1158, 1159, 1160, 1161, 1290, 1836, 1792})


class CannotOpen(Exception):
    """The database cannot be used by this program: the reason, for a person to act on."""


def is_collision(error: BaseException) -> bool:
    """Two transactions were in each other's way: this one was undone, and may be done again."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    return _number(error) in _AGAIN_MYSQL or _state(error) in _AGAIN_POSTGRES


def translated(error: Exception) -> Exception:
    """StoreUnavailable for what the network, the disk or an operator caused; everything else is as it was. An error of
    the driver itself comes from the pool, when it gives up a connection that was lost."""
    if isinstance(error, TimeoutError | OSError) or not isinstance(error, SQLAlchemyError):
        return StoreUnavailable(f"the database does not answer: {_line(error)}")
    if not isinstance(error, DBAPIError):
        return error
    if error.connection_invalidated or isinstance(error, InterfaceError) or is_collision(error):
        return StoreUnavailable(f"the database cannot be used now: {_line(error)}")
    if isinstance(error, IntegrityError | DataError):
        return error
    number, state = _number(error), _state(error)
    if (
        number in _NOT_NOW_MYSQL
        or number >= 2000
        or state[:2] in ("08", "53", "57", "58")
        or state == "25006"
    ):
        return StoreUnavailable(f"the database cannot be used now: {_line(error)}")
    if isinstance(error, ProgrammingError):
        return error
    return StoreUnavailable(f"the database cannot be used now: {_line(error)}")


def _number(error: DBAPIError) -> int:
    arguments = getattr(error.orig, "args", ())
    return arguments[0] if arguments and isinstance(arguments[0], int) else 0


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", "") or "")


def _line(error: BaseException) -> str:
    """What is wrong, in one line, without the statement and what was bound to it."""
    said = getattr(error, "orig", None) or error
    return " ".join(str(said).split())[:200] or type(said).__name__
