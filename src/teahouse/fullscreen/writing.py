"""Writing: what becomes of the words in the input: a message, a reply, an edit, a command.

Rule: it knows what the person is about to do (`reply_to`, `editing`), and keeps what is half written in each
conversation. Called by program.py, and by the slash commands.
"""

import asyncio
from typing import TYPE_CHECKING

from teahouse.client import LogEvent
from teahouse.fullscreen import deeds
from teahouse.fullscreen.composer import Composer
from teahouse.fullscreen.printable import printable
from teahouse.fullscreen.transcript import Line

if TYPE_CHECKING:
    from teahouse.fullscreen.program import Program

_TYPING_S = 3.0


class Writing:
    def __init__(self, program: "Program", composer: Composer) -> None:
        self._program = program
        self._composer = composer
        self.reply_to: LogEvent | None = None
        self.editing: LogEvent | None = None
        self._drafts: dict[str, str] = {}
        self._typed_at = 0.0

    def move(self, here: str, there: str) -> None:
        """Another conversation: what is half written waits where it was."""
        if here != there:
            self._drafts[here] = "" if self.editing is not None else self._composer.text
            self.stop(self._drafts.pop(there, ""))

    def stop(self, text: str = "") -> None:
        """No reply and no edit any more, and this in the input."""
        self.reply_to = self.editing = None
        self._composer.take(text)
        self._program.changed()

    def cancel(self) -> None:
        """Leave the reply or the edit. What was written as a reply stays."""
        if self.editing is not None or self.reply_to is not None:
            self.stop("" if self.editing is not None else self._composer.text)

    def submit(self, text: str) -> None:
        """Enter: send, change or do what was written."""
        visit = self._program.visit
        if not visit.here:
            return
        if self.editing is not None:
            if not text.strip():
                self._program.tell(self._program.say("empty"))
                return
            self._program.do(deeds.edit(visit, self.editing, text.strip()))
        elif not text.strip() or (text.startswith("/") and not self._obey(text)):
            return
        elif not text.startswith("/"):
            self._say(text)
        self.stop()

    def _say(self, text: str) -> None:
        self.send(text.strip(), self.reply_to.seq if self.reply_to is not None else None)

    def send(self, text: str, reply_to: int | None = None, markdown: bool = False) -> None:
        deeds.say(self._program.visit, text, reply_to, markdown)
        self._program.to_the_end()

    def _obey(self, text: str) -> bool:
        """Do what a slash command says; false if there is none of this name."""
        name, _, rest = text[1:].replace("\n", " ", 1).partition(" ")
        handler = self._program.slash.handler(name)
        if handler is not None:
            self._program.do(handler(rest.strip()))
        elif self._program.slash.said(name):
            self._say(text)
        else:
            self._program.tell(self._program.say("no_command", f"/{name}"))
            return False
        return True

    def begin_reply(self, entry: LogEvent) -> None:
        if self.editing is not None:
            self.stop()
        self.reply_to = entry
        self._program.action_compose()

    def begin_edit(self, entry: LogEvent) -> None:
        if entry.sender.id != self._program.visit.me.id or entry.recalled:
            self._program.tell(self._program.say("no_own"))
            return
        self.reply_to, self.editing = None, entry
        self._composer.take(printable(entry.text))
        self._program.action_compose()

    def edit_last(self) -> None:
        visit = self._program.visit
        last = visit.transcript(visit.here).last_own()
        if last is not None:
            self.begin_edit(last)

    def begin_reaction(self, entry: LogEvent) -> None:
        self._composer.take(f"/react #{entry.seq} ")
        self._program.action_compose()

    def take_back(self, line: Line) -> None:
        """A message that was refused goes back to the input."""
        outgoing, visit = line.outgoing, self._program.visit
        if outgoing is not None and outgoing.problem is not None:
            visit.transcript(visit.here).drop(outgoing)
            self.stop(outgoing.text)
            self._program.action_compose()

    def typed(self) -> None:
        """Tell the others that one is writing, now and then."""
        visit, now, text = self._program.visit, asyncio.get_running_loop().time(), self._composer.text
        told = now - self._typed_at < _TYPING_S
        if text and not text.startswith("/") and not told and visit.talk is not None:
            self._typed_at = now
            visit.errand(visit.client.typing(visit.here))
