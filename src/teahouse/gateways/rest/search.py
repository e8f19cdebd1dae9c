"""Search over REST."""

import msgspec
from msgspec import Struct

from teahouse.gateways.rest.messages import READ
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, SearchCursor, SearchLimit, SearchText, Time, UserId
from teahouse.model.errors import Code


class Asked(Struct, frozen=True):
    query: SearchText
    conversation: ConversationId | None = None
    from_: UserId | None = msgspec.field(name="from", default=None)
    before: Time | None = None
    after: Time | None = None
    cursor: SearchCursor | None = None
    limit: SearchLimit = 20


class Searches:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "GET /search",
        scope=READ,
        refuses=(Code.NOT_FOUND,),
        answer={
            "hits": [
                {
                    "entry": {
                        "ev": "message",
                        "conversation": "lobby",
                        "seq": 7,
                        "message": "lobby.7",
                        "sender": {"id": "u01a20acc5fdc742b947474691f836a2c", "nick": "alice"},
                        "at": 1795477496834,
                        "body": {"type": "text", "text": "The kettle is on."},
                    },
                    "snippet": "The kettle is on.",
                    "marks": [[4, 6]],
                }
            ],
            "more": True,
            "next": "lobby.7",
        },
    )
    async def search(self, call: Call, query: Asked) -> results.SearchPage:
        """Find messages, newest first, in all that one may read.

        `query` is words, "exact phrases", -excluded, and filters: from:@nick, in:title, has:link, before:YYYY-MM-DD,
        after:YYYY-MM-DD. `before` and `after` are milliseconds UTC. `next` of the answer is the `cursor` of the page
        after it.
        """
        command = commands.Search(
            id=0,
            query=query.query,
            conversation=query.conversation,
            from_=query.from_,
            before=query.before,
            after=query.after,
            cursor=query.cursor,
            limit=query.limit,
        )
        return await self._ask(call, command, results.SearchPage)
