"""The listener for gRPC: the services, health (grpc.health.v1) and reflection, on grpc.aio.

Rule: bytes in, bytes out: what is told to many is encoded once, by wire/proto.py. Limits that HTTP/2 knows (streams,
sizes, pings) are the library's, the rest is the house's. Made by app/compose.py.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health import aio as health
from grpc_reflection.v1alpha import reflection

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.grpc.calls import STREAM, Unary, address_of, bearer, refuse
from teahouse.gateways.grpc.link import Call, GrpcLink
from teahouse.gateways.listening import CannotListen, server_context
from teahouse.gateways.options import GrpcOptions
from teahouse.model.errors import Code, Problem

PACKAGE = "teahouse.v1"
CHAT = f"{PACKAGE}.Chat"

PONG_S = 20
"""A connection that was asked has so long to answer."""

SPARE = 1024
"""What the frame of a call may have beside the largest command: message framing, an id."""


class GrpcListener:
    """Listens from `start` to `close`; streams go on after that, until the engine ends them."""

    def __init__(
        self,
        context: LinkContext,
        services: Mapping[str, Mapping[str, Unary]],
        options: GrpcOptions,
        shared: bool = False,
    ) -> None:
        """`services`: the handlers of calls with one answer, by service and call.
        `shared`: other processes of ours listen there, too (SO_REUSEPORT)."""
        self._context = context
        self._services = services
        self._options = options
        self._shared = shared
        self._server: grpc.aio.Server | None = None
        self._health = health.HealthServicer()
        self._port = 0

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        host = self._options.host
        scheme = "grpcs" if self._options.certificate else "grpc"
        return f"{scheme}://[{host}]:{self._port}" if ":" in host else f"{scheme}://{host}:{self._port}"

    async def start(self) -> None:
        """Bind and accept. Raises CannotListen."""
        server = self._server = grpc.aio.server(options=self._limits())
        server.add_generic_rpc_handlers(tuple(self._handlers()))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, server)
        reflection.enable_server_reflection(
            (
                *self._services,
                health_pb2.DESCRIPTOR.services_by_name["Health"].full_name,
                reflection.SERVICE_NAME,
            ),
            server,
        )
        self._port = self._bind(server)
        for service in ("", *self._services):
            await self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        await server.start()

    def close(self) -> None:
        """Accept no more calls: who asks is told `unavailable`, and health says NOT_SERVING."""
        self._context.leaving = True

    async def stop(self, grace_s: float) -> None:
        """End what is left."""
        if self._server is not None:
            await self._health.enter_graceful_shutdown()
            await self._server.stop(grace_s)

    def _limits(self) -> list[tuple[str, int]]:
        options, links = self._options, self._context.options
        return [
            ("grpc.so_reuseport", int(self._shared)),
            ("grpc.max_concurrent_streams", options.streams),
            ("grpc.max_receive_message_length", links.frame_bytes + SPARE),
            ("grpc.max_send_message_length", -1),
            ("grpc.keepalive_time_ms", options.ping_s * 1000),
            ("grpc.keepalive_timeout_ms", PONG_S * 1000),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.enable_channelz", 0),  # nobody asks for it, and it remembers something of every connection
            ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
        ]

    def _bind(self, server: grpc.aio.Server) -> int:
        options = self._options
        where = f"[{options.host}]" if ":" in options.host else options.host
        try:
            if options.certificate:
                return server.add_secure_port(f"{where}:{options.port}", self._credentials())
            return server.add_insecure_port(f"{where}:{options.port}")
        except RuntimeError:
            raise CannotListen(
                f"cannot listen on {options.host} port {options.port}; change grpc.port or grpc.host, or set "
                "grpc.enabled to false"
            ) from None

    def _credentials(self) -> grpc.ServerCredentials:
        """Looked at as those of other listeners are: the library says no more than that it cannot listen."""
        certificate, key = self._options.certificate, self._options.key
        server_context(certificate, key)
        chain = Path(certificate).read_bytes()
        return grpc.ssl_server_credentials([(Path(key).read_bytes() if key else chain, chain)])

    def _handlers(self) -> Iterator[grpc.GenericRpcHandler]:
        for service, methods in self._services.items():
            handlers: dict[str, Any] = {
                name: grpc.unary_unary_rpc_method_handler(self._open_to(handler))
                for name, handler in methods.items()
            }
            if service == CHAT:
                handlers[STREAM] = grpc.stream_stream_rpc_method_handler(self._connect)
            yield grpc.method_handlers_generic_handler(service, handlers)

    def _open_to(self, handler: Unary) -> Unary:
        async def handle(data: bytes, call: Call) -> bytes:
            if self._context.leaving:
                await refuse(call, Problem(Code.UNAVAILABLE, "the server goes away"))
            return await handler(data, call)

        return handle

    async def _connect(self, requests: object, call: Call) -> None:
        """`requests` is the library's other way to read."""
        context, peer = self._context, address_of(call.peer())
        admission = context.admission
        stays = admission.enter(peer)
        try:
            refusal = admission.refusal(peer)
            if refusal is not None or not stays or context.leaving:
                reason = "the server goes away" if refusal is None else refusal.reason
                await refuse(call, Problem(Code.UNAVAILABLE, reason))
            await GrpcLink(context, call, bearer(call)).serve(peer)
        finally:
            admission.leave(peer)
