"""The settings: one typed tree, put together from what each room declares for itself.

Rule: a setting is declared once, in the options struct of the room that uses it, with default, range and
description; here only stands which section it is in. Called by cli.py; compose.py hands each room its part.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from teahouse.app.sources import CONFIG, Loaded, load
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.files.options import BlobOptions
from teahouse.backends.mongodb.options import MongoOptions
from teahouse.backends.outside.options import OutsideOptions
from teahouse.backends.push.options import PushOptions
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.desk.options import DeskOptions
from teahouse.engine.filing import FilingOptions
from teahouse.engine.options import (
    EngineOptions,
    ModerationOptions,
    OutgoingOptions,
    PreviewOptions,
    ReviewOptions,
)
from teahouse.gateways.options import (
    AdmissionOptions,
    GrpcOptions,
    HttpOptions,
    LinkOptions,
    MqttOptions,
    TcpOptions,
)
from teahouse.gateways.xmpp.options import XmppOptions
from teahouse.identity.oidc.options import OidcOptions
from teahouse.identity.options import IdentityOptions
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.logs import LogOptions
from teahouse.ops.metrics.options import MetricsOptions

FILE = "teahouse.toml"

Text = Annotated[str, Meta(min_length=1)]


class NodeOptions(Struct, frozen=True, kw_only=True):
    """What this server is called among others, and how many processes it is."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,39})?$",
            description="What this node is called, in logs, in the header X-Teahouse-Node and in the cookie that a "
            "proxy may go by; each node has a name of its own. Empty: that of the machine, which is told to nobody.",
        ),
    ] = ""
    workers: Annotated[
        int,
        Meta(
            ge=1,
            le=64,
            description="Server processes on this machine, each a node (name-1, name-2 ...), which share the ports. "
            "More than one need a shared store and a broker.",
        ),
    ] = 1
    reuse_port: Annotated[
        bool,
        Meta(
            description="Let other processes of the server listen on the same ports (SO_REUSEPORT); the kernel deals "
            "out connections. Set by itself for node.workers."
        ),
    ] = False


class StoreOptions(Struct, frozen=True, kw_only=True):
    """Where messages are kept."""

    kind: Annotated[
        Literal["sqlite", "memory", "sql"],
        Meta(
            description="sqlite: a file in the data directory; memory: gone when the server stops; sql: MariaDB, MySQL "
            "or PostgreSQL (`sql.url`), for one node or many. Needs `pip install teahouse[scale]`."
        ),
    ] = "sqlite"

    @property
    def shared(self) -> bool:
        """Whether other nodes stand on the same store."""
        return self.kind not in ("sqlite", "memory")


class BrokerOptions(Struct, frozen=True, kw_only=True):
    """How nodes tell one another what happens."""

    kind: Annotated[
        Literal["memory", "redis"],
        Meta(
            description="memory: there is one node; redis: Redis (`redis.url`), for nodes on a shared store. Needs "
            "`pip install teahouse[scale]`."
        ),
    ] = "memory"


class ProcessOptions(Struct, frozen=True, kw_only=True):
    """How the process runs."""

    drain_s: Annotated[
        float,
        Meta(gt=0, le=6, description="Seconds that accepted sends have to be stored when the server stops."),
    ] = 5.0
    switch_interval_ms: Annotated[
        float,
        Meta(
            gt=0,
            le=100,
            description="How long one thread may keep the interpreter from the others. Short: the store's thread "
            "waits less for a busy event loop; long: fewer switches.",
        ),
    ] = 1.0
    gc_threshold: Annotated[
        int, Meta(ge=100, description="New container objects after which Python looks for garbage cycles.")
    ] = 50_000


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that can be set."""

    data: Annotated[
        Text,
        Meta(description="The directory everything is kept in. Made, for its owner only, if it is missing."),
    ] = "teahouse-data"
    limits: Annotated[
        Literal["on", "off"],
        Meta(description="off: no rate limits and no admission, for load tests on a loopback address."),
    ] = "on"
    node: NodeOptions = NodeOptions()
    http: HttpOptions = HttpOptions()
    tcp: TcpOptions = TcpOptions()
    mqtt: MqttOptions = MqttOptions()
    xmpp: XmppOptions = XmppOptions()
    grpc: GrpcOptions = GrpcOptions()
    link: LinkOptions = LinkOptions()
    admission: AdmissionOptions = AdmissionOptions()
    engine: EngineOptions = EngineOptions()
    identity: IdentityOptions = IdentityOptions()
    moderation: ModerationOptions = ModerationOptions()
    oidc: OidcOptions = OidcOptions()
    store: StoreOptions = StoreOptions()
    broker: BrokerOptions = BrokerOptions()
    sqlite: SqliteOptions = SqliteOptions()
    sql: SqlOptions = SqlOptions()
    redis: RedisOptions = RedisOptions()
    cache: CacheOptions = CacheOptions()
    mongodb: MongoOptions = MongoOptions()
    files: FilingOptions = FilingOptions()
    blobs: BlobOptions = BlobOptions()
    previews: PreviewOptions = PreviewOptions()
    outside: OutsideOptions = OutsideOptions()
    outgoing: OutgoingOptions = OutgoingOptions()
    review: ReviewOptions = ReviewOptions()
    push: PushOptions = PushOptions()
    jobs: JobOptions = JobOptions()
    desk: DeskOptions = DeskOptions()
    metrics: MetricsOptions = MetricsOptions()
    alerts: AlertOptions = AlertOptions()
    log: LogOptions = LogOptions()
    process: ProcessOptions = ProcessOptions()

    def __post_init__(self) -> None:
        if not self.jobs.worker and self.jobs.kind == "store" and self.store.kind == "memory":
            raise ValueError(
                "jobs.worker = false leaves calls to another process, which finds the server by its data directory, "
                "and with store.kind = memory there is none: set jobs.kind = rabbitmq, or leave jobs.worker as it is"
            )
        self._check_nodes()
        doors = (self.http, self.tcp, self.mqtt, self.xmpp, self.grpc)
        hosts = [door.host for door in doors if door.enabled]
        if not hosts:
            raise ValueError("no listener is enabled: set http.enabled or that of another door to true")
        public = [host for host in dict.fromkeys(hosts) if not is_loopback(host)]
        if self.limits == "off" and public:
            raise ValueError(
                f"limits = off is for load tests on a loopback address, and this server would listen on "
                f"{' and '.join(public)}; leave the limits on, or bind to 127.0.0.1"
            )

    def _check_nodes(self) -> None:
        """What several nodes need. ValueError for what cannot work, or would look as if it did."""
        if self.store.kind == "sql" and not self.sql.url:
            raise ValueError("store.kind = sql needs an sql.url, or --store mysql://... or postgresql://...")
        if self.broker.kind == "redis" and not self.redis.url:
            raise ValueError("broker.kind = redis needs a redis.url, or --broker redis://...")
        if self.broker.kind == "redis" and not self.store.shared:
            raise ValueError(
                f"broker.kind = redis is for nodes on a shared store, which store.kind = {self.store.kind} is not; "
                "set --store mysql://... or postgresql://..., or leave the broker as it is"
            )
        if self.node.workers > 1 and self.broker.kind == "memory" and self.store.shared:
            raise ValueError(
                f"node.workers = {self.node.workers} needs a broker between the workers: set --broker redis://..."
            )
        if self.node.workers > 1 and not self.store.shared:
            raise ValueError(
                f"node.workers = {self.node.workers} needs a store that several processes can use, which store.kind = "
                f"{self.store.kind} is not; set --store mysql://... or postgresql://..., or leave it at one worker"
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine can connect to `host`. A name other than localhost may lead anywhere."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def load_settings(
    config: Path | None, flags: Mapping[str, tuple[str, object]], environ: Mapping[str, str] = os.environ
) -> Loaded[Settings]:
    """The settings from all sources; WrongSettings with every complaint. `flags`: see sources.load."""
    return load(Settings, config or find_file(flags, environ), environ, flags)


def find_file(flags: Mapping[str, tuple[str, object]], environ: Mapping[str, str]) -> Path | None:
    """The file TEAHOUSE_CONFIG names, else teahouse.toml here, else in the data directory, else none."""
    if CONFIG in environ:
        return Path(environ[CONFIG])
    _, data = flags.get("data", ("", environ.get("TEAHOUSE_DATA", Settings().data)))
    found = (path for path in (Path(FILE), Path(str(data)) / FILE) if path.is_file())
    return next(found, None)
