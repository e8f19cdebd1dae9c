"""Outgoing webhooks over REST: of one conversation, for its owner and admins, and of the server, for administrators."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from teahouse.engine.outlet_book import By, OutletBook, Wanted
from teahouse.engine.probe import Probed
from teahouse.engine.replays import END, Replay, asked
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import ConversationId, Limit
from teahouse.model.errors import Code, Problem
from teahouse.model.outlets import Outlet
from teahouse.model.results import Result

OutletId = Annotated[str, Meta(min_length=1, max_length=80)]
Url = Annotated[
    str,
    Meta(
        pattern=r"^https?://[A-Za-z0-9.\[\]:-]+(/[!-~]*)?(?![\s\S])",
        max_length=2048,
        description="Where deliveries are posted to; https, unless the server allows http.",
    ),
]
Name = Annotated[str, Meta(max_length=80)]
EntryKind = Literal["message", "edit", "recall", "reaction", "pin", "member", "conversation"]
Kinds = Annotated[tuple[EntryKind, ...], Meta(max_length=7, description="Of what it is told; empty: of all.")]
Places = Annotated[
    tuple[ConversationId, ...],
    Meta(max_length=100, description="Of which conversations it is told; empty: of all but direct ones."),
]
Seq = Annotated[int, Meta(ge=0, le=END)]
Time = Annotated[int, Meta(ge=0, le=END, description="Milliseconds UTC.")]

_URL = "https://example.org/teahouse"
_EXAMPLE = {"url": _URL, "name": "Archive", "kinds": ["message", "edit", "recall"]}
_ROW = {
    "id": "o01b3",
    "conversation": "c01b2",
    "conversations": [],
    "url": _URL,
    "name": "Archive",
    "kinds": ["message", "edit", "recall"],
    "creator": "u01b1",
    "created": 1795476219170,
    "paused": "",
    "failing": 0,
    "cause": "",
}
_MADE = {"webhook": _ROW, "secret": "whs_..."}
_TESTED = {
    "delivered": True,
    "delivery": "o01b3.test.q01b7",
    "status": 204,
    "took_ms": 38,
    "answer": "",
    "why": "",
}


class NewOutlet(Struct, frozen=True):
    url: Url
    name: Name = ""
    kinds: Kinds = ()


class NewServerOutlet(Struct, frozen=True):
    url: Url
    name: Name = ""
    kinds: Kinds = ()
    conversations: Places = ()


class ChangedOutlet(Struct, frozen=True):
    """What is left out stays as it is."""

    url: Url | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    kinds: Kinds | UnsetType = UNSET


class ChangedServerOutlet(Struct, frozen=True):
    """What is left out stays as it is."""

    url: Url | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    kinds: Kinds | UnsetType = UNSET
    conversations: Places | UnsetType = UNSET


class Pausing(Struct, frozen=True):
    paused: bool


class Again(Struct, frozen=True):
    """Of what: entries after seq `after` up to `upto`, or those from `since` until before `until`. `conversation` is
    that of the webhook where it has one; without any, all that it hears are meant, by time."""

    after: Seq | None = None
    upto: Seq | None = None
    since: Time | None = None
    until: Time | None = None
    conversation: ConversationId | None = None


class OutletRow(Result, frozen=True, omit_defaults=False):
    """`conversation` is whose it is; empty: the server's. `paused` says why it is told nothing; empty: it is.
    `failing` is since when no delivery worked (milliseconds UTC; 0: the last one did), `cause` why not."""

    id: str
    conversation: str
    conversations: tuple[str, ...]
    url: str
    name: str
    kinds: tuple[str, ...]
    creator: str
    created: int
    paused: str
    failing: int
    cause: str


class OutletMade(Result, frozen=True, omit_defaults=False):
    """`secret` is what deliveries are signed with. It is told now and never again."""

    webhook: OutletRow
    secret: str


class OutletList(Result, frozen=True, omit_defaults=False):
    webhooks: tuple[OutletRow, ...]


class OutletPage(Result, frozen=True, omit_defaults=False):
    webhooks: tuple[OutletRow, ...]
    more: bool


class OutletsPage(Struct, frozen=True):
    """`after` is the id of the last one of the page before."""

    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 50


class OutletTested(Result, frozen=True, omit_defaults=False):
    """`status` is that of the answer, 0 if there was none: then `why`. `answer` is how it begins; where private
    addresses may be called, only administrators see it. `took_ms`: milliseconds."""

    delivered: bool
    delivery: str
    status: int
    took_ms: int
    answer: str
    why: str


class ConversationOutlets:
    def __init__(self, book: OutletBook) -> None:
        self._book = book

    @operation(
        "POST /conversations/{conversation}/outgoing-webhooks",
        201,
        refuses=(Code.CONFLICT,),
        example=_EXAMPLE,
        answer=_MADE,
    )
    async def make(self, call: Call, conversation: ConversationId, body: NewOutlet) -> OutletMade:
        """Have an address told of what happens in a conversation. By its owner and admins."""
        wanted = Wanted(body.url, body.name, body.kinds)
        return _made(call, await self._book.make(_by(call, conversation), wanted))

    @operation("GET /conversations/{conversation}/outgoing-webhooks", answer={"webhooks": [_ROW]})
    async def all(self, call: Call, conversation: ConversationId) -> OutletList:
        """The outgoing webhooks of a conversation, without their secrets."""
        return OutletList(tuple(_row(one) for one in await self._book.of(_by(call, conversation))))

    @operation("GET /conversations/{conversation}/outgoing-webhooks/{outlet}", answer=_ROW)
    async def one(self, call: Call, conversation: ConversationId, outlet: OutletId) -> OutletRow:
        """One of them: its settings, and whether deliveries arrive."""
        return _row(await self._book.one(_by(call, conversation), outlet))

    @operation(
        "PATCH /conversations/{conversation}/outgoing-webhooks/{outlet}",
        example={"kinds": ["message"]},
        answer=_ROW,
    )
    async def change(
        self, call: Call, conversation: ConversationId, outlet: OutletId, body: ChangedOutlet
    ) -> OutletRow:
        """Change where deliveries go, and of what."""

        def how(known: Outlet) -> Outlet:
            return _changed(known, body.url, body.name, body.kinds)

        return _row(await self._book.change(_by(call, conversation), outlet, how))

    @operation("POST /conversations/{conversation}/outgoing-webhooks/{outlet}/secret", answer=_MADE)
    async def turn(self, call: Call, conversation: ConversationId, outlet: OutletId) -> OutletMade:
        """A new secret. For a day, deliveries are signed with the one before, too."""
        return _made(call, await self._book.turn(_by(call, conversation), outlet))

    @operation(
        "PUT /conversations/{conversation}/outgoing-webhooks/{outlet}/paused",
        example={"paused": False},
        answer=_ROW,
    )
    async def pause(
        self, call: Call, conversation: ConversationId, outlet: OutletId, body: Pausing
    ) -> OutletRow:
        """Pause it, or turn it on again: what happened meanwhile is told by a replay only."""
        return _row(await self._book.pause(_by(call, conversation), outlet, body.paused))

    @operation(
        "POST /conversations/{conversation}/outgoing-webhooks/{outlet}/replay",
        202,
        refuses=(Code.CONFLICT,),
        example={"after": 100, "upto": 200},
    )
    async def replay(self, call: Call, conversation: ConversationId, outlet: OutletId, body: Again) -> None:
        """Tell it again of what happened, with the delivery ids of the first time."""
        if body.conversation is not None and body.conversation != conversation:
            raise Problem(Code.BAD_REQUEST, "this webhook hears only its own conversation")
        await self._book.replay(_by(call, conversation), outlet, _replay(body, conversation))

    @operation(
        "POST /conversations/{conversation}/outgoing-webhooks/{outlet}/test",
        refuses=(Code.CONFLICT,),
        answer=_TESTED,
    )
    async def test(self, call: Call, conversation: ConversationId, outlet: OutletId) -> OutletTested:
        """Send it a test delivery, signed, and see what it answers. It is tried once; nothing else is changed by it."""
        return _tested(await self._book.test(_by(call, conversation), outlet))

    @operation("DELETE /conversations/{conversation}/outgoing-webhooks/{outlet}")
    async def drop(self, call: Call, conversation: ConversationId, outlet: OutletId) -> None:
        """Drop it: nothing more is delivered."""
        await self._book.drop(_by(call, conversation), outlet)


class ServerOutlets:
    def __init__(self, book: OutletBook) -> None:
        self._book = book

    @operation(
        "POST /admin/outgoing-webhooks",
        201,
        who=Who.ADMIN,
        refuses=(Code.CONFLICT,),
        example=_EXAMPLE,
        answer={**_MADE, "webhook": {**_ROW, "conversation": ""}},
    )
    async def make(self, call: Call, body: NewServerOutlet) -> OutletMade:
        """Have an address told of what happens on the server."""
        wanted = Wanted(body.url, body.name, body.kinds, body.conversations)
        return _made(call, await self._book.make(_by(call), wanted))

    @operation("GET /admin/outgoing-webhooks", who=Who.ADMIN, answer={"webhooks": [_ROW], "more": False})
    async def all(self, call: Call, query: OutletsPage) -> OutletPage:
        """All outgoing webhooks, those of conversations, too."""
        found = await self._book.of(_by(call), query.after, query.limit + 1)
        return OutletPage(tuple(_row(one) for one in found[: query.limit]), len(found) > query.limit)

    @operation("GET /admin/outgoing-webhooks/{outlet}", who=Who.ADMIN, answer=_ROW)
    async def one(self, call: Call, outlet: OutletId) -> OutletRow:
        """One of them: its settings, and whether deliveries arrive."""
        return _row(await self._book.one(_by(call), outlet))

    @operation(
        "PATCH /admin/outgoing-webhooks/{outlet}",
        who=Who.ADMIN,
        example={"conversations": ["lobby"]},
        answer=_ROW,
    )
    async def change(self, call: Call, outlet: OutletId, body: ChangedServerOutlet) -> OutletRow:
        """Change one of the server: where deliveries go, and of what."""

        def how(known: Outlet) -> Outlet:
            changed = _changed(known, body.url, body.name, body.kinds)
            return (
                changed if body.conversations is UNSET else replace(changed, conversations=body.conversations)
            )

        return _row(await self._book.change(_by(call), outlet, how))

    @operation("POST /admin/outgoing-webhooks/{outlet}/secret", who=Who.ADMIN, answer=_MADE)
    async def turn(self, call: Call, outlet: OutletId) -> OutletMade:
        """A new secret for one of the server. For a day, deliveries are signed with the one before, too."""
        return _made(call, await self._book.turn(_by(call), outlet))

    @operation(
        "PUT /admin/outgoing-webhooks/{outlet}/paused",
        who=Who.ADMIN,
        example={"paused": True},
        answer=_ROW,
    )
    async def pause(self, call: Call, outlet: OutletId, body: Pausing) -> OutletRow:
        """Pause any of them, or turn it on again: what happened meanwhile is told by a replay only."""
        return _row(await self._book.pause(_by(call), outlet, body.paused))

    @operation(
        "POST /admin/outgoing-webhooks/{outlet}/replay",
        202,
        who=Who.ADMIN,
        refuses=(Code.CONFLICT,),
        example={"since": 1795476219170, "until": 1795479819170},
    )
    async def replay(self, call: Call, outlet: OutletId, body: Again) -> None:
        """Tell one again of what happened, with the delivery ids of the first time."""
        await self._book.replay(_by(call), outlet, _replay(body))

    @operation(
        "POST /admin/outgoing-webhooks/{outlet}/test",
        who=Who.ADMIN,
        refuses=(Code.CONFLICT,),
        answer=_TESTED,
    )
    async def test(self, call: Call, outlet: OutletId) -> OutletTested:
        """Send any of them a test delivery, signed, and see what it answers."""
        return _tested(await self._book.test(_by(call), outlet))

    @operation("DELETE /admin/outgoing-webhooks/{outlet}", who=Who.ADMIN)
    async def drop(self, call: Call, outlet: OutletId) -> None:
        """Drop any of them: nothing more is delivered."""
        await self._book.drop(_by(call), outlet)


def _by(call: Call, conversation: str = "") -> By:
    return By(call.caller, call.address, conversation)


def _changed(
    known: Outlet, url: str | UnsetType, name: str | UnsetType, kinds: tuple[str, ...] | UnsetType
) -> Outlet:
    return replace(
        known,
        url=known.url if url is UNSET else url,
        name=known.name if name is UNSET else name,
        kinds=known.kinds if kinds is UNSET else kinds,
    )


def _replay(body: Again, conversation: str = "") -> Replay:
    return asked(conversation or body.conversation or "", (body.after, body.upto), (body.since, body.until))


def _made(call: Call, outlet: Outlet) -> OutletMade:
    call.keep_secret()
    return OutletMade(_row(outlet), outlet.secret)


def _tested(p: Probed) -> OutletTested:
    return OutletTested(p.delivered, p.delivery, p.status, p.ms, p.answer, p.why)


def _row(o: Outlet) -> OutletRow:
    what = (o.id, o.conversation, o.conversations, o.url, o.name, o.kinds, o.creator, o.created)
    return OutletRow(*what, o.paused, o.failing, o.cause)
