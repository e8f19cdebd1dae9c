"""Connections by MQTT run on uvloop, as the server does, against a whole one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from teahouse.app.compose import House
from tests.gateways.mqtt.peer import serving


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with serving(tmp_path / "data") as running:
        yield running
