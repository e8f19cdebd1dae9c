"""What begins a session and keeps it alive."""

from typing import Annotated

from msgspec import Meta

from teahouse.model.commands.fields import Command, Cursors


class Hello(Command, frozen=True):
    """`whole`: the cursors name all conversations the device knew; of any other all that may be read follows."""

    nick: Annotated[str, Meta(max_length=128)] | None = None
    resume: Annotated[str, Meta(max_length=256)] | None = None
    user: Annotated[str, Meta(max_length=128)] | None = None
    password: Annotated[str, Meta(max_length=1024)] | None = None
    token: Annotated[str, Meta(max_length=8192)] | None = None
    device: Annotated[str, Meta(max_length=64)] | None = None
    cursors: Cursors | None = None
    whole: bool = False


class Ping(Command, frozen=True):
    pass
