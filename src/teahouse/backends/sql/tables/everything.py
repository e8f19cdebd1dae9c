"""Every table, by importing the modules that name them. Imported by migrations and tests."""

from teahouse.backends.sql.tables import directory, jobs, log, marks, vault
from teahouse.backends.sql.tables.columns import METADATA

__all__ = ("METADATA", "directory", "jobs", "log", "marks", "vault")
