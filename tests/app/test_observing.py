"""A real server with dead letters: its metrics, and who is told."""

import asyncio
import json
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.app.server import serving, teahouse
from tests.app.test_dead import bury
from tests.support.receiver import Receiver, receiver

pytestmark = pytest.mark.service


def told_at(outside: Receiver) -> dict[str, str]:
    return {"TEAHOUSE_ALERTS_WEBHOOK": outside.url, "TEAHOUSE_ALERTS_WEBHOOK_SECRET": "whs_x"}


async def test_dead_letters_are_measured_and_told(tmp_path: Path) -> None:
    await bury(tmp_path, "a", "b")
    quick = {"TEAHOUSE_ALERTS_EVERY_S": "0.2", "TEAHOUSE_ALERTS_GROUP_S": "0"}
    async with receiver() as outside, httpx2.AsyncClient() as client:
        with serving(tmp_path, **told_at(outside), **quick) as server:
            url = f"{server.ready['http']}/metrics"
            answer = await client.get(url)
            found = {
                (sample.name, *sample.labels.values()): sample.value
                for family in text_string_to_metric_families(answer.text)
                for sample in family.samples
            }
            assert found["teahouse_dead_letters", "other"] == 2
            (told,) = await outside.wait(1)
            assert told.fault("whs_x") == ""
            (alert,) = json.loads(told.body)["alerts"]
            assert (alert["rule"], alert["state"]) == ("dead_letters", "firing")
            for one in ("a", "b"):
                done = await asyncio.to_thread(teahouse, "dead", "discard", one, cwd=tmp_path)
                assert done.returncode == 0, done.stderr
            _, over = await outside.wait(2, seconds=15)
            assert json.loads(over.body)["alerts"][0]["state"] == "over"


async def test_a_test_alert(tmp_path: Path) -> None:
    async with receiver() as outside:
        sent = await asyncio.to_thread(teahouse, "alerts", "test", cwd=tmp_path, **told_at(outside))
        assert (sent.returncode, sent.stdout) == (0, "webhook: taken\n"), sent.stderr
        outside.mode = 500
        failed = await asyncio.to_thread(teahouse, "alerts", "test", cwd=tmp_path, **told_at(outside))
        assert (failed.returncode, failed.stdout) == (1, "webhook: it answered 500\n")
    nobody = teahouse("alerts", "test", cwd=tmp_path)
    assert nobody.returncode == 2 and "alerts.webhook" in nobody.stderr
