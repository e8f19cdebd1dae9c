"""Previews of links over REST."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.engine.previews import Previews as Source
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.model import results
from teahouse.model.errors import Code

READ = "messages:read"


class Link(Struct, frozen=True):
    url: Annotated[str, Meta(pattern="^[Hh][Tt][Tt][Pp][Ss]?://", max_length=2048)]


class Previews:
    def __init__(self, source: Source) -> None:
        self._source = source

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
