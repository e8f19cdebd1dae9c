"""A server moves from SQLite to PostgreSQL: people stay logged in, and everything is there."""

from pathlib import Path

import httpx2
import pytest

from tests.app.server import serving, teahouse
from tests.support import postgres

pytestmark = pytest.mark.service


def test_a_server_moves(tmp_path: Path) -> None:
    place, database = tmp_path / "place", tmp_path / "database"
    place.mkdir()
    database.mkdir()
    with serving(place) as server:
        home = f"{server.ready['http']}/api/v1"
        account = {"user": "ada", "password": "a pot of oolong, twice"}
        token = httpx2.post(f"{home}/auth/register", json=account).json()["access_token"]
        ada = {"Authorization": f"Bearer {token}"}
        made = httpx2.post(f"{home}/conversations", json={"kind": "group", "title": "Tea"}, headers=ada)
        messages = f"conversations/{made.json()['conversation']}/messages"
        assert httpx2.post(f"{home}/{messages}", json={"text": "今天天气"}, headers=ada).status_code == 201
        assert server.stop() == 0
    with postgres.running(database) as kept:
        kept.create("teahouse")
        (place / "old.toml").write_text('data = "teahouse-data"\n')
        new = f'data = "new-data"\n[store]\nkind = "sql"\n[sql]\nurl = "{kept.address()}"\n[blobs]\nfolder = "files"\n'
        (place / "new.toml").write_text(new)
        moved = teahouse("migrate", "--from", "old.toml", "--to", "new.toml", cwd=place)
        assert (moved.returncode, "moved and verified" in moved.stdout) == (0, True), moved.stderr
        again = teahouse("migrate", "--from", "old.toml", "--to", "new.toml", "--ledger", "other", cwd=place)
        assert (again.returncode, "not empty" in again.stderr) == (1, True)
        with serving(place, "--config", "new.toml") as server:
            home = f"{server.ready['http']}/api/v1"
            page = httpx2.get(f"{home}/{messages}", headers=ada).json()
            assert [entry["body"]["text"] for entry in page["entries"] if entry["ev"] == "message"] == [
                "今天天气"
            ]
            sent = httpx2.post(f"{home}/{messages}", json={"text": "and on"}, headers=ada).json()
            assert sent["seq"] == page["entries"][-1]["seq"] + 1
