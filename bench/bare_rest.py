"""An empty FastAPI endpoint, served as our server serves: what REST costs before it does anything.

python -m bench.bare_rest       prints its URL and serves until it is ended
"""

import asyncio
import socket

import uvicorn
import uvloop
from fastapi import FastAPI

app = FastAPI()


@app.post("/empty", status_code=201)
async def post_empty() -> dict[str, str]:
    return {}


@app.get("/empty")
async def get_empty() -> dict[str, str]:
    return {}


async def serve() -> None:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    config = uvicorn.Config(app, http="httptools", loop="none", log_config=None, access_log=False)
    config.load()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    await uvicorn.Server(config).serve([listener])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
