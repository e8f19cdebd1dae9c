"""Keeper: all that is done with files, put together. Made by verbs.py where the server keeps files."""

from collections.abc import Callable
from dataclasses import replace

from teahouse.engine.avatars import Avatars
from teahouse.engine.filing import Filing
from teahouse.engine.history import Reader
from teahouse.engine.patience import PatientFiles
from teahouse.engine.rosters import Rosters
from teahouse.engine.shelf import Shelf
from teahouse.engine.tidy import Tidy
from teahouse.engine.uploads import Uploads
from teahouse.ports.clock import Clock


class Keeper:
    """`take_call` counts what a user asks, and refuses what is too much. Set by verbs.py."""

    def __init__(
        self, filing: Filing, clock: Clock, rosters: Rosters, reader: Reader, timeout_s: float
    ) -> None:
        self.take_call: Callable[[str], None]
        self.files = PatientFiles(filing.files, timeout_s, filing.pictures)
        filing = replace(filing, files=self.files)
        self.uploads = Uploads(filing, clock)
        self.shelf = Shelf(filing, rosters, reader, self.uploads.busy)
        self.avatars = Avatars(self.files, self.files, self.shelf)
        self.tidy = Tidy(filing, clock, self.uploads.busy)
        self.options = filing.options

    def start(self) -> None:
        self.tidy.start()

    async def stop(self) -> None:
        await self.tidy.stop()
        await self.shelf.stop()
