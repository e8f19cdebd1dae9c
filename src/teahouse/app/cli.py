"""The command line: `teahouse serve`, `worker`, `config`, `chat`, `user`, `keys`, `dead`, `migrate`, `mongo`,
`webhook`, `alerts`, `desk`, `bench` and `version`.

Rule: nothing heavy is imported before a command needs it. A person's mistake is one sentence on standard error
and exit code 2; what the machine refuses (a port in use, a locked directory) is one sentence and exit code 1.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from teahouse.app import cli_alerts, cli_dead, cli_desk, cli_migrate, cli_mongo, cli_users, cli_webhooks
from teahouse.app.cli_settings import FAILED, WRONG_USE, engine_flags, fail, flags, read_settings

if TYPE_CHECKING:
    from teahouse.app.settings import Settings

app = typer.Typer(
    name="teahouse",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(cli_users.users, name="user")
app.add_typer(cli_users.keys, name="keys")
app.add_typer(cli_webhooks.webhooks, name="webhook")
app.add_typer(cli_dead.dead, name="dead")
app.command("migrate")(cli_migrate.migrate)
app.add_typer(cli_mongo.mongo, name="mongo")
app.add_typer(cli_alerts.alerts, name="alerts")
app.add_typer(cli_desk.desk, name="desk")

Data = Annotated[Path | None, typer.Option(help="Directory everything is kept in.", metavar="DIR")]
Config = Annotated[Path | None, typer.Option(help="Settings file; see `teahouse config`.", metavar="FILE")]


def port(help_text: str) -> Any:
    """A flag for a port; that it is one is checked with all other settings, in one place."""
    return typer.Option(help=help_text, metavar="N")


@app.callback()
def teahouse() -> None:
    """Teahouse, a self-hosted chat server.

    \b
    Start a server, and talk to it from another terminal:
        teahouse serve
        teahouse chat --nick alice
    With nothing installed but netcat:
        nc 127.0.0.1 9000
        {"op":"hello","id":1,"nick":"bob"}
        {"op":"send","id":2,"to":"lobby","text":"hi"}
    """


@app.command()
def serve(
    data: Data = None,
    config: Config = None,
    host: Annotated[str | None, typer.Option(help="Address all listeners bind to.", metavar="H")] = None,
    http_port: Annotated[str | None, port("HTTP and WebSocket; 0 picks a free one.")] = None,
    tcp_port: Annotated[str | None, port("TCP lines of JSON; 0 picks a free one.")] = None,
    mqtt_port: Annotated[str | None, port("MQTT; 0 picks a free one.")] = None,
    xmpp_port: Annotated[str | None, port("XMPP; 0 picks a free one.")] = None,
    grpc_port: Annotated[str | None, port("gRPC; 0 picks a free one.")] = None,
    limits: Annotated[
        str | None,
        typer.Option(help="off: no rate limits and no admission, on loopback only.", metavar="on|off"),
    ] = None,
    store: Annotated[
        str | None, typer.Option(help="sqlite, memory, mysql://... or postgresql://...", metavar="URL")
    ] = None,
    broker: Annotated[str | None, typer.Option(help="Between nodes: redis://...", metavar="URL")] = None,
    node: Annotated[
        str | None, typer.Option(help="What this node is called among others.", metavar="NAME")
    ] = None,
    workers: Annotated[
        str | None, typer.Option(help="Server processes on this machine.", metavar="N")
    ] = None,
) -> None:
    """Run the server until SIGTERM or Ctrl-C.

    When every listener accepts, one line of JSON on standard output says where; all else goes to standard
    error. The first signal drains: what was accepted is stored, clients are told to come back, exit 0 within
    ten seconds. The second one ends the process at once.

    \b
    Examples:
        teahouse serve                                    this machine only, data in ./teahouse-data
        teahouse serve --data /var/lib/teahouse --host 0.0.0.0
        teahouse serve --http-port 0 --tcp-port 0 --grpc-port 0    free ports, for tests
        teahouse serve --node a --store postgresql://... --broker redis://...    one of several nodes
        TEAHOUSE_LOG_LEVEL=debug teahouse serve           every setting has a variable
    """
    places = {"data": data, "host": host, "http_port": http_port, "tcp_port": tcp_port}
    places |= {"mqtt_port": mqtt_port, "xmpp_port": xmpp_port, "grpc_port": grpc_port}
    given = flags(**places, limits=limits, node=node, workers=workers) | engine_flags(store, broker)
    settings = read_settings(config, given).settings
    raise typer.Exit(start(settings))


@app.command()
def worker(data: Data = None, config: Config = None) -> None:
    """Make the calls that leave a server, until SIGTERM or Ctrl-C.

    Calls to push services, outgoing webhooks, receivers of alerts and pages of links. The server and its workers
    have the same settings, with jobs.worker = false. A worker finds the server by its data directory, or with
    jobs.kind = rabbitmq by RabbitMQ, also on another machine. It opens no store; there may be many.

    \b
    Examples:
        teahouse worker --data /var/lib/teahouse          beside the server
        TEAHOUSE_PUSH_VAPID_KEY=... teahouse worker --config teahouse.toml
    """
    from teahouse.app.worker import StartError, run

    settings = read_settings(config, flags(data=data)).settings
    try:
        raise typer.Exit(run(settings, sys.stdout))
    except StartError as error:
        fail(str(error), FAILED)


@app.command("config")
def show_config(
    data: Data = None,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Print the effective settings, as a file.

    What is printed is a teahouse.toml that explains itself.

    Each setting stands there with what it is for, what is allowed, its default, its environment variable and
    where its value comes from.

    \b
    Examples:
        teahouse config > teahouse.toml                   a file to start from
        TEAHOUSE_HTTP_PORT=80 teahouse config --json
    """
    from teahouse.app import printed

    loaded = read_settings(config, flags(data=data))
    print(printed.as_json(loaded) if as_json else printed.as_toml(loaded))


@app.command()
def chat(
    server: Annotated[
        str, typer.Option("--url", "--server", help="tcp://, tls://, ws:// or wss:// URL.", metavar="URL")
    ] = "tcp://127.0.0.1:9000",
    nick: Annotated[
        str | None, typer.Option(help="Your name as a guest; the last one used, or your login.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="Your account; the password is asked for.")] = None,
    http: Annotated[
        str | None, typer.Option(help="http:// or https:// URL, where --url does not tell.", metavar="URL")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="en or zh; your terminal's.", metavar="LANGUAGE")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, without a full screen.")] = False,
) -> None:
    """Chat from the terminal. F1 or /help there tells what you can do.

    On a terminal it takes the full screen: conversations, history, search. With --plain, or in a pipe, it reads
    and prints lines. A guest is known by a secret in ~/.config/teahouse; with an account the login is kept there,
    so that the password is asked for once.

    \b
    Examples:
        teahouse chat --nick alice                        a guest of the server on this machine
        teahouse chat --user alice --url wss://chat.example.org/ws
        teahouse chat --lang zh
        echo "the build is done" | teahouse chat --nick builder
    """
    from teahouse.app.chat import run
    from teahouse.app.entering import Visitor

    if nick is not None and user is not None:
        fail("--nick is for guests, --user for accounts: give one of them", WRONG_USE)
    raise typer.Exit(run(Visitor(server, nick, user, http), plain, lang))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def bench(context: typer.Context) -> None:
    """Generate load and measure. See `teahouse bench --help`."""
    from teahouse.ops.load import main as generate_load

    raise typer.Exit(generate_load(context.args))


@app.command()
def version() -> None:
    """Print the version."""
    from teahouse import __version__

    print(__version__)


def start(settings: "Settings") -> int:
    """Run the server, or several; the exit code."""
    from teahouse.app import pool, serve
    from teahouse.gateways.listening import CannotListen

    try:
        if settings.node.workers > 1:
            return pool.run(settings, sys.stdout, settings.node.workers)
        return serve.run(settings, sys.stdout)
    except (serve.StartError, CannotListen) as error:
        fail(str(error), FAILED)


def main() -> None:
    """The `teahouse` command; ends the process with its exit code."""
    app(prog_name="teahouse")
