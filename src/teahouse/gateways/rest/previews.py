"""Previews of links over REST."""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from teahouse.engine.pictures import KINDS, Pictures
from teahouse.engine.previews import Previews as Source
from teahouse.gateways.rest.files import UNCHANGED
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.served import bytes_response
from teahouse.model import results
from teahouse.model.errors import Code

READ = "messages:read"


class Link(Struct, frozen=True):
    url: Annotated[str, Meta(pattern="^[Hh][Tt][Tt][Pp][Ss]?://", max_length=2048)]


class Previews:
    def __init__(self, source: Source, pictures: Pictures) -> None:
        self._source = source
        self._pictures = pictures

    @operation(
        "GET /previews",
        scope=READ,
        refuses=(Code.NOT_FOUND,),
        answer={
            "url": "https://tea.example.org/longjing",
            "title": "Longjing",
            "description": "A pan-roasted green tea from Hangzhou.",
            "image": "https://tea.example.org/longjing.jpg",
            "site": "Tea",
        },
    )
    async def preview(self, call: Call, query: Link) -> results.PagePreview:
        """What a web page says of itself, to show beside a link.

        The server fetches the page, if its address is public; that there is no preview is all that is told otherwise.
        """
        call.headers["Cache-Control"] = "private, max-age=300"
        return await self._source.preview(call.user, query.url)

    @operation(
        "GET /previews/image",
        scope=READ,
        refuses=(Code.NOT_FOUND,),
        gives=", ".join(KINDS),
        also=UNCHANGED,
    )
    async def image(self, call: Call, query: Link) -> Response:
        """The picture of a preview, fetched by the server, so that whoever is shown a link calls nobody else.

        `not_found` if there is no picture at the address, for whatever reason.
        """
        picture = await self._pictures.picture(call.user, query.url)
        return bytes_response(call.request, picture.etag, picture.media, picture.data)
