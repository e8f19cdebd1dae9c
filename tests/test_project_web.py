"""The same budgets and manners for the JavaScript side: sizes, names, opening words, languages.

oxlint, prettier, vue-tsc and dependency-cruiser (`npm run check`) look at the rest.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "sdk/js/src", ROOT / "web/src", ROOT / "web/plugins", ROOT / "web/widget"]
LOCALES = ROOT / "web/src/locales"
STYLES = ROOT / "web/src/styles/main.css"

WIDGET = ROOT / "src/teahouse/webclient/widget.js"

FILE_LINES = 400
WIDGET_BYTES = 40_000
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
GENERATED = {"sdk/js/src/wire/protocol.ts", "sdk/js/src/rest/schema.ts"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sources() -> list[Path]:
    found = [p for folder in SOURCES for kind in ("*.ts", "*.vue") for p in folder.rglob(kind)]
    return sorted(p for p in found if name_of(p) not in GENERATED and not p.name.endswith(".d.ts"))


def test_files_are_not_too_long() -> None:
    sizes = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in sources()}
    assert sizes
    too_long = {name: lines for name, lines in sizes.items() if lines > FILE_LINES}
    assert not too_long, f"split it by what it is about: {too_long}"


def test_no_module_has_an_empty_name() -> None:
    assert not [
        name_of(p) for p in sources() if EMPTY_NAMES & {part.lower() for part in p.with_suffix("").parts}
    ]


def test_every_module_says_what_it_is_for() -> None:
    opening = re.compile(r"\A(<script setup lang=\"ts\"[^>]*>\n)?\s*(//|/\*\*?)")
    silent = [name_of(p) for p in sources() if not opening.match(p.read_text(encoding="utf-8"))]
    assert not silent, f"no opening comment: {silent}"


def test_the_widget_is_small() -> None:
    """It is loaded by the pages of others, which have better things to load."""
    if not WIDGET.exists():
        pytest.skip("the web client is not built: `make setup`")
    for coding in (".br", ".gz"):
        assert WIDGET.with_name(WIDGET.name + coding).stat().st_size < WIDGET_BYTES


# --- languages -----------------------------------------------------------------------------------------


def texts(node: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{prefix}{key}.")
    else:
        yield prefix.rstrip("."), str(node)


AREAS = sorted({p.name for p in LOCALES.rglob("*.json")})


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same(area: str) -> None:
    en, zh = (
        dict(texts(json.loads((LOCALES / language / area).read_text(encoding="utf-8"))))
        for language in ("en", "zh-CN")
    )
    assert en.keys() == zh.keys(), f"only in one: {sorted(en.keys() ^ zh.keys())}"
    assert not [key for key, text in (en | zh).items() if not text.strip()]
    holes = re.compile(r"\{(\w+)\}")
    different = [key for key in en if set(holes.findall(en[key])) != set(holes.findall(zh[key]))]
    assert not different, f"not the same values in both: {different}"


# --- colours -------------------------------------------------------------------------------------------

TEXT_ON_GROUND = [
    *((text, ground) for text in ("ink", "dim", "jade", "danger", "warn")
      for ground in ("canvas", "surface", "raised", "subtle")),
    ("on-jade", "jade"), ("on-jade", "jade-strong"), ("on-danger", "danger"), ("on-danger", "danger-strong"),
    ("ink", "own"), ("dim", "own"), ("jade", "own"), ("ink", "other"), ("dim", "other"), ("jade", "other"),
    ("jade", "jade-soft"), ("ink", "jade-soft"), ("dim", "jade-soft"), ("danger", "danger-soft"),
    ("ink", "danger-soft"), ("warn", "warn-soft"), ("ink", "warn-soft"), ("canvas", "ink"),
]  # fmt: skip


def palette(theme: str) -> dict[str, str]:
    css = STYLES.read_text(encoding="utf-8")
    selector = ":root {" if theme == "light" else ":root[data-theme='dark'] {"
    block = css.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 for every text on every ground it stands on."""
    colours = palette(theme)
    weak = {}
    for text, ground in TEXT_ON_GROUND:
        light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        contrast = (light + 0.05) / (dark + 0.05)
        if contrast < 4.5:
            weak[f"{text} on {ground}"] = round(contrast, 2)
    assert not weak
