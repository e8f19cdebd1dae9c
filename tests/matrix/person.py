"""Somebody at a door, with a client that was not made by us where there is one: what they say there, and what of the
others they heard.

Rule: whatever a protocol calls it, what was heard is noted as (what, seq, words): a message with its text, an edit and
a recall with the seq of the message they are about, a receipt ("read") with the nick of the reader.
"""

import asyncio
from contextlib import suppress
from typing import Any

WAIT_S = 20.0
PASSWORD = "correct horse battery"

Json = dict[str, Any]
Heard = tuple[str, int, str]


class Person:
    """Of one user, at one door, in one conversation."""

    def __init__(self, name: str, token: str, ready: Json) -> None:
        self.name = name
        self.token = token
        self.ready = ready
        self.conversation = ""
        self.heard: list[Heard] = []
        self._news = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def enter(self, conversation: str) -> None:
        """Connect, and listen from now on."""
        self.conversation = conversation
        self._listening = asyncio.create_task(self._listen())

    async def say(self, text: str) -> int:
        """A message; its seq."""
        raise NotImplementedError

    async def edit(self, seq: int, text: str) -> None:
        raise NotImplementedError

    async def recall(self, seq: int) -> None:
        raise NotImplementedError

    async def read(self, seq: int) -> None:
        """Tell that all up to this was read."""
        raise NotImplementedError

    async def leave(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        raise NotImplementedError

    def note(self, what: str, seq: int, words: str = "") -> None:
        self.heard.append((what, seq, words))
        self._news.set()

    async def until(self, *wanted: Any) -> None:
        """Until this was heard. TimeoutError with what was heard instead."""
        try:
            async with asyncio.timeout(WAIT_S):
                while tuple(wanted) not in self.heard:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"{self.name} waited for {wanted} and heard {self.heard[-6:]}") from None
