"""Incoming webhooks over REST: their keeping, by owner and admins of a conversation, and the addresses themselves."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from teahouse.engine.buckets import Buckets
from teahouse.engine.fresh import digest
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Ask, Call, Engine
from teahouse.model import commands, programs, results
from teahouse.model.caller import Caller
from teahouse.model.commands import Cid, ConversationId, Style
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Rate
from teahouse.model.ids import check_nick
from teahouse.model.people import User
from teahouse.model.results import Result
from teahouse.ports.bots import Hooks
from teahouse.ports.clock import Clock
from teahouse.wire import payloads

HookId = Annotated[str, Meta(min_length=1, max_length=80)]
HookToken = Annotated[str, Meta(min_length=1, max_length=80)]
Picture = Annotated[str, Meta(max_length=500, pattern="^(https://[^\\s\"'<>]+)?$")]

GUESSES = Rate(1.0, 20)
"""Addresses that lead nowhere, from one place."""

_EVENT_HEADERS = ("x-github-event", "x-gitlab-event")
_KEY_HEADERS = ("x-github-delivery", "x-gitlab-event-uuid")


class NewWebhook(Struct, frozen=True):
    """`style` is what will be posted: `plain`: {text or body, nick?, avatar?}; `github`, `gitlab`, `alertmanager`:
    what these send; `template`: any JSON, said by `template`, as in "{{ alert.title }}: {{ alert.url }}"."""

    nick: Annotated[str, Meta(min_length=1, max_length=32)]
    style: Style = "plain"
    avatar: Picture = ""
    template: Annotated[str, Meta(max_length=4000)] = ""


class WebhookMade(Result, frozen=True):
    """`url` is told now and never again: whoever knows it may write."""

    webhook: programs.HookRow
    token: str
    url: str


class Posting(Struct, frozen=True):
    """The same key with the same message is stored once. GitHub and GitLab send keys of their own."""

    key: Cid | None = msgspec.field(name="Idempotency-Key", default=None)


class Webhooks:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "POST /conversations/{conversation}/webhooks",
        201,
        refuses=(Code.CONFLICT,),
        example={"nick": "GitHub", "style": "github"},
    )
    async def make(self, call: Call, conversation: ConversationId, body: NewWebhook) -> WebhookMade:
        """Make an address that writes into a conversation. By its owner and admins."""
        if body.style == "template":
            payloads.check_template(body.template)
        elif body.template:
            raise Problem(Code.BAD_REQUEST, 'a template goes with "style": "template"')
        command = commands.MakeHook(
            id=0,
            conversation=conversation,
            nick=check_nick(body.nick),
            style=body.style,
            avatar=body.avatar,
            template=body.template,
        )
        return _made(call, await self._ask(call, command, programs.HookMade))

    @operation("GET /conversations/{conversation}/webhooks")
    async def all(self, call: Call, conversation: ConversationId) -> programs.HookList:
        """The webhooks of a conversation, without their addresses."""
        return await self._ask(call, commands.ListHooks(id=0, conversation=conversation), programs.HookList)

    @operation("POST /conversations/{conversation}/webhooks/{webhook}/token")
    async def turn(self, call: Call, conversation: ConversationId, webhook: HookId) -> WebhookMade:
        """A new address; the old one leads nowhere from now on."""
        command = commands.TurnHook(id=0, conversation=conversation, hook=webhook)
        return _made(call, await self._ask(call, command, programs.HookMade))

    @operation("DELETE /conversations/{conversation}/webhooks/{webhook}")
    async def drop(self, call: Call, conversation: ConversationId, webhook: HookId) -> None:
        """Drop a webhook. What it wrote stays."""
        command = commands.DropHook(id=0, conversation=conversation, hook=webhook)
        await self._ask(call, command, results.Done)


class Addresses:
    """`POST hooks/{token}`: whoever knows the address writes."""

    def __init__(self, engine: Engine, hooks: Hooks, clock: Clock) -> None:
        self._engine = engine
        self._hooks = hooks
        self._clock = clock
        self._guesses = Buckets(GUESSES)

    @operation(
        "POST /hooks/{token}",
        who=Who.ANYBODY,
        refuses=(Code.IDEMPOTENCY_CONFLICT,),
        example={"text": "The build is green.", "nick": "CI"},
    )
    async def post(
        self, call: Call, token: HookToken, body: dict[str, Any], headers: Posting
    ) -> results.Sent | results.Done:
        """Write into the conversation of a webhook.

        What the body looks like is the webhook's style. What a service tells of that makes no message (a branch was
        removed, say) is answered with an empty object.
        """
        hook = await self._hooks.by_secret(digest(token))
        if hook is None:
            self._guesses.take(call.address, self._clock.monotonic())
            raise Problem(Code.NOT_FOUND, "there is no such webhook")
        given = call.request.headers
        event = next((given[name] for name in _EVENT_HEADERS if name in given), "")
        said = payloads.spoken(hook.style, hook.template, body, event)
        if said.text is None and said.body is None:
            return results.Done()
        command = commands.Post(
            id=0,
            hook=hook.id,
            text=said.text,
            body=said.body,
            cid=headers.key or next((given[name][:64] for name in _KEY_HEADERS if given.get(name)), None),
            nick=_shown(said.nick),
            avatar=_checked(said.avatar),
        )
        sender = Caller(User(hook.id, hook.nick, guest=False), f"hook:{hook.id}")
        result = await self._engine.call(sender, command, call.address)
        assert isinstance(result, results.Sent)
        return result


def _made(call: Call, made: programs.HookMade) -> WebhookMade:
    call.keep_secret()
    url = str(call.request.base_url).rstrip("/") + "/api/v1/hooks/" + made.token
    return WebhookMade(made.webhook, made.token, url)


def _shown(nick: str) -> str:
    """A name to be shown beside the webhook's own: one line, no handle."""
    line = " ".join(nick.split())
    if len(line) > 64 or not line.isprintable():
        raise Problem(Code.BAD_REQUEST, "a name to be shown has at most 64 characters that can be printed")
    return line


def _checked(avatar: str) -> str:
    if avatar:
        try:
            msgspec.convert(avatar, Picture)
        except msgspec.ValidationError:
            raise Problem(Code.BAD_REQUEST, "avatar is the https address of a picture") from None
    return avatar
