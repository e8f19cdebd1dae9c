"""Who may see the metrics."""

import httpx2
import pytest

from teahouse.gateways.rest.application import RestContext, create_application


async def scrape() -> bytes:
    return b"teahouse_messages_total 1\n"


def client(token: str, peer: str = "127.0.0.1", host: str = "127.0.0.1:8080") -> httpx2.AsyncClient:
    app = create_application(RestContext(dict, metrics=(scrape, token)))
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app, client=(peer, 4711)),
        base_url=f"http://{host}",
    )


async def test_this_machine_without_a_token() -> None:
    async with client("") as asking:
        answer = await asking.get("/metrics")
    assert answer.status_code == 200 and answer.text == "teahouse_messages_total 1\n"
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize(
    ("peer", "host", "headers"),
    [
        ("192.0.2.1", "127.0.0.1", {}),
        ("127.0.0.1", "chat.example.org", {}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}),
        ("127.0.0.1", "localhost", {"Forwarded": "for=192.0.2.1"}),
    ],
)
async def test_nobody_else(peer: str, host: str, headers: dict[str, str]) -> None:
    async with client("", peer, host) as asking:
        answer = await asking.get("/metrics", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "forbidden"


async def test_with_a_token_whoever_has_it() -> None:
    async with client("s3cret", "192.0.2.1", "chat.example.org") as asking:
        good = await asking.get("/metrics", headers={"Authorization": "Bearer s3cret"})
        wrong = await asking.get("/metrics", headers={"Authorization": "Bearer s3creT"})
        none = await asking.get("/metrics")
    assert [answer.status_code for answer in (good, wrong, none)] == [200, 401, 401]


async def test_where_they_are_off_there_are_none() -> None:
    app = create_application(RestContext(dict))
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://localhost"
    ) as asking:
        assert (await asking.get("/metrics")).status_code == 404
