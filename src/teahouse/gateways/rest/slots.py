"""Slots over HTTP: where clients of XMPP put and get files (XEP-0363), by addresses that they were given."""

from typing import Annotated

from msgspec import Meta
from starlette.responses import Response

from teahouse.gateways import slots
from teahouse.gateways.rest.files import PARTS, SERVED, FileId
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.served import file_response
from teahouse.gateways.rest.uploads import body_of
from teahouse.model.errors import Code

Mark = Annotated[str, Meta(min_length=1, max_length=64)]
FileName = Annotated[str, Meta(min_length=1, max_length=1024)]


class Slots:
    def __init__(self, kept: slots.Slots) -> None:
        self._slots = kept

    @operation(
        "PUT /files/slots/{file}/{mark}",
        201,
        who=Who.ANYBODY,
        takes="application/octet-stream",
        optional=True,
        refuses=(Code.NOT_FOUND, Code.CONFLICT, Code.TOO_LARGE),
    )
    async def fill(self, call: Call, file: FileId, mark: Mark) -> None:
        """Put a file at the address that XMPP gave for it, once: its bytes are the body."""
        await self._slots.put(file, mark, body_of(call.request))

    @operation(
        "GET /files/slots/{file}/{mark}/{name}",
        who=Who.ANYBODY,
        gives=SERVED,
        also=PARTS,
        refuses=(Code.NOT_FOUND,),
    )
    async def content(self, call: Call, file: FileId, mark: Mark, name: FileName) -> Response:
        """Get a file by the address that a message over XMPP gave. The name is for people."""
        found = await self._slots.find(file, mark)
        return file_response(
            call.request, found, lambda start, end: self._slots.content(found, start, end), True
        )
