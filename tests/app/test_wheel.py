"""The wheel carries the built web client, which git ignores."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.service
@pytest.mark.skipif(not (ROOT / "src").is_dir(), reason="needs the source")
def test_a_wheel_carries_the_web_client(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path / name)
    package = tmp_path / "src" / "teahouse"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "src" / "teahouse" / "__init__.py", package)
    client = package / "webclient"
    (client / "assets").mkdir(parents=True)
    (client / "index.html").write_text("<!doctype html>")
    (client / "assets" / "app-1a2b.js.br").write_bytes(b"x")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")]
    subprocess.run(build, cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = (tmp_path / "out").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "teahouse/webclient/index.html" in names
    assert "teahouse/webclient/assets/app-1a2b.js.br" in names
