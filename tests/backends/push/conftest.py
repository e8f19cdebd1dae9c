from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.push_services import PushServices, push_services


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[PushServices]:
    async with push_services(tmp_path) as services:
        yield services
