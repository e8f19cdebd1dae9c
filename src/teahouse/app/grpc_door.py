"""The listener for gRPC, put together.

Imported only where it is enabled: the library takes a moment to load, and must be loaded after processes were started,
for it does not outlive a fork. Called by compose.py.
"""

from contextlib import AsyncExitStack

from teahouse.engine.engine import Engine
from teahouse.gateways.grpc.calls import Calls
from teahouse.gateways.grpc.service import GrpcListener
from teahouse.gateways.json_link import LinkContext
from teahouse.gateways.options import GrpcOptions
from teahouse.ports.identity import Tokens

GRACE_S = 1.0
"""Calls that still run when the sessions have gone may take so long to finish."""


async def open_grpc(
    engine: Engine,
    tokens: Tokens | None,
    context: LinkContext,
    options: GrpcOptions,
    shared: bool,
    stack: AsyncExitStack,
) -> GrpcListener:
    """Accepting. Raises CannotListen."""
    listener = GrpcListener(context, Calls(engine, tokens), options, shared)
    stack.push_async_callback(listener.stop, GRACE_S)
    await listener.start()
    return listener
