"""Every table, by importing the modules that name them. Imported by migrations and tests."""

from teahouse.backends.sql.tables import (
    accounts,
    desk,
    directory,
    files,
    finding,
    jobs,
    latches,
    log,
    marks,
    outside,
    society,
    stays,
    vault,
)
from teahouse.backends.sql.tables.columns import METADATA

__all__ = (
    "METADATA",
    "accounts",
    "desk",
    "directory",
    "files",
    "finding",
    "jobs",
    "latches",
    "log",
    "marks",
    "outside",
    "society",
    "stays",
    "vault",
)
