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


class _Name(TypeDecorator[str]):
    """Text that is short enough to be a key."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(self._length, collation=collation(dialect)))


class _Text(TypeDecorator[str]):
    """Text of any length. PostgreSQL cannot keep U+0000, the only character it has no place for: it becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if is_mysql(dialect):
            return dialect.type_descriptor(mysql.LONGTEXT(collation=collation(dialect)))
        return dialect.type_descriptor(Text(collation=collation(dialect)))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value.replace("\0", "\ufffd") if value is not None and "\0" in value else value


NAME = _Name(255)
"""Ids, nicks, and what else is part of a key. Three of them together are the longest key MariaDB takes."""

TEXT = _Text()
BLOB = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")
DIGEST = LargeBinary(64).with_variant(mysql.VARBINARY(64), "mysql", "mariadb")
BIG = BigInteger()
SMALL = SmallInteger()
FLAG = Boolean(create_constraint=False)
