"""The real tree: where its file is looked for, and what does not go together."""

from pathlib import Path

import pytest

from teahouse.app.settings import Settings, is_loopback, load_settings
from teahouse.app.sources import WrongSettings
from tests.support.doors import DOORS


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file: Path, level: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'[log]\nlevel = "{level}"\n')
    return file


def level(
    config: Path | None = None, flags: dict[str, tuple[str, object]] | None = None, **environ: str
) -> str:
    return load_settings(config, flags or {}, environ).settings.log.level


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings(None, {}, {}).settings == Settings()


def test_the_file_that_is_read(here: Path) -> None:
    write(here / "teahouse-data/teahouse.toml", "error")
    assert level() == "error", "the one in the data directory"
    write(here / "other/teahouse.toml", "warning")
    assert level(flags={"data": ("--data", "other")}) == "warning", "which a flag may move"
    assert level(TEAHOUSE_DATA="other") == "warning", "or a variable"
    write(here / "teahouse.toml", "debug")
    assert level() == "debug", "the one here comes first"
    named = write(here / "named.toml", "warning")
    assert level(TEAHOUSE_CONFIG="named.toml") == "warning", "before it the one a variable names"
    assert level(write(here / "flag.toml", "error"), TEAHOUSE_CONFIG=str(named)) == "error", "or a flag"


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(WrongSettings, match=r"named\.toml: cannot be read: No such file"):
        level(TEAHOUSE_CONFIG="named.toml")
    with pytest.raises(WrongSettings, match=r"flag\.toml: cannot be read: No such file"):
        level(Path("flag.toml"))


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("chat.example.org", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_what_is_a_loopback_address(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def off(**environ: str) -> Settings:
    return load_settings(None, {"limits": ("--limits", "off")}, environ).settings


def test_limits_are_off_on_loopback_only() -> None:
    assert off().limits == "off"
    assert off(TEAHOUSE_TCP_HOST="::1").limits == "off"
    with pytest.raises(WrongSettings) as caught:
        off(TEAHOUSE_TCP_HOST="0.0.0.0", TEAHOUSE_HTTP_HOST="0.0.0.0")
    assert caught.value.complaints == [
        "--limits, TEAHOUSE_HTTP_HOST, TEAHOUSE_TCP_HOST: limits = off is for load tests on a loopback address, "
        "and this server would listen on 0.0.0.0; leave the limits on, or bind to 127.0.0.1"
    ]


def test_a_listener_that_is_disabled_binds_nothing() -> None:
    assert off(TEAHOUSE_TCP_HOST="0.0.0.0", TEAHOUSE_TCP_ENABLED="false").limits == "off"


def test_somebody_must_be_able_to_come_in() -> None:
    with pytest.raises(WrongSettings, match="no listener is enabled"):
        load_settings(None, {}, {f"TEAHOUSE_{door.upper()}_ENABLED": "false" for door in DOORS})
