"""Both languages say the same things."""

import re
from pathlib import Path

import pytest

from teahouse.fullscreen.language import EN, ZH, Language, language_of

SOURCE = Path(__file__).parents[2] / "src" / "teahouse" / "fullscreen"


def test_every_sentence_stands_in_both() -> None:
    assert EN.keys() == ZH.keys()
    for key, sentence in EN.items():
        assert sentence.count("{") == ZH[key].count("{"), key
        assert ZH[key].strip() and sentence.strip()


def test_every_sentence_that_is_said_is_there() -> None:
    said = set()
    for path in SOURCE.glob("*.py"):
        said |= set(re.findall(r"""\bsay\(\s*"(\w+)\"""", path.read_text(encoding="utf-8")))
    assert len(said) > 40
    assert said <= EN.keys()


def test_nothing_is_kept_that_nobody_says() -> None:
    files = [*SOURCE.glob("*.py"), SOURCE.parent / "app" / "chat.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "language.py")
    assert not [key for key in EN if not re.search(rf"""["' ]{key}["']""", text)]


@pytest.mark.parametrize(
    ("wanted", "environment", "name"),
    [
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, {}, "en"),
        ("zh", {"LANG": "en_US"}, "zh"),
        ("zh-CN", {}, "zh"),
        ("en", {"LANG": "zh_CN"}, "en"),
    ],
)
def test_which_language(wanted: str | None, environment: dict[str, str], name: str) -> None:
    assert language_of(wanted, environment).name == name


def test_words_are_filled_in() -> None:
    assert Language("en")("typing_one", "bob") == "bob is writing …"
    assert Language("zh")("read_by", 3) == "3 人已读"
