"""What `teahouse config` prints explains itself, can be fed back in, and keeps secrets."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teahouse.app.printed import as_json, as_toml, toml_value
from teahouse.app.settings import Settings
from teahouse.app.sources import Loaded, load
from tests.app.tree import Colour, Door, House, Tls

words = st.text(st.characters(codec="utf-8"), max_size=20)
houses = st.builds(
    House,
    data=words,
    door=st.builds(
        Door,
        host=words.filter(bool),
        tls=st.one_of(st.just(Tls()), st.builds(Tls, certificate=words, key=words)),
        port=st.integers(0, 65535),
        ratio=st.floats(0, 1, exclude_min=True, exclude_max=True),
        open=st.booleans(),
        origins=st.lists(words, max_size=3).map(tuple),
        kind=st.sampled_from(["wood", "iron"]),
        colour=st.sampled_from(Colour),
    ),
)


@given(house=houses)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_what_is_printed_gives_the_same_settings_again(house: House, tmp_path: Path) -> None:
    file = tmp_path / "teahouse.toml"
    file.write_text(as_toml(Loaded(house, {})), encoding="utf-8", newline="")
    assert load(House, file, {}, {}).settings == house


def test_the_real_settings_too(tmp_path: Path) -> None:
    file = tmp_path / "teahouse.toml"
    file.write_text(as_toml(Loaded(Settings(), {})), encoding="utf-8")
    assert load(Settings, file, {}, {}).settings == Settings()


def test_each_setting_is_explained() -> None:
    loaded = load(House, None, {"TEAHOUSE_DOOR_PORT": "80"}, {})
    assert (
        "# Where to listen; 0 picks a free one.\n"
        "# a whole number, at least 0, at most 65535; default: 8080; TEAHOUSE_DOOR_PORT; set by TEAHOUSE_DOOR_PORT\n"
        "port = 80\n"
    ) in as_toml(loaded)


def test_what_is_not_set_stands_in_a_comment() -> None:
    printed = as_toml(load(House, None, {}, {}))
    assert "\n# text; default: not set; TEAHOUSE_DOOR_TLS_KEY\n# key =\n" in printed
    assert "key" not in tomllib.loads(printed)["door"].get("tls", {})


def test_secrets_are_never_shown() -> None:
    loaded = load(House, None, {"TEAHOUSE_PASSWORD": "sesame"}, {})
    for printed in (as_toml(loaded), as_json(loaded)):
        assert "sesame" not in printed
        assert "********" in printed
    assert "password" not in tomllib.loads(as_toml(loaded))


def test_json() -> None:
    loaded = load(House, None, {}, {"door.port": ("--port", "0")})
    document = json.loads(as_json(loaded))
    assert document["settings"]["door"]["port"] == 0
    assert document["settings"]["door"]["colour"] == "red"
    assert document["settings"]["password"] is None
    assert document["set_by"] == {"door.port": "--port"}


def test_no_other_types() -> None:
    with pytest.raises(TypeError):
        toml_value(object())
