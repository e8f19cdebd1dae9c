"""The terminal: lines from a person, lines to a person, without breaking the line being typed.

Rule: what others wrote is never trusted: control characters are made visible, so that no message can move the
cursor or change colours. Works with pipes, too: then there is no prompt. Called by chat.py.
"""

import asyncio
import readline  # from now on input() edits lines with it, and we can ask what is typed so far
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from typing import TextIO

from teahouse.fullscreen.printable import printable as harmless

_CLEAR_LINE = "\r\x1b[K"


def printable(text: str) -> str:
    """`text` made harmless, further lines indented."""
    return harmless(text).replace("\n", "\n    ")


class Terminal:
    """`prompt` stands before the line being typed, if a person types."""

    def __init__(self, prompt: str = "", out: TextIO = sys.stdout) -> None:
        self.prompt = prompt
        self._out = out
        self._person = sys.stdin.isatty() and out.isatty()
        self._typing = False
        self._pipe = None if self._person else FileIO(0, closefd=False)

    def show(self, line: str) -> None:
        """Print a line. A half-typed one is taken away and put back below."""
        if not self._typing:
            print(line, file=self._out, flush=True)
            return
        typed = readline.get_line_buffer()
        print(f"{_CLEAR_LINE}{line}\n{self.prompt}{typed}", end="", file=self._out, flush=True)

    async def line(self) -> str | None:
        """The next line a person enters, without its end; None at the end of input.

        It is read by a thread of its own that nobody waits for at exit: a blocked read cannot be called off.
        """
        loop = asyncio.get_running_loop()
        entered: asyncio.Future[str | None] = loop.create_future()

        def give(line: str | None) -> None:
            if not entered.done():
                entered.set_result(line)

        def read() -> None:
            line = self._read()
            with suppress(RuntimeError):  # the loop is closed: the program ends
                loop.call_soon_threadsafe(give, line)

        self._typing = self._person
        try:
            threading.Thread(target=read, daemon=True).start()
            return await entered
        finally:
            self._typing = False

    def _read(self) -> str | None:
        read: Callable[[], str | None] = self._read_typed if self._pipe is None else self._read_piped
        try:
            return read()
        except (EOFError, OSError):
            return None

    def _read_typed(self) -> str:
        return input(self.prompt)

    def _read_piped(self) -> str | None:
        # Unbuffered: a thread that is blocked here at exit holds no lock the interpreter needs.
        assert self._pipe is not None
        line = self._pipe.readline()
        return line.decode(errors="replace").rstrip("\r\n") if line else None


@contextmanager
def restored() -> Iterator[None]:
    """Leave the terminal as it was, also when a line is being typed at the end."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(0)
    try:
        yield
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)
