"""`python -m tools.lighthouse`: what Lighthouse says of the web client, written to docs/lighthouse.md.

A desk and a phone, the login page and a conversation: of several runs the one in the middle. Performance depends on
the machine and the hour, so the report tells how busy the machine was, and what the same run would have been if no task
had waited for the processor (tools/lighthouse_calm.mjs). Accessibility and best practices do not, and a test holds them
(tests/browser/test_lighthouse.py).
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2

from tests.app.server import serving
from tests.browser.place import PASSWORD, Place
from tools.web_scene import Scene

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "lighthouse.md"
LIGHTHOUSE = ROOT / "tests" / "browser" / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = str(ROOT / "tools" / "node.sh")
CALM = ROOT / "tools" / "lighthouse_calm.mjs"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True)
class Audit:
    """`scores` by category, 0 to 100; `calm` is performance on a machine of its own, 0 if that was not asked for;
    `failed` are the audits below the best, by category."""

    page: str
    frame: str
    scores: dict[str, int]
    numbers: dict[str, str]
    failed: list[str]
    calm: int = 0


def audit(place: Place, path: str, frame: str, cookie: str = "", *, calm: bool = False) -> Audit:
    """Lighthouse on one page, in a Chromium of its own."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        command = [NODE, "node", str(LIGHTHOUSE), place.url + path, "--quiet"]
        command += ["--output=json", f"--output-path={output}", f"--chrome-flags={FLAGS}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--preset=desktop"] if frame == "desk" else []
        command += ["--save-assets"] if calm else []
        if cookie:
            command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
        environment = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
        # On a busy machine Chromium's trace loses its beginning now and then, and Lighthouse asks to be run again.
        broken = subprocess.run(command, check=False, env=environment, timeout=180).returncode
        if broken:
            subprocess.run(command, check=True, env=environment, timeout=180)
        found = _read(json.loads(output.read_text(encoding="utf-8")), path, frame)
        return replace(found, calm=_calm(output)) if calm else found


def _calm(report: Path) -> int:
    answer = subprocess.run(
        [NODE, "node", str(CALM), str(report)], check=True, capture_output=True, timeout=60
    )
    return int(json.loads(answer.stdout)["score"])


def _read(report: dict[str, Any], path: str, frame: str) -> Audit:
    audits = report["audits"]
    categories = report["categories"]
    numbers = {
        audits[name]["title"]: audits[name]["displayValue"]
        for name in (
            "first-contentful-paint",
            "largest-contentful-paint",
            "total-blocking-time",
            "cumulative-layout-shift",
        )
    }
    failed = [
        f"{name}: {audits[ref['id']]['title']}"
        for name in CATEGORIES[1:]
        for ref in categories[name]["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1 and audits[ref["id"]]["score"] is not None
    ]
    scores = {name: round(100 * categories[name]["score"]) for name in CATEGORIES}
    return Audit(path, frame, scores, numbers, failed)


def middle(place: Place, path: str, frame: str, cookie: str) -> Audit:
    """Of several runs the one whose performance is the median."""
    found = [audit(place, path, frame, cookie, calm=True) for _ in range(RUNS)]
    calm = sorted(one.calm for one in found)[RUNS // 2]
    return replace(sorted(found, key=lambda one: one.scores["performance"])[RUNS // 2], calm=calm)


def cookie_of(place: Place, user: str) -> str:
    """The cookie of somebody who is logged in, as a browser would send it."""
    answer = httpx2.post(
        f"{place.url}/api/v1/auth/web/login",
        json={"user": user, "password": PASSWORD},
        headers={"Origin": place.url},
    )
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


def written(audits: list[Audit]) -> str:
    lines = [
        "# Lighthouse",
        "",
        f"Written by `python -m tools.lighthouse` with the Chromium of the tests: of {RUNS} runs the median. What else",
        "the machine did makes performance worse; *calm* is the same simulation of the same runs, with each task as",
        "long as the processor time that it took. What was compared run by run stands in",
        "[web-client.md](web-client.md#speed-on-a-phone).",
        "",
    ]
    lines += [
        "| page | on | performance | calm | accessibility | best practices | first paint | largest paint | blocked "
        "| shift |"
    ]
    lines += ["|" + " --- |" * 10]
    for one in audits:
        performance, *others = (str(one.scores[name]) for name in CATEGORIES)
        cells = [one.page, one.frame, performance, str(one.calm), *others, *one.numbers.values()]
        lines.append("| " + " | ".join(cells) + " |")
    failed = sorted({f"- {one.page}, {one.frame}: {text}" for one in audits for text in one.failed})
    lines += [
        "",
        "What is below the best:"
        if failed
        else "Nothing is below the best in accessibility and best practices.",
        "",
    ]
    busy = f"Load of the last minutes: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors."
    return "\n".join([*lines, *failed, "", busy] if failed else [*lines, busy]).rstrip() + "\n"


def all_audits(place: Place) -> list[Audit]:
    scene = Scene(place)
    cookie = cookie_of(place, "alice")
    pages = (("/login", ""), (f"/c/{scene.group}?entered=1", cookie))
    return [middle(place, path, frame, cookie) for path, cookie in pages for frame in ("desk", "phone")]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        audits = all_audits(Place(server))
    for one in audits:
        print(one.page, one.frame, one.scores, *one.failed, sep="\n    ")
    REPORT.write_text(written(audits).replace("?entered=1", ""), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
