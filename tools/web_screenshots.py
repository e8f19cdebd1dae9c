"""`python -m tools.web_screenshots`: photographs every view of the web client into docs/screenshots/web/.

It takes Chromium with Chinese letters (`make setup-test` and `make test` have put them there). The pictures are looked
at by people; no test compares them.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.app.server import serving
from tests.browser.conftest import FLAGS
from tests.browser.place import Place
from tests.browser.visitor import Visitor
from tools.web_scene import Scene

OUT = Path(__file__).resolve().parents[1] / "docs" / "screenshots" / "web"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

Steps = Callable[[Page], None]


def nothing(page: Page) -> None:
    pass


class Photographer:
    def __init__(self, chromium: Browser, place: Place) -> None:
        self._chromium = chromium
        self._place = place

    def take(self, name: str, path: str, do: Steps = nothing, *, user: str | None = "alice") -> None:
        """The view at `path` after `do`: at a desk in light and English, dark and Chinese; on a phone the other way."""
        for frame, size in (("desk", DESK), ("phone", PHONE)):
            for scheme in ("light", "dark"):
                locale = "en-US" if (frame == "desk") == (scheme == "light") else "zh-CN"
                self._take(
                    f"{name}-{frame}-{scheme}",
                    path,
                    do,
                    user,
                    viewport=size,
                    color_scheme=scheme,
                    locale=locale,
                )

    def _take(self, name: str, path: str, do: Steps, user: str | None, **options: object) -> None:
        who = Visitor(self._chromium, self._place, user or "nobody", account=user is not None, **options)
        who.page.wait_for_load_state("networkidle")
        who.page.goto(path)
        who.page.wait_for_load_state("networkidle")
        do(who.page)
        who.page.wait_for_timeout(900)
        picture = OUT / f"{name}.png"
        who.page.screenshot(path=picture)
        # A palette is enough for what a screen shows, and a quarter of the size.
        Image.open(picture).convert("RGB").quantize(256).save(picture, optimize=True)
        who.leave()
        print(f"  {picture.name}", flush=True)


def press(keys: str) -> Steps:
    return lambda page: page.keyboard.press(keys)


def search(page: Page) -> None:
    page.keyboard.press("Control+f")
    page.wait_for_timeout(500)
    page.keyboard.type("茶")


def photograph(studio: Photographer, scene: Scene) -> None:
    for name in ("login", "register"):
        studio.take(name, f"/{name}", user=None)
    studio.take("list", "/")
    studio.take("chat", f"/c/{scene.group}")
    studio.take("direct", f"/c/{scene.direct}")
    studio.take("details", f"/c/{scene.group}?panel=details")
    studio.take("palette", f"/c/{scene.group}", press("Control+k"))
    studio.take("search", f"/c/{scene.group}", search)
    for name in ("profile", "account", "devices", "privacy", "notifications", "appearance", "bots", "about"):
        studio.take(f"settings-{name}", f"/settings/{name}")
    for name in ("statistics", "users", "conversations", "sessions", "reports", "letters", "trace", "audit"):
        studio.take(f"admin-{name}", f"/admin/{name}")


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        place = Place(server)
        photograph(Photographer(chromium, place), Scene(place))
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
