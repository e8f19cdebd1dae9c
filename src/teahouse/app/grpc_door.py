"""The listener for gRPC, put together.

Imported only where it is enabled: the library takes a moment to load, and must be loaded after processes were started,
for it does not outlive a fork. Called by compose.py.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass

from teahouse.engine.engine import Engine
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.grpc.calls import Calls
from teahouse.gateways.grpc.operations import SERVICES, Operations
from teahouse.gateways.grpc.service import CHAT, PACKAGE, GrpcListener
from teahouse.gateways.options import GrpcOptions
from teahouse.gateways.rest.application import RestContext
from teahouse.ports.identity import Tokens

GRACE_S = 1.0
"""Calls that still run when the sessions have gone may take so long to finish."""


@dataclass(frozen=True)
class Behind:
    """What the door opens to. Of `rest` it takes who may come in, what is recorded, and what concerns accounts."""

    engine: Engine
    tokens: Tokens | None
    rest: RestContext


async def open_grpc(
    behind: Behind, context: LinkContext, options: GrpcOptions, shared: bool, stack: AsyncExitStack
) -> GrpcListener:
    """Accepting. Raises CannotListen."""
    operations = Operations(behind.rest.guard, behind.rest.scribe)
    services = {CHAT: Calls(behind.engine, behind.tokens).methods()}
    by_kind = {type(resource): resource for resource in behind.rest.resources.values()}
    for name, kind in SERVICES.items():
        services[f"{PACKAGE}.{name}"] = operations.methods(name, by_kind[kind])
    listener = GrpcListener(context, services, options, shared)
    stack.push_async_callback(listener.stop, GRACE_S)
    await listener.start()
    return listener
