import asyncio
from pathlib import Path
from typing import Any

import pytest

from teahouse.model.errors import StoreUnavailable
from tests.support.filing import filing_house, filing_site


async def test_nobody_waits_for_a_silent_store_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: Any) -> Any:
        await asyncio.sleep(60)

    async with filing_house(tmp_path) as house:
        files = house.filing.files  # type: ignore[attr-defined]
        async with filing_site(house).client(await house.guest("alice")) as client:
            made = (await client.post("/files", content=b"x")).json()
            keeper = house.engine.keeper
            assert keeper is not None
            keeper.files._seconds = 0.05
            for name in ("file", "begin", "finish", "drop", "postings", "owned"):
                monkeypatch.setattr(files, name, silent)
            for method, path in [
                ("POST", "/files"),
                ("GET", "/files"),
                ("GET", f"/files/{made['id']}"),
                ("DELETE", f"/files/{made['id']}"),
            ]:
                answer = await client.request(method, path)
                assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            with pytest.raises(StoreUnavailable):
                await keeper.files.finish(made["id"])
