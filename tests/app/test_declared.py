"""Settings are read off the structs: names, variables, what is allowed."""

import msgspec
import pytest
from msgspec import Struct

from teahouse.app.declared import Setting, declared, sections
from teahouse.app.settings import Settings
from tests.app.tree import House, Tls


def setting(name: str) -> Setting:
    return next(found for found in declared(House) if found.name == name)


def test_settings_of_a_section_come_before_its_sections() -> None:
    names = [found.name for found in declared(House)]
    assert names[:4] == ["data", "password", "door.host", "door.port"]
    assert names[-2:] == ["door.tls.certificate", "door.tls.key"]


def test_sections() -> None:
    assert list(sections(House)) == [(), ("door",), ("door", "tls")]
    assert sections(House)["door", "tls"] is Tls


def test_the_variable_joins_section_and_field() -> None:
    assert setting("door.tls.key").variable == "TEAHOUSE_DOOR_TLS_KEY"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("data", "text, at most 1000 characters"),
        ("door.host", "text, not empty"),
        ("door.port", "a whole number, at least 0, at most 65535"),
        ("door.ratio", "a number, above 0, below 1"),
        ("door.open", "true or false"),
        ("door.origins", "a list, each text"),
        ("door.kind", "iron or wood"),
        ("door.colour", "red or blue"),
        ("door.tls.key", "text"),
    ],
)
def test_what_is_allowed_is_said_in_words(name: str, allowed: str) -> None:
    assert setting(name).allowed == allowed


def test_secrets_are_marked() -> None:
    assert [found.name for found in declared(House) if found.secret] == ["password"]


def test_a_setting_needs_a_default() -> None:
    class Needy(Struct):
        wish: int

    with pytest.raises(TypeError, match="'wish' has no default"):
        declared(Needy)


# --- the real tree ------------------------------------------------------------------------------------


@pytest.mark.parametrize("real", declared(Settings), ids=lambda found: found.name)
def test_every_setting_is_described_and_its_default_allowed(real: Setting) -> None:
    assert real.description.endswith((".", "?")), "a sentence"
    assert real.allowed
    assert msgspec.convert(real.default, real.type) == real.default


def test_no_two_settings_share_a_variable() -> None:
    variables = [found.variable for found in declared(Settings)]
    assert len(variables) == len(set(variables))
