"""REST: durable sends and pages of history, against an empty FastAPI endpoint in the same run.

All three answer over 64 connections that stay, asked one request at a time each; server and reference are measured in
turn (A B A B ...) and compared by their medians. A send has an idempotency key and is on disk when it is answered; a
page is the newest 50 messages of 150 bytes.
"""

import itertools
import json
import sys
from collections.abc import Callable
from statistics import median
from urllib.request import Request, urlopen

from bench.http_load import Answered, ask, request
from bench.served import line_of, process, server
from bench.verdict import RESULTS, Verdict, tell

USERS = 64
TEXT = "x" * 150
RATIO_GOAL = 0.4
RATE_GOAL = 3000

Runs = dict[str, list[Answered]]


def rest(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    runs: Runs = {"send": [], "empty POST": [], "page": [], "empty GET": []}
    with server(RESULTS) as ready, process([sys.executable, "-m", "bench.bare_rest"]) as bare:
        url, empty = ready["http"], line_of(bare).strip()
        tokens = [_register(url, f"user{n}") for n in range(USERS)]
        body = json.dumps({"text": TEXT}).encode()
        post, get, send = request("POST", "/empty", body=body), request("GET", "/empty"), _sends(tokens, body)
        page = request("GET", "/api/v1/conversations/lobby/messages?limit=50", tokens[0])
        for _ in range(rounds):
            runs["send"].append(ask(url, send, expected=201, seconds=seconds))
            runs["empty POST"].append(ask(empty, lambda: post, expected=201, seconds=seconds))
            runs["page"].append(ask(url, lambda: page, seconds=seconds))
            runs["empty GET"].append(ask(empty, lambda: get, seconds=seconds))
    sends = _verdicts(runs, "send", "empty POST", "durable sends")
    pages = _verdicts(runs, "page", "empty GET", "pages of 50 messages")
    return all([*sends, *pages])


def _sends(tokens: list[str], body: bytes) -> Callable[[], bytes]:
    path, number = "/api/v1/conversations/lobby/messages", itertools.count()

    def make() -> bytes:
        n = next(number)
        return request("POST", path, tokens[n % len(tokens)], body, f"Idempotency-Key: {n}\r\n")

    return make


def _verdicts(runs: Runs, ours: str, bare: str, what: str) -> list[bool]:
    rate, reference = _per_s(runs[ours]), _per_s(runs[bare])
    refused = sum(run.refused for run in (*runs[ours], *runs[bare]))
    seen: dict[str, float | str] = {
        f"teahouse, {what}/s": rate,
        "empty FastAPI endpoint, answers/s": reference,
        "teahouse, p50 ms": median(run.p50_ms for run in runs[ours]),
        "teahouse, p99 ms": median(run.p99_ms for run in runs[ours]),
        "answers with another status than expected": float(refused),
    }
    ratio = Verdict("rest", f"{what} / empty endpoint", rate / reference, RATIO_GOAL, False, "x", seen)
    absolute = Verdict("rest", f"{what} a second", rate if not refused else 0.0, RATE_GOAL, False, "/s")
    return [tell(ratio), tell(absolute)]


def _per_s(runs: list[Answered]) -> float:
    return median(run.per_s for run in runs)


def _register(url: str, name: str) -> str:
    """A new account's access token."""
    account = json.dumps({"user": name, "password": "a long enough password"}).encode()
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(f"{url}/api/v1/auth/register", account, headers)) as answer:  # noqa: S310
        token: str = json.load(answer)["access_token"]
    return token
