"""Pages of any site may call what the widget calls, with a token and never with a cookie; and nothing else."""

import httpx2
import pytest

from teahouse.gateways.rest.application import RestContext, create_application

OPEN = ("/api/v1/desk/hello", "/api/v1/desk/matter", "/api/v1/files")
ELSEWHERE = {"Origin": "https://shop.example"}
ASKED = {
    **ELSEWHERE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
}


def client(**context: tuple[str, ...]) -> httpx2.AsyncClient:
    app = create_application(RestContext(dict, **context))  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://chat.example.org")


@pytest.mark.parametrize("path", [*OPEN, "/api/v1/desk/matter/rating", "/api/v1/files/f01/thumbnail"])
async def test_a_page_elsewhere_may_call_and_read(path: str) -> None:
    async with client(foreign=OPEN) as page:
        asked = await page.options(path, headers=ASKED)
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == "*"
        assert "Authorization" in asked.headers["access-control-allow-headers"]
        answered = await page.get(path, headers=ELSEWHERE)
        assert answered.headers["access-control-allow-origin"] == "*"
        for answer in (asked, answered):
            assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/api/v1/desk/matters", "/api/v1/desk/tickets", "/api/v1/users/me", "/api/v1/auth/web", "/", "/healthz"],
)
async def test_nothing_else_is_open(path: str) -> None:
    async with client(foreign=OPEN) as page:
        for answer in (await page.options(path, headers=ASKED), await page.get(path, headers=ELSEWHERE)):
            assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_without_a_desk_nothing_is() -> None:
    async with client() as page:
        answer = await page.options(OPEN[0], headers=ASKED)
        assert "access-control-allow-origin" not in answer.headers


async def test_who_may_call_everything_still_may() -> None:
    async with client(foreign=OPEN, origins=("https://app.example",)) as page:
        for path in (OPEN[0], "/api/v1/users/me"):
            asked = await page.options(path, headers={**ASKED, "Origin": "https://app.example"})
            assert asked.headers["access-control-allow-origin"] == "https://app.example"


async def test_to_a_program_nothing_is_said_of_it() -> None:
    async with client(foreign=OPEN) as program:
        assert "access-control-allow-origin" not in (await program.get(OPEN[0])).headers
