"""The command line for MongoDB: `teahouse mongo`. Part of cli.py, whose rules hold here, too."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from teahouse.app.cli_settings import FAILED, WRONG_USE, fail, flags, read_settings

if TYPE_CHECKING:
    from teahouse.app.settings import Settings

mongo = typer.Typer(no_args_is_help=True, help="MongoDB, where the message history may be kept.")

Data = Annotated[Path | None, typer.Option(help="Directory of the server.", metavar="DIR")]
Config = Annotated[Path | None, typer.Option(help="Settings file; see `teahouse config`.", metavar="FILE")]


@mongo.command()
def init(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the commands, and change nothing.")
    ] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Make collections, validators and indexes, and shard the history where MongoDB is a cluster.

    May be run again: what is there stays. A server does the same when it starts, but for the sharding.

    \b
    Examples:
        teahouse mongo init --dry-run
        TEAHOUSE_MONGODB_URL=mongodb://a,b,c/?replicaSet=tea teahouse mongo init
    """
    import asyncio

    from teahouse.model.errors import StoreUnavailable

    settings = read_settings(config, flags(data=data)).settings
    if not settings.mongodb.url:
        fail("set mongodb.url first: it says where MongoDB is", WRONG_USE)
    try:
        asyncio.run(_init(settings, dry_run))
    except StoreUnavailable as error:
        fail(str(error), FAILED)


async def _init(settings: "Settings", dry_run: bool) -> None:
    from teahouse.app.history import check_installed

    check_installed()
    from teahouse.backends.mongodb import collections
    from teahouse.backends.mongodb.connection import Connection

    options = settings.mongodb
    connection = Connection(options)
    try:
        sharded = options.database if await collections.is_cluster(connection) else ""
        there = await collections.existing(connection)
        commands = collections.commands(there, options.retention_days > 0, sharded)
        for command in commands:
            place = "admin" if "shardCollection" in command else options.database
            print(f"{place}: {json.dumps(command)}")
        if not dry_run:
            await collections.run(connection, commands)
            print(f"done: {len(commands)} commands{'' if sharded else '; no cluster, so nothing is sharded'}")
    finally:
        await connection.close()
