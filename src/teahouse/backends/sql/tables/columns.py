"""What columns are made of.

Rule: text is compared by code point, with case and trailing spaces, in every database, so that keys mean what they mean
to Python, and are in the order of Python's `sorted`.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, LargeBinary, MetaData, SmallInteger, String, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_name)s",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "pk": "%(table_name)s_pk",
    }
)


def is_mysql(dialect: Dialect) -> bool:
    """MySQL or MariaDB."""
    return dialect.name in ("mysql", "mariadb")


def collation(dialect: Dialect) -> str:
    """The one that compares code points and does not pad."""
    if not is_mysql(dialect):
        return "C"
    return "utf8mb4_nopad_bin" if getattr(dialect, "is_mariadb", False) else "utf8mb4_0900_bin"


class _Code(TypeDecorator[str]):
    """Text by code point. PostgreSQL has no place for U+0000, so there it is written as U+0001 and a 1, and U+0001 as
    U+0001 and a 2: nothing is lost, and the order stays."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or is_mysql(dialect) or not ("\0" in value or "\1" in value):
            return value
        return value.replace("\1", "\1" + "2").replace("\0", "\1" + "1")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or "\1" not in value or is_mysql(dialect):
            return value
        return value.replace("\1" + "1", "\0").replace("\1" + "2", "\1")


class _Name(_Code):
    """Short enough to be a key."""

    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(self._length, collation=collation(dialect)))


class _Text(_Code):
    """Of any length."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if is_mysql(dialect):
            return dialect.type_descriptor(mysql.LONGTEXT(collation=collation(dialect)))
        return dialect.type_descriptor(Text(collation=collation(dialect)))


NAME = _Name(255)
"""Ids, nicks, and what else is part of a key. Three of them together are the longest key MariaDB takes."""

TEXT = _Text()
BLOB = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")
DIGEST = LargeBinary(64).with_variant(mysql.VARBINARY(64), "mysql", "mariadb")
BIG = BigInteger()
SMALL = SmallInteger()
FLAG = Boolean(create_constraint=False)
