"""What the commands say and with which code they end. Those of `serve` that start a server: test_serve.py."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from teahouse import __version__
from teahouse.app import cli
from teahouse.app.cli import app


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str, **variables: str) -> Result:
    return CliRunner().invoke(app, arguments, env=variables)


def test_version() -> None:
    assert call("version").stdout == f"{__version__}\n"


def test_without_a_command_it_explains_itself() -> None:
    said = call()
    assert said.exit_code == 2
    assert "teahouse serve" in said.output
    assert '{"op":"hello"' in said.output


def test_nothing_of_the_full_screen_is_imported_before_somebody_chats() -> None:
    """Neither for `--help` nor for the server."""
    program = "import sys, teahouse.app.cli, teahouse.app.compose, teahouse.app.chat; print('textual' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


@pytest.mark.parametrize("command", ["serve", "config", "chat", "bench"])
def test_help_teaches_by_example(command: str) -> None:
    said = call(command, "--help")
    assert said.exit_code == 0
    assert f"teahouse {command}" in said.output
    if command != "bench":
        assert "Examples:" in said.output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("brew",), "No such command 'brew'"),
        (("serv",), "Did you mean 'serve'"),
        (("serve", "--prot", "1"), "No such option: --prot"),
        (("serve", "extra"), "unexpected extra argument"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], complaint: str) -> None:
    said = call(*arguments)
    assert said.exit_code == 2
    assert complaint in said.stderr
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("--http-port", "-1"),
            "--http-port: http.port must be a whole number, at least 0, at most 65535; it is '-1'",
        ),
        (
            ("--tcp-port", "eighty"),
            "--tcp-port: tcp.port must be a whole number, at least 0, at most 65535; it is 'eighty'",
        ),
        (("--host", ""), "--host: http.host must be text, not empty; it is ''"),
        (("--limits", "maybe"), "--limits: limits must be off or on; it is 'maybe'"),
        (("--limits", "off", "--host", "0.0.0.0"), "limits = off is for load tests on a loopback address"),
        (("--config", "nowhere.toml"), "nowhere.toml: cannot be read: No such file or directory"),
    ],
)
def test_wrong_settings_of_serve(arguments: tuple[str, ...], complaint: str) -> None:
    said = call("serve", *arguments)
    assert said.exit_code == 2
    assert said.stderr.startswith("teahouse: the settings are wrong:\n")
    assert complaint in said.stderr
    assert said.stdout == ""


def test_config_prints_what_is_in_force(here: Path) -> None:
    (here / "teahouse.toml").write_text("[http]\nport = 1\n")
    said = call("config", "--data", "elsewhere", TEAHOUSE_TCP_PORT="2")
    assert said.exit_code == 0
    printed = tomllib.loads(said.stdout)
    assert (printed["data"], printed["http"]["port"], printed["tcp"]["port"]) == ("elsewhere", 1, 2)
    assert "set by teahouse.toml" in said.stdout
    assert "set by TEAHOUSE_TCP_PORT" in said.stdout
    assert "set by --data" in said.stdout


def test_config_can_be_fed_back(here: Path) -> None:
    first = call("config", TEAHOUSE_TCP_PORT="2").stdout
    (here / "teahouse.toml").write_text(first)
    assert tomllib.loads(call("config").stdout) == tomllib.loads(first)


def test_config_for_programs() -> None:
    document = json.loads(call("config", "--json").stdout)
    assert document["settings"]["http"]["port"] == 8080
    assert document["set_by"] == {}


def test_wrong_settings_of_config() -> None:
    said = call("config", TEAHOUSE_HTTP_PORT="x", TEAHOUSE_X="y")
    assert said.exit_code == 2
    assert said.stderr.count("\n") == 3


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read_settings", interrupt)
    said = call("config")
    assert said.exit_code == 130
    assert said.output.strip() == ""
