"""What can go wrong with the file, told apart: cannot be opened at all, cannot be used now, and defects."""

import apsw

from teahouse.model.errors import StoreUnavailable

_OUT_OF_ORDER = (
    apsw.BusyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FullError,
    apsw.IOError,
    apsw.NoMemError,
    apsw.NotADBError,
    apsw.PermissionsError,
    apsw.ProtocolError,
    apsw.ReadOnlyError,
)


class CannotOpen(Exception):
    """The data directory cannot be used by this program: the reason, for a person to act on."""


def translated(error: Exception) -> Exception:
    """StoreUnavailable for what the disk or another program caused; everything else is as it was."""
    if isinstance(error, _OUT_OF_ORDER):
        return StoreUnavailable(f"the database cannot be used now: {type(error).__name__}: {error}")
    return error
