"""Dialogues run on uvloop, as the server does, and need not wait whole seconds for what is told once a second."""

from collections.abc import Mapping
from typing import Any

import pytest
import uvloop

from teahouse.engine import attendance, receipts


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Any]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendance, "PAUSE_S", 0.1)
    monkeypatch.setattr(receipts, "PAUSE_S", 0.1)
