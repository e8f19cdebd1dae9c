"""The composition: what the settings choose is built, and what was built before a failure is taken down again."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace

from teahouse.app.compose import StartError, compose, without_limits
from teahouse.app.screens import CannotScreen, open_screens
from teahouse.app.settings import Settings, StoreOptions
from teahouse.client import Client, Hello
from teahouse.engine.options import ModerationOptions
from teahouse.gateways.options import HttpOptions
from teahouse.ports.screen import Utterance
from tests.support.doors import DOORS, free_doors

pytestmark = pytest.mark.service


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=str(tmp_path / "data"), **free_doors())


async def history_after_restart(settings: Settings) -> list[str]:
    """What is there of a message when its server has gone and another one came."""
    async with AsyncExitStack() as stack:
        house = await compose(settings, stack)
        client = await stack.enter_async_context(Client(house.urls["tcp"], Hello(nick="alice")))
        await client.send("lobby", "remember me")
        await client.close()
        await house.drain(1.0)
    async with AsyncExitStack() as stack:
        house = await compose(settings, stack)
        client = await stack.enter_async_context(Client(house.urls["tcp"], Hello(nick="alice")))
        return [entry.text for entry in (await client.history("lobby")).entries]


def made_data_directory(settings: Settings) -> bool:
    return Path(settings.data).exists()


async def test_sqlite_remembers(settings: Settings) -> None:
    assert await history_after_restart(settings) == ["remember me"]
    assert made_data_directory(settings)


async def test_memory_forgets_and_leaves_nothing_behind(settings: Settings) -> None:
    assert await history_after_restart(replace(settings, store=StoreOptions(kind="memory"))) == []
    assert not made_data_directory(settings)


@pytest.mark.parametrize("name", DOORS)
async def test_listeners_that_are_disabled(settings: Settings, name: str) -> None:
    options = replace(getattr(settings, name), enabled=False)
    async with AsyncExitStack() as stack:
        house = await compose(replace(settings, **{name: options}), stack)
        assert house.urls.keys() == {*DOORS} - {name}


async def test_after_a_failed_start_all_is_free_again(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        house = await compose(replace(settings, store=StoreOptions(kind="memory")), stack)
        port = int(house.urls["http"].rpartition(":")[2])
        taken = replace(settings, http=HttpOptions(port=port))
        with pytest.raises(StartError, match=f"cannot listen on 127.0.0.1 port {port}"):
            async with AsyncExitStack() as failed:
                await compose(taken, failed)
    async with AsyncExitStack() as stack:
        await compose(settings, stack)


def test_without_limits() -> None:
    lifted = without_limits(Settings(limits="off"))
    assert lifted.engine.command_rate.per_second == lifted.engine.send_rate.per_second == 0
    assert lifted.admission.connections == lifted.admission.connections_per_address == 0
    assert lifted.link == Settings().link


def test_words_come_from_the_settings_and_a_file(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# ours\nmask: ugly\nodd\n", encoding="utf-8")
    moderation = ModerationOptions(words=("bad",), words_file=str(file), action="flag")
    (screen,) = open_screens(moderation)
    verdict = screen.look(Utterance("c", "u", {"type": "text", "text": "bad, ugly, odd"}))
    assert verdict is not None
    assert (verdict.flag, verdict.body) == ("words: bad, odd", {"type": "text", "text": "bad, ****, odd"})
    assert open_screens(ModerationOptions()) == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"words_file": "no/such/file"}, "moderation.words_file cannot be read"),
        ({"words": ("mask:",)}, "moderation.words: there is no word in"),
    ],
)
def test_words_that_cannot_be_used_keep_the_server_from_starting(options: dict, said: str) -> None:
    with pytest.raises(CannotScreen, match=said):
        open_screens(ModerationOptions(**options))
