"""PushDevices and NotificationBook (ports/push.py) in SQLite. That devices go with their login is a trigger's work
(steps/push.py)."""

from collections.abc import Mapping, Sequence
from typing import Any

import apsw
import msgspec
from msgspec.structs import replace

from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.push import Notifications, PushDevice, PushKind, Quiet

_COLUMNS = "id, user, kind, address, login, p256dh, secret, topic, sandbox, name, created"
# Looks at the login itself, for that may end in the same transaction.
_PUT = f"""
INSERT INTO push_device ({_COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
WHERE EXISTS (SELECT 1 FROM login WHERE id = ?5)
"""  # noqa: S608 - made of constants
_AT = f"SELECT {_COLUMNS} FROM push_device WHERE kind = ? AND address = ?"  # noqa: S608
_PLACES = "SELECT kind, address FROM push_device WHERE user = ?"
_LOGIN = "SELECT 1 FROM login WHERE id = ?"
_FORGET = "DELETE FROM push_device WHERE kind = ? AND address = ?"
_OF = f"""
SELECT {_COLUMNS} FROM push_device WHERE user IN (SELECT value FROM json_each(?)) ORDER BY user, id
"""  # noqa: S608 - made of constants
_MINE = "SELECT 1 FROM push_device WHERE id = ? AND user = ?"
_DROP = "DELETE FROM push_device WHERE id = ? AND user = ?"
_HOLDERS = (
    "SELECT DISTINCT user FROM push_device INDEXED BY push_device_of WHERE user > ? ORDER BY user LIMIT ?"
)
_WISH = (
    "INSERT INTO notification (user, preview, quiet) VALUES (?, ?, ?)"
    " ON CONFLICT (user) DO UPDATE SET preview = excluded.preview, quiet = excluded.quiet"
)
_WISHES = "SELECT user, preview, quiet FROM notification WHERE user IN (SELECT value FROM json_each(?))"

Addition = tuple[PushDevice, int]
Place = tuple[str, str]
"""Kind and address, which no two devices share."""


class SqlitePushDevices:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, device: PushDevice, most: int) -> PushDevice | None:
        return await self._writer.submit(plan_additions, (device, most), 2)

    async def of(self, users: Sequence[str]) -> Mapping[str, Sequence[PushDevice]]:
        found: dict[str, list[PushDevice]] = {}
        for row in await self._readers.query(_OF, (as_json(users),)):
            device = _device(row)
            found.setdefault(device.user, []).append(device)
        return found

    async def drop(self, user: str, device: str) -> bool:
        return await self._writer.submit(plan_drops, (user, device))

    async def holders(self, after: str, limit: int) -> list[str]:
        return [user for (user,) in await self._readers.query(_HOLDERS, (after, limit))]


class SqliteNotifications:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def wish(self, user: str, notifications: Notifications) -> None:
        quiet = notifications.quiet
        row = (user, int(notifications.preview), None if quiet is None else as_json(_quiet(quiet)))
        await self._writer.submit(plan_statements, [Statement(_WISH, row)])

    async def wishes(self, users: Sequence[str]) -> Mapping[str, Notifications]:
        rows = await self._readers.query(_WISHES, (as_json(users),))
        return {
            user: Notifications(bool(preview), None if quiet is None else Quiet(*msgspec.json.decode(quiet)))
            for user, preview, quiet in rows
        }


def plan_additions(
    database: apsw.Connection, requests: Sequence[Addition], careful: bool
) -> tuple[list[Statement], list[PushDevice | None]]:
    """A Planner (writer.py) of devices (D2, D3); each finds what those before it left."""
    statements: list[Statement] = []
    results: list[PushDevice | None] = []
    added: dict[Place, PushDevice] = {}
    places: dict[str, set[Place]] = {}
    for device, most in requests:
        place = (device.kind.value, device.address)
        known = added.get(place) or _at(database, place)
        for user in {device.user, known.user if known is not None else device.user} - places.keys():
            places[user] = {(kind, address) for kind, address in database.execute(_PLACES, (user,))}
        there = database.execute(_LOGIN, (device.grant,)).get is not None
        if not there or len(places[device.user] - {place}) >= most:
            results.append(None)
            continue
        if known is not None:
            places[known.user].discard(place)
            if known.user == device.user:
                device = replace(device, id=known.id, created=known.created)
        places[device.user].add(place)
        added[place] = device
        results.append(device)
        statements += [Statement(_FORGET, place), Statement(_PUT, _row(device))]
    return statements, results


def _at(database: apsw.Connection, place: Place) -> PushDevice | None:
    rows = database.execute(_AT, place).fetchall()
    return _device(rows[0]) if rows else None


def plan_drops(
    database: apsw.Connection, requests: Sequence[tuple[str, str]], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of (user, device)."""
    gone: set[tuple[str, str]] = set()
    results = []
    for user, device in requests:
        there = (device, user) not in gone and database.execute(_MINE, (device, user)).get is not None
        results.append(there)
        if there:
            gone.add((device, user))
    return [Statement(_DROP, pair) for pair in sorted(gone)], results


def _row(device: PushDevice) -> tuple[Any, ...]:
    return (
        *(device.id, device.user, device.kind.value, device.address, device.grant, device.p256dh),
        *(device.secret, device.topic, int(device.sandbox), device.name, device.created),
    )


def _device(row: Sequence[Any]) -> PushDevice:
    id_, user, kind, address, grant, p256dh, secret, topic, sandbox, name, created = row
    return PushDevice(
        id=id_,
        user=user,
        kind=PushKind(kind),
        address=address,
        grant=grant,
        p256dh=p256dh,
        secret=secret,
        topic=topic,
        sandbox=bool(sandbox),
        name=name,
        created=created,
    )


def _quiet(quiet: Quiet) -> tuple[str, str, str]:
    return quiet.start, quiet.end, quiet.zone
