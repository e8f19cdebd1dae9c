"""The driver is not broken off in the middle: it does not bear it. Seen in a storm, where one of three nodes had lost
patience while MongoDB was away, and never had an answer of it again."""

import ast
import asyncio
import gc
from pathlib import Path

import pytest

import teahouse.backends.mongodb
from teahouse.backends.mongodb.connection import whole


async def test_what_is_whole_goes_on_when_nobody_waits_for_it() -> None:
    gate, ended = asyncio.Event(), asyncio.Event()

    @whole
    async def ask(question: str) -> str:
        await gate.wait()
        ended.set()
        return question

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await ask("lost")
    waiting = asyncio.create_task(ask("tea"))
    gate.set()
    assert await waiting == "tea"
    assert ended.is_set()


async def test_who_is_gone_hears_of_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    gate = asyncio.Event()

    @whole
    async def fail() -> None:
        await gate.wait()
        raise ValueError

    waiting = asyncio.create_task(fail())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.set()
    await asyncio.sleep(0.01)
    gc.collect()
    assert not caplog.records


def test_whatever_uses_a_connection_is_whole() -> None:
    for file in Path(teahouse.backends.mongodb.__file__).parent.rglob("*.py"):
        source = file.read_text()
        for node in ast.walk(ast.parse(source)):
            part = ast.get_source_segment(source, node) if isinstance(node, ast.AsyncFunctionDef) else None
            if isinstance(node, ast.AsyncFunctionDef) and ".using()" in (part or ""):
                marks = [mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)]
                assert "whole" in marks, f"{file.name}: {node.name}"
