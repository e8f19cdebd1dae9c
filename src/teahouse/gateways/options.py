"""The settings of all gateways, declared once. Light to import: the command line reads it before anything else."""

from ipaddress import ip_network
from typing import Annotated

from msgspec import Meta, Struct

from teahouse.wire.mqtt.topics import is_filter

Host = Annotated[str, Meta(min_length=1, description="Address to listen on.")]
Port = Annotated[int, Meta(ge=0, le=65535, description="Port; 0 picks a free one.")]
Backlog = Annotated[int, Meta(ge=1, description="Connections the kernel keeps waiting to be accepted.")]
Certificate = Annotated[str, Meta(description="PEM file with the TLS certificate chain; empty: no TLS.")]
Key = Annotated[
    str, Meta(description="PEM file with the private key; empty: it is in the file of the certificate.")
]


def check_networks(setting: str, networks: tuple[str, ...]) -> None:
    """ValueError for what is neither an address nor a network."""
    for network in networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise ValueError(f"{setting}: {error}") from None


class LinkOptions(Struct, frozen=True, kw_only=True):
    """Connections that speak the JSON protocol, by TCP or WebSocket."""

    frame_bytes: Annotated[
        int, Meta(ge=1024, le=2**20, description="Largest frame of a client: a line, or a WebSocket message.")
    ] = 65_536
    bad_frames: Annotated[
        int, Meta(ge=1, description="So many frames in a row that are not JSON end the connection.")
    ] = 3
    unsent_bytes: Annotated[
        int,
        Meta(ge=4096, description="Unsent bytes above which a client counts as slow and is not written to."),
    ] = 131_072


class AdmissionOptions(Struct, frozen=True, kw_only=True):
    """How many may connect."""

    connections: Annotated[
        int, Meta(ge=0, description="Connections at once; 0: as many as the process may open files.")
    ] = 50_000
    connections_per_address: Annotated[
        int, Meta(ge=0, description="Connections at once from one address other than loopback; 0: no limit.")
    ] = 500


class TcpOptions(Struct, frozen=True, kw_only=True):
    """The listener for lines of JSON over TCP."""

    enabled: Annotated[bool, Meta(description="Listen for lines of JSON over TCP.")] = True
    host: Host = "127.0.0.1"
    port: Port = 9000
    backlog: Backlog = 4096
    hello_s: Annotated[
        int, Meta(ge=1, description="Seconds to say hello in; a person may have to type it.")
    ] = 60
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(
            description="Addresses or networks of proxies before the listener, as 10.0.0.0/8. They must begin each "
            "connection with the PROXY protocol (nginx: proxy_protocol on), which says whose it is; from nobody else "
            "it is believed. Then the proxy ends TLS, and no certificate may be set here."
        ),
    ] = ()
    certificate: Certificate = ""
    key: Key = ""

    def __post_init__(self) -> None:
        check_networks("tcp.trusted_proxies", self.trusted_proxies)
        if self.trusted_proxies and self.certificate:
            raise ValueError("with tcp.trusted_proxies the proxy ends TLS: leave tcp.certificate empty")


class MqttOptions(Struct, frozen=True, kw_only=True):
    """MQTT 3.1.1 and 5.0: the listener, and what holds for MQTT over WebSocket at /mqtt, too."""

    enabled: Annotated[bool, Meta(description="Speak MQTT, over TCP and at /mqtt of the HTTP listener.")] = (
        True
    )
    host: Host = "127.0.0.1"
    port: Port = 1883
    backlog: Backlog = 4096
    connect_s: Annotated[int, Meta(ge=1, description="Seconds a connection has to send CONNECT.")] = 10
    packet_bytes: Annotated[
        int, Meta(ge=1024, le=2**20, description="Largest packet of a client, its header included.")
    ] = 65_536
    session_s: Annotated[
        int,
        Meta(
            ge=0,
            description="How long a session is kept at most for a client that is away; 0: none is. Clients of 3.1.1 "
            "cannot say how long they want it, and get this.",
        ),
    ] = 604_800
    subscriptions: Annotated[int, Meta(ge=1, description="Filters one client may be subscribed to.")] = 500
    in_flight: Annotated[
        int,
        Meta(
            ge=1,
            le=65_535,
            description="Messages at QoS 1 and 2 that one client may have unconfirmed, if it asks for no fewer.",
        ),
    ] = 100
    receive_maximum: Annotated[
        int,
        Meta(
            ge=1,
            le=65_535,
            description="Messages at QoS 1 and 2 that a client may send before we confirm them.",
        ),
    ] = 100
    topic_aliases: Annotated[int, Meta(ge=0, le=65_535, description="Topic aliases a client may use.")] = 16
    retained: Annotated[
        int,
        Meta(
            ge=0,
            description="Conversations of one subscription whose last message is told at once, as retained; 0: none.",
        ),
    ] = 20
    topics: Annotated[
        tuple[str, ...],
        Meta(
            description="Filters of topics that applications may use as they like, as sensors/#. None: only the "
            "topics of the house are there."
        ),
    ] = ()
    topics_in: Annotated[
        str,
        Meta(
            description="Id of the conversation in which the messages of mqtt.topics are kept, best a room of their "
            "own. Its members may publish and subscribe."
        ),
    ] = ""
    certificate: Certificate = ""
    key: Key = ""

    def __post_init__(self) -> None:
        for filter_ in self.topics:
            if not is_filter(filter_) or filter_.startswith("$"):
                raise ValueError(
                    f"mqtt.topics: {filter_!r} is no filter of topics, or one that begins with $"
                )
        if self.topics and not self.topics_in:
            raise ValueError("with mqtt.topics, mqtt.topics_in must say in which conversation they are kept")


class GrpcOptions(Struct, frozen=True, kw_only=True):
    """The listener for gRPC."""

    enabled: Annotated[bool, Meta(description="Listen for gRPC.")] = True
    host: Host = "127.0.0.1"
    port: Port = 50051
    hello_s: Annotated[int, Meta(ge=1, description="Seconds a stream has to say hello.")] = 10
    streams: Annotated[
        int, Meta(ge=1, description="Calls and streams at once on one connection of a client.")
    ] = 100
    ping_s: Annotated[
        int, Meta(ge=10, description="Seconds after which a silent connection is asked whether it is there.")
    ] = 60
    certificate: Certificate = ""
    key: Key = ""


class HttpOptions(Struct, frozen=True, kw_only=True):
    """The listener for HTTP and WebSocket."""

    enabled: Annotated[bool, Meta(description="Listen for HTTP and WebSocket.")] = True
    host: Host = "127.0.0.1"
    port: Port = 8080
    backlog: Backlog = 4096
    hello_s: Annotated[int, Meta(ge=1, description="Seconds a WebSocket has to say hello.")] = 10
    header_s: Annotated[int, Meta(ge=1, description="Seconds the head of a request may take to arrive.")] = 10
    header_bytes: Annotated[int, Meta(ge=1024, description="Largest head of a request.")] = 32_768
    body_s: Annotated[int, Meta(ge=1, description="Seconds the body of a request may take to arrive.")] = 60
    body_bytes: Annotated[int, Meta(ge=1024, description="Largest body of a request.")] = 1_048_576
    origins: Annotated[
        tuple[str, ...],
        Meta(
            description="Origins of web pages that may open a WebSocket, as https://chat.example.org; none: any. "
            "Nobody is known by a cookie there, so a foreign page that connects is just another guest."
        ),
    ] = ()
    cors: Annotated[
        tuple[str, ...],
        Meta(
            description="Origins of web pages that may call the REST interface with a token (CORS), as "
            "https://app.example.org; none: only the server's own pages."
        ),
    ] = ()
    public_url: Annotated[
        str,
        Meta(
            pattern=r"^(https?://[^/?#\s]+)?$",
            description="Where people reach the server, as https://chat.example.org; empty: where each request says. "
            "Needed behind a proxy that ends TLS: cookies and logins by OpenID Connect depend on it.",
        ),
    ] = ""
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(
            description="Addresses or networks of proxies before the server, as 10.0.0.0/8: from them, and from "
            "nobody else, X-Forwarded-For and X-Forwarded-Proto are believed."
        ),
    ] = ()
    client_dir: Annotated[
        str,
        Meta(
            description="Folder with the built web client; auto: the one that came with the server; empty: none. "
            "A folder that is named here is read again when its index.html changes."
        ),
    ] = "auto"
    certificate: Certificate = ""
    key: Key = ""

    def __post_init__(self) -> None:
        check_networks("http.trusted_proxies", self.trusted_proxies)
