"""Somebody before the full-screen client, with a keyboard and eyes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.pilot import Pilot

from teahouse.client import Client, Hello
from teahouse.client.account import Login
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.program import Program

PATIENCE_S = 20.0


class Seat:
    def __init__(self, program: Program, pilot: Pilot[None]) -> None:
        self.program = program
        self.pilot = pilot

    @property
    def screen(self) -> str:
        """All that is on the screen now."""
        strips = self.program.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def said(self) -> list[str]:
        """The texts of the messages of this conversation, in the order they are shown."""
        visit = self.program.visit
        texts = []
        for line in visit.transcript(visit.here).lines():
            if line.outgoing is not None:
                texts.append(line.outgoing.text)
            elif line.entry is not None and line.entry.ev == "message":
                texts.append(line.entry.text)
        return texts

    async def see(self, *texts: str) -> str:
        """Wait until all of these are on the screen."""
        await self.until(lambda: all(text in self.screen for text in texts), f"{texts}")
        return self.screen

    async def see_no(self, text: str) -> None:
        await self.until(lambda: text not in self.screen, f"no {text!r}")

    async def until(self, true: Callable[[], bool], what: str = "") -> None:
        end = time.monotonic() + PATIENCE_S
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"not seen: {what}\n{self.screen}")
            await asyncio.sleep(0.02)

    async def type(self, text: str) -> None:
        """Characters as an input method or a keyboard gives them."""
        for character in text:
            self.program.post_message(events.Key("space" if character == " " else character, character))
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        await self.type(text)
        await self.pilot.press("enter")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def beat(self) -> None:
        await self.pilot.pause(0.1)


@asynccontextmanager
async def seated(
    url: str,
    nick: str = "alice",
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    login: Login | None = None,
    **more: Any,
) -> AsyncIterator[Seat]:
    """Somebody who has come into the lobby."""
    hello = Hello() if login is not None else Hello(nick=nick)
    token = login.access_token if login is not None else None
    client = Client(url, hello, timeout_s=3.0, token=token)
    await client.connect()
    program = Program(client, login, Language(language), **more)
    try:
        async with program.run_test(size=size) as pilot:
            seat = Seat(program, pilot)
            await seat.see("Lobby")
            await seat.until(lambda: program.visit.transcript("lobby").loaded)
            yield seat
    finally:
        await program.visit.close(0)
