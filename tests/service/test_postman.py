"""The Postman collection of docs/, run by newman against a real server."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.app.server import serving

COLLECTION = Path(__file__).parents[2] / "docs" / "postman" / "teahouse.postman_collection.json"
NEWMAN = Path(__file__).parents[1] / "newman" / "node_modules" / ".bin" / "newman"

pytestmark = pytest.mark.service


def test_the_collection_runs_from_top_to_bottom(tmp_path: Path) -> None:
    assert shutil.which("node"), "node is missing: `make test` installs it"
    assert NEWMAN.exists(), "newman is missing: `make test` installs it"
    report = tmp_path / "report.json"
    with serving(tmp_path) as server:
        url = f"url={server.ready['http']}"
        command = [str(NEWMAN), "run", str(COLLECTION), "--env-var", url, "--reporters", "cli,json"]
        done = subprocess.run(
            [*command, "--reporter-json-export", str(report), "--color", "off"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-6000:]
    run = json.loads(report.read_text(encoding="utf-8"))["run"]
    paths = {
        f"{item['request']['method']} /{'/'.join(item['request']['url']['path'])}"
        for item in (execution["item"] for execution in run["executions"])
    }
    assert len(paths) >= 12
    assert run["stats"]["assertions"]["failed"] == 0
