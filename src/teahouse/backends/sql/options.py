"""What can be set about the SQL database. A section of app/settings.py."""

from typing import Annotated

from msgspec import Meta, Struct


class SqlOptions(Struct, frozen=True, kw_only=True):
    """The database that `store.kind = sql` keeps everything in."""

    url: Annotated[
        str,
        Meta(
            pattern="^$|^(mysql|mariadb|postgresql|postgres)://",
            description="Where the database is: postgresql://user:password@host:5432/teahouse or "
            "mysql://user:password@host:3306/teahouse, for MariaDB and MySQL. "
            "?tls=on insists on TLS, with a certificate for that host.",
            extra={"secret": True},
        ),
    ] = ""
    replica_url: Annotated[
        str,
        Meta(
            pattern="^$|^(mysql|mariadb|postgresql|postgres)://",
            description="A replica of it, for searches and long lists; empty: there is none.",
            extra={"secret": True},
        ),
    ] = ""
    readers: Annotated[int, Meta(ge=1, le=100, description="Connections that read, at most.")] = 8
    writers: Annotated[
        int, Meta(ge=2, le=100, description="Connections that write, at most. One of them appends messages.")
    ] = 4
    batch_rows: Annotated[
        int, Meta(ge=1, le=2000, description="Rows that are committed together, at most.")
    ] = 256
    connect_timeout_s: Annotated[float, Meta(gt=0, le=60, description="Seconds a connection may take.")] = 5.0
    timeout_s: Annotated[
        float, Meta(gt=0, le=60, description="Seconds a query or a transaction may take.")
    ] = 5.0
