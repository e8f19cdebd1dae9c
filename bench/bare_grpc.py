"""The reference for gRPC: a bare grpc.aio server that writes back what it reads, and nothing else.

python -m bench.bare_grpc      prints its port, serves until it is ended
"""

import asyncio
from typing import Any

import grpc


async def _echo(requests: object, call: Any) -> None:
    while (data := await call.read()) is not grpc.aio.EOF:
        await call.write(data)


async def _serve() -> None:
    handler: Any = grpc.stream_stream_rpc_method_handler(_echo)
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bare.Echo", {"Echo": handler}),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)
    await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(_serve())
