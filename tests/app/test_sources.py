"""Later sources win; whatever is wrong is said once each, all together, with where and what would be right."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from teahouse.app.sources import Loaded, WrongSettings, load
from tests.app.tree import Colour, House


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "teahouse.toml"


def read(
    toml: str | bytes | None = None,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, tuple[str, object]] | None = None,
) -> Loaded[House]:
    if file is not None and toml is not None:
        file.write_bytes(toml.encode() if isinstance(toml, str) else toml)
    return load(House, file, environ or {}, flags or {})


def complaints(*args: object, **named: object) -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        read(*args, **named)  # type: ignore[arg-type]
    return caught.value.complaints


def test_nothing_given_means_defaults() -> None:
    loaded = read()
    assert loaded.settings == House()
    assert loaded.origins == {}


def test_later_sources_win(file: Path) -> None:
    toml = 'data = "file"\npassword = "file"\n[door]\nhost = "file"\nport = 1'
    loaded = read(
        toml,
        file,
        {
            "TEAHOUSE_DATA": "variable",
            "TEAHOUSE_DOOR_PORT": "2",
            "TEAHOUSE_DOOR_HOST": "variable",
            "HOME": "x",
        },
        {"door.port": ("--port", "3"), "door.host": ("--host", "flag")},
    )
    settings = loaded.settings
    assert (settings.password, settings.data, settings.door.host, settings.door.port) == (
        "file",
        "variable",
        "flag",
        3,
    )
    assert loaded.origins == {
        "password": str(file),
        "data": "TEAHOUSE_DATA",
        "door.host": "--host",
        "door.port": "--port",
    }


def test_variables_are_read_as_the_type_they_stand_for() -> None:
    door = read(
        environ={
            "TEAHOUSE_DOOR_OPEN": "false",
            "TEAHOUSE_DOOR_RATIO": "0.25",
            "TEAHOUSE_DOOR_ORIGINS": "https://a.example, https://b.example",
            "TEAHOUSE_DOOR_COLOUR": "blue",
            "TEAHOUSE_DOOR_HOST": "1234",
            "TEAHOUSE_TEST_ANYTHING": "ignored",
            "TEAHOUSE_CONFIG": "named elsewhere",
        }
    ).settings.door
    assert door.open is False
    assert door.ratio == 0.25
    assert door.origins == ("https://a.example", "https://b.example")
    assert door.colour is Colour.BLUE
    assert door.host == "1234"


def test_a_whole_number_may_stand_for_a_number(file: Path) -> None:
    with pytest.raises(WrongSettings):
        read("[door]\nratio = 1", file)
    assert read('[door]\norigins = ["a"]', file).settings.door.origins == ("a",)


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("[door]\nport = 70000", "door.port must be a whole number, at least 0, at most 65535; it is 70000"),
        ('[door]\nport = "80"', "door.port must be a whole number, at least 0, at most 65535; it is '80'"),
        ("[door]\nport = true", "door.port must be a whole number, at least 0, at most 65535; it is True"),
        ("[door]\nratio = nan", "door.ratio must be a number, above 0, below 1; it is nan"),
        ("[door]\nopen = 1", "door.open must be true or false; it is 1"),
        ('[door]\nkind = "glass"', "door.kind must be iron or wood; it is 'glass'"),
        ("[door]\norigins = 5", "door.origins must be a list, each text; it is 5"),
        ("[data]\nx = 1", "data must be text, at most 1000 characters; it is {'x': 1}"),
        ("door = 5", "door is a section, not a setting"),
        ("password = 5", "password must be text; it is what was given (not shown)"),
        ("[door]\nprot = 1", "unknown setting door.prot; did you mean door.port?"),
        ("[dor]\nport = 1", "unknown setting dor; did you mean door?"),
        ("port = 1", "unknown setting port; did you mean door.port?"),
        ("xyzzy = 1", "unknown setting xyzzy; `teahouse config` lists all there are"),
        ('[door.tls]\nkey = "k"', "certificate and key go together"),
    ],
)
def test_what_is_wrong_in_a_file(file: Path, toml: str, complaint: str) -> None:
    assert complaints(toml, file) == [f"{file}: {complaint}"]


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        (
            "TEAHOUSE_DOOR_PORT",
            "eighty",
            "TEAHOUSE_DOOR_PORT: door.port must be a whole number, at least 0, at most 65535; it is 'eighty'",
        ),
        ("TEAHOUSE_DOOR_OPEN", "yes", "TEAHOUSE_DOOR_OPEN: door.open must be true or false; it is 'yes'"),
        ("TEAHOUSE_DOOR_OPEN", "", "TEAHOUSE_DOOR_OPEN: door.open must be true or false; it is ''"),
        (
            "TEAHOUSE_DOOR_RATIO",
            "inf",
            "TEAHOUSE_DOOR_RATIO: door.ratio must be a number, above 0, below 1; it is 'inf'",
        ),
        (
            "TEAHOUSE_DATA",
            "caf\udce9",
            "TEAHOUSE_DATA: data must be text, at most 1000 characters; it is 'caf\\udce9'",
        ),
        (
            "TEAHOUSE_DOOR_PROT",
            "1",
            "environment: unknown variable TEAHOUSE_DOOR_PROT; did you mean TEAHOUSE_DOOR_PORT?",
        ),
    ],
)
def test_what_is_wrong_in_the_environment(variable: str, value: str, complaint: str) -> None:
    assert complaints(environ={variable: value}) == [complaint]


def test_what_is_wrong_with_a_flag() -> None:
    flags = {"door.port": ("--port", "70000")}
    assert complaints(flags=flags) == [
        "--port: door.port must be a whole number, at least 0, at most 65535; it is '70000'"
    ]


def test_everything_wrong_is_said_at_once(file: Path) -> None:
    toml = 'data = 1\n[door]\nprot = 1\n[door.tls]\nkey = "k"'
    said = complaints(
        toml, file, {"TEAHOUSE_DOOR_PORT": "x", "TEAHOUSE_X": "x"}, {"door.open": ("--open", "x")}
    )
    assert len(said) == 6


def test_a_long_value_is_cut_short(file: Path) -> None:
    assert complaints(f'[door]\nkind = "{"x" * 100_000}"', file)[0].endswith("xxx...")


def test_settings_that_contradict_one_another_name_all_their_sources(file: Path) -> None:
    said = complaints('[door.tls]\nkey = "k"', file, {"TEAHOUSE_DOOR_TLS_KEY": "k2"})
    assert said == ["TEAHOUSE_DOOR_TLS_KEY: certificate and key go together"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"a = = b", "not valid TOML: Invalid value (at line 1, column 5)"),
        (b"\xff", "not valid TOML: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_a_file_that_is_not_toml(file: Path, content: bytes, complaint: str) -> None:
    assert complaints(content, file) == [f"{file}: {complaint}"]


def test_a_file_that_cannot_be_read(file: Path) -> None:
    assert complaints(None, file) == [f"{file}: cannot be read: No such file or directory"]
    assert complaints(None, file.parent) == [f"{file.parent}: cannot be read: Is a directory"]
