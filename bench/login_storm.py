"""Logs in, so many times a second, whether the server keeps up or not: a program of its own beside the bench.

    python -m bench.login_storm URL RATE SECONDS USERS

Each login is a new connection, as after a network comes back. Prints what became of them as one JSON object.
"""

import asyncio
import json
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from bench.http_load import request

PASSWORD = "a long enough password"
_LIMIT_S = 30.0


def account(number: int) -> bytes:
    return json.dumps({"user": f"storm{number}", "password": PASSWORD}).encode()


async def storm(url: str, rate: float, seconds: float, users: int) -> dict[str, Any]:
    begun = time.perf_counter()
    tasks = []
    for number in range(round(rate * seconds)):
        await asyncio.sleep(begun + number / rate - time.perf_counter())
        tasks.append(asyncio.create_task(_log_in(url, number % users)))
    outcomes = await asyncio.gather(*tasks)
    waits = sorted(wait for status, wait in outcomes if status == 200) or [0.0]
    return {
        "arrived": len(outcomes),
        "logged_in": sum(status == 200 for status, _ in outcomes),
        "told_to_come_back": sum(status == 503 for status, _ in outcomes),
        "other": sum(status not in (200, 503) for status, _ in outcomes),
        "p50_ms": waits[len(waits) // 2] * 1e3,
        "p99_ms": waits[len(waits) * 99 // 100] * 1e3,
    }


async def _log_in(url: str, number: int) -> tuple[int, float]:
    """The status (0: no answer) and how long it took."""
    place, begun = urlsplit(url), time.perf_counter()
    try:
        async with asyncio.timeout(_LIMIT_S):
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            writer.write(
                request("POST", "/api/v1/auth/login", body=account(number), headers="Connection: close\r\n")
            )
            line = await reader.readline()
            await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return 0, time.perf_counter() - begun
    return int(line.split()[1]) if line else 0, time.perf_counter() - begun


if __name__ == "__main__":
    at, rate, seconds, users = sys.argv[1:]
    print(json.dumps(asyncio.run(storm(at, float(rate), float(seconds), int(users)))))
