from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest

from teahouse.engine import scopes
from teahouse.gateways import rest
from teahouse.model.bots import SCOPES
from teahouse.model.caller import Caller
from teahouse.model.commands import AnyCommand, History, Online, Ping, Post, Send
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from tests.support.house import House

BOT = User("u-bot", "bot", guest=False)


def test_every_command_of_the_protocol_has_a_scope() -> None:
    assert set(get_args(AnyCommand)) == scopes.SCOPE_OF.keys()
    assert set(scopes.SCOPE_OF.values()) - {scopes.FREE, scopes.PEOPLE} <= set(SCOPES)


def test_what_is_not_in_the_table_no_bot_may_do() -> None:
    with pytest.raises(Problem) as refused:
        scopes.check(SCOPES, Post(hook="w"))
    assert refused.value.code is Code.FORBIDDEN


def test_rest_names_scopes_that_exist() -> None:
    """Whatever stands in gateways/rest."""
    modules = [import_module(f"{rest.__name__}.{found.name}") for found in iter_modules(rest.__path__)]
    resources = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    methods = [method for resource in resources for method in vars(resource).values()]
    found = {operation.scope for method in methods if (operation := getattr(method, "__operation__", None))}
    assert {"messages:read", "files:write", None} <= found
    assert found - {None} <= set(SCOPES)


async def test_a_bot_does_what_its_scopes_say_and_no_more() -> None:
    async with House() as house:
        caller = Caller(BOT, scopes=("messages:write",))
        sent = await house.engine.call(caller, Send(id=1, to="lobby", text="beep"))
        assert sent.seq == 1  # type: ignore[attr-defined]
        await house.engine.call(caller, Ping(id=1))
        for command in (History(id=1, conversation="lobby"), Online(id=1)):
            with pytest.raises(Problem) as refused:
                await house.engine.call(caller, command)
            assert refused.value.code is Code.FORBIDDEN
            assert str(scopes.SCOPE_OF[type(command)]) in refused.value.message


async def test_what_a_bot_writes_says_so() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        await house.engine.call(Caller(BOT, scopes=("messages:write",)), Send(id=1, to="lobby", text="beep"))
        assert (await alice.event("message"))["bot"] is True
        await alice.ask("send", to="lobby", text="hi")
        entries = (await alice.ask("history", conversation="lobby"))["entries"]
        assert ["bot" in entry for entry in entries] == [True, False]
