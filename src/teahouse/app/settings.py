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
from teahouse.backends.files.options import BlobOptions
from teahouse.backends.outside.options import OutsideOptions
from teahouse.backends.push.options import PushOptions
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.engine.filing import FilingOptions
from teahouse.engine.options import (
    EngineOptions,
    ModerationOptions,
    OutgoingOptions,
    PreviewOptions,
    ReviewOptions,
)
from teahouse.gateways.options import AdmissionOptions, HttpOptions, LinkOptions, TcpOptions
from teahouse.identity.oidc.options import OidcOptions
from teahouse.identity.options import IdentityOptions
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.logs import LogOptions
from teahouse.ops.metrics.options import MetricsOptions

FILE = "teahouse.toml"

Text = Annotated[str, Meta(min_length=1)]


class StoreOptions(Struct, frozen=True, kw_only=True):
    """Where messages are kept."""

    kind: Annotated[
        Literal["sqlite", "memory"],
        Meta(description="sqlite: a file in the data directory; memory: gone when the server stops."),
    ] = "sqlite"


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
    http: HttpOptions = HttpOptions()
    tcp: TcpOptions = TcpOptions()
    link: LinkOptions = LinkOptions()
    admission: AdmissionOptions = AdmissionOptions()
    engine: EngineOptions = EngineOptions()
    identity: IdentityOptions = IdentityOptions()
    moderation: ModerationOptions = ModerationOptions()
    oidc: OidcOptions = OidcOptions()
    store: StoreOptions = StoreOptions()
    sqlite: SqliteOptions = SqliteOptions()
    files: FilingOptions = FilingOptions()
    blobs: BlobOptions = BlobOptions()
    previews: PreviewOptions = PreviewOptions()
    outside: OutsideOptions = OutsideOptions()
    outgoing: OutgoingOptions = OutgoingOptions()
    review: ReviewOptions = ReviewOptions()
    push: PushOptions = PushOptions()
    jobs: JobOptions = JobOptions()
    metrics: MetricsOptions = MetricsOptions()
    alerts: AlertOptions = AlertOptions()
    log: LogOptions = LogOptions()
    process: ProcessOptions = ProcessOptions()

    def __post_init__(self) -> None:
        if not self.jobs.worker and self.jobs.kind == "store":
            raise ValueError(
                "jobs.worker = false leaves work to another process, which jobs.kind = store cannot: "
                "set jobs.kind = rabbitmq, or leave jobs.worker as it is"
            )
        hosts = [door.host for door in (self.http, self.tcp) if door.enabled]
        if not hosts:
            raise ValueError("no listener is enabled: set http.enabled or tcp.enabled to true")
        public = [host for host in dict.fromkeys(hosts) if not is_loopback(host)]
        if self.limits == "off" and public:
            raise ValueError(
                f"limits = off is for load tests on a loopback address, and this server would listen on "
                f"{' and '.join(public)}; leave the limits on, or bind to 127.0.0.1"
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
