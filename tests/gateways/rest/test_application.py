from collections.abc import Mapping

import httpx2
import pytest
from fastapi import FastAPI

from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.model.errors import Code, Problem


def ready() -> Mapping[str, str]:
    return {"store": "ok"}


def client(app: FastAPI) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://chat.example.org:8080")


@pytest.fixture
def app() -> FastAPI:
    """The application with a few routes that fail."""
    made = create_application(RestContext(ready))

    @made.get("/problem")
    async def problem() -> None:
        raise Problem(Code.RATE_LIMITED, "slow down", 1200)

    @made.get("/defect")
    async def defect() -> None:
        raise RuntimeError("a secret")

    @made.get("/number/{number}")
    async def number(number: int) -> int:
        return number

    return made


@pytest.mark.parametrize(
    ("path", "status", "code", "detail"),
    [
        ("/problem", 429, "rate_limited", "slow down"),
        ("/defect", 500, "internal", "something went wrong"),
        ("/number/x", 400, "bad_request", "path.number: "),
        ("/nowhere", 404, "not_found", "Not Found"),
    ],
)
async def test_every_error_is_a_problem_document(
    app: FastAPI, path: str, status: int, code: str, detail: str
) -> None:
    response = await client(app).get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert (document["status"], document["code"]) == (status, code)
    assert document["detail"].startswith(detail)
    assert "secret" not in response.text


async def test_headers_of_errors(app: FastAPI) -> None:
    assert (await client(app).get("/problem")).headers["retry-after"] == "2"
    wrong_method = await client(app).post("/ping")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "GET")


async def test_openapi(app: FastAPI) -> None:
    document = (await client(app).get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert {"/ping", "/healthz", "/readyz"} <= document["paths"].keys()
