"""The promises of Bots and Hooks, by number (ports/bots.py)."""

import pytest
from msgspec.structs import replace

from teahouse.model.accounts import Account, AccountChange, AccountKind
from teahouse.model.bots import Bot, Hook, SlashCommand
from teahouse.model.changes import DropBot, DropHook, PutBot, PutHook, PutUser
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from tests.contract.backends import Store

COMMANDS = (SlashCommand("brew", "Make tea", "<kind>"), SlashCommand("pour", conversation="tea"))
KETTLE = Bot("u-2", "kettle", "u-alice", ("messages:read", "stream"), b"k" * 32, 20, 30, "Boils.", COMMANDS)
SPOON = Bot("u-1", "spoon", "u-alice", (), b"s" * 32, 40, 40)
HOOK = Hook("w-2", "tea", "GitHub", "u-alice", b"h" * 32, 5, "template", "https://x.org/a.png", "{{a.b}}")


async def test_b1_bots_are_found(store: Store) -> None:
    """B1: by id, by secret, by owner, by having commands."""
    await store.directory.apply([PutBot(KETTLE), PutBot(SPOON)])
    for again in (False, True):
        if again and store.reopen is not None:
            await store.reopen()
        assert await store.bots.bot("u-2") == KETTLE
        assert await store.bots.by_secret(b"s" * 32) == SPOON
        assert list(await store.bots.owned("u-alice")) == [SPOON, KETTLE]
        assert list(await store.bots.commanded()) == [KETTLE]
    assert await store.bots.bot("u-3") is None
    assert list(await store.bots.owned("u-bob")) == []


async def test_b1_a_bot_is_replaced_and_dropped(store: Store) -> None:
    """B1, B2: the old secret leads nowhere."""
    await store.directory.apply([PutBot(KETTLE)])
    turned = replace(KETTLE, secret=b"n" * 32, turned=50, commands=())
    await store.directory.apply([PutBot(turned)])
    assert await store.bots.by_secret(KETTLE.secret) is None
    assert await store.bots.by_secret(b"n" * 32) == turned
    assert list(await store.bots.commanded()) == []
    await store.directory.apply([DropBot("u-2")])
    assert await store.bots.bot("u-2") is None
    assert await store.bots.by_secret(b"n" * 32) is None


async def test_b1_those_with_commands_come_oldest_first(store: Store) -> None:
    """B1: who had a name first keeps it."""
    late = replace(SPOON, commands=COMMANDS)
    await store.directory.apply([PutBot(late), PutBot(KETTLE)])
    assert [bot.id for bot in await store.bots.commanded()] == ["u-2", "u-1"]


async def test_b3_a_bot_is_an_account(store: Store) -> None:
    """B3: by its nick, without a password, from PutBot to DropBot; what an administrator did to it stays."""
    await store.directory.apply([PutUser(User("u-2", "kettle", guest=False), 1), PutBot(KETTLE)])
    account = await store.accounts.named("kettle")
    assert account is not None
    assert (account.id, account.kind, account.bio) == ("u-2", AccountKind.BOT, "Boils.")
    assert await store.accounts.password("u-2") is None
    await store.accounts.change("u-2", AccountChange(disabled=7))
    await store.directory.apply([PutBot(replace(KETTLE, description="Hums."))])
    account = await store.accounts.find("u-2")
    assert account is not None and (account.disabled, account.bio) == (7, "Hums.")
    await store.directory.apply([PutUser(User("u-2", "kettle"), 1), DropBot("u-2")])
    assert await store.accounts.find("u-2") is None
    assert await store.accounts.named("kettle") is None


async def test_b3_a_bot_takes_nobodys_name(store: Store) -> None:
    """B3: neither what somebody logs in by, nor their nick."""
    await store.accounts.create(Account(id="u-1", name="Kettle", nick="Pot"), None)
    for nick in ("kettle", "pot"):
        put = PutUser(User("u-2", nick, guest=False), 1)
        with pytest.raises(Problem) as refused:
            await store.directory.apply([put, PutBot(replace(KETTLE, nick=nick))])
        assert refused.value.code is Code.CONFLICT
    assert await store.bots.bot("u-2") is None
    assert await store.users.user("u-2") is None


async def test_h1_hooks_are_found_and_dropped(store: Store) -> None:
    """H1, H2."""
    other = Hook("w-1", "tea", "CI", "u-bob", b"o" * 32, 6)
    await store.directory.apply([PutHook(HOOK), PutHook(other)])
    if store.reopen is not None:
        await store.reopen()
    assert await store.hooks.hook("w-2") == HOOK
    assert await store.hooks.by_secret(b"o" * 32) == other
    assert list(await store.hooks.of("tea")) == [other, HOOK]
    await store.directory.apply([DropHook("w-1"), PutHook(replace(HOOK, secret=b"n" * 32))])
    assert await store.hooks.by_secret(b"o" * 32) is None
    assert await store.hooks.by_secret(HOOK.secret) is None
    assert [hook.id for hook in await store.hooks.of("tea")] == ["w-2"]
