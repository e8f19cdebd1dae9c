import re

import httpx2
import pytest

from teahouse.gateways.rest import docs
from teahouse.gateways.rest.application import RestContext, create_application


async def get(path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=create_application(RestContext(dict)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(path)


async def test_docs_fetch_nothing_from_elsewhere() -> None:

    page = await get("/docs")
    assert page.status_code == 200
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert links
    for link in links:
        assert link.startswith("/docs/assets/")
        assert (await get(link)).status_code == 200


async def test_no_docs_without_swagger_ui(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "find_spec", lambda _: None)
    assert (await get("/docs")).status_code == 404
