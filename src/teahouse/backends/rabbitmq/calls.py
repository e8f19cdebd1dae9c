"""Calls: notifications that another process hands to the push services. The server's side; the other is in caller.py.

Rule: the server decides at the last moment whom to tell what, and only the call leaves it. It stays the server's job:
if no answer comes, its lease and its tries are as they were. Calls are not kept on disk, for words and tokens stand in
them, and are thrown away when nobody takes them in time. Made by app/push.py.
"""

import asyncio
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec

from teahouse.backends.rabbitmq.carrier import Carrier, settle
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.model.push import Notice, PushDevice, PushKind
from teahouse.ports.clock import Clock
from teahouse.ports.push import DeviceGone, NotTaken, Pusher, TryLater

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage

ANSWER_S = 25.0
"""Shorter than the time a job may take."""
MOST_WAITING = 1000
ALONE_S = 15.0
"""Where no worker answers, the next call waits so long."""
_REMEMBERED = 1000


class PushCall(msgspec.Struct, frozen=True, gc=False):
    device: PushDevice
    notice: Notice


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What became of a call; `rests_s` is how long the service is left alone now."""

    what: Literal["taken", "gone", "later", "refused"]
    cause: str = ""
    after_s: float = 0.0
    rests_s: float = 0.0


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Answer).decode


async def lay_calls(channel: "AbstractChannel", name: str) -> tuple["AbstractExchange", str]:
    """The exchange both sides publish to, and the queue of calls, which is bound by its own name."""
    from aio_pika import ExchangeType

    exchange = await channel.declare_exchange(f"{name}.calls", ExchangeType.DIRECT, durable=True)
    queue = await channel.declare_queue(
        f"{name}.push",
        durable=True,
        arguments={
            "x-message-ttl": int(ANSWER_S * 1000),
            "x-max-length": MOST_WAITING,
            "x-overflow": "reject-publish",
        },
    )
    await queue.bind(exchange, queue.name)
    return exchange, queue.name


class PushCalls:
    """Calls that wait for their answers."""

    def __init__(self, options: JobOptions) -> None:
        self._name = options.name
        self._answers = f"{options.name}.answers.{uuid4().hex}"
        self._waiting: dict[str, asyncio.Future[Answer]] = {}
        self.carrier = Carrier(options, self._lay)

    async def ask(self, device: PushDevice, notice: Notice) -> Answer:
        """StoreUnavailable if it could not be handed over, TimeoutError if nobody answers."""
        number = uuid4().hex
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            async with asyncio.timeout(ANSWER_S):
                await self.carrier.publish(
                    f"{self._name}.push",
                    encode(PushCall(device, notice)),
                    lasting=False,
                    correlation_id=number,
                    reply_to=self._answers,
                )
                return await future
        finally:
            del self._waiting[number]

    async def _lay(self, channel: "AbstractChannel") -> "AbstractExchange":
        exchange, _ = await lay_calls(channel, self._name)
        answers = await channel.declare_queue(self._answers, exclusive=True, auto_delete=True)
        await answers.bind(exchange, answers.name)
        await answers.consume(self._receive)
        return exchange

    async def _receive(self, message: "AbstractIncomingMessage") -> None:
        await settle(message)
        future = self._waiting.get(message.correlation_id or "")
        if future is not None and not future.done():
            future.set_result(_decode(message.body))


class OutsidePusher:
    """Pusher (ports/push.py) whose calls a worker makes. `local` knows what can be a device."""

    def __init__(self, local: Pusher, calls: PushCalls, clock: Clock) -> None:
        self._local = local
        self._calls = calls
        self._clock = clock
        self._until: dict[str, float] = {}  # by service: until when it is left alone

    def check(self, device: PushDevice) -> None:
        self._local.check(device)

    def rests_s(self, device: PushDevice) -> float:
        now = self._clock.monotonic()
        return max(self._until.get(_service(device), 0.0) - now, self._until.get("", 0.0) - now, 0.0)

    async def push(self, device: PushDevice, notice: Notice) -> None:
        try:
            answer = await self._calls.ask(device, notice)
        except (StoreUnavailable, TimeoutError) as error:
            self._until[""] = self._clock.monotonic() + ALONE_S
            raise TryLater("no worker took the call; is `teahouse worker` running?", ALONE_S) from error
        self._until.pop("", None)
        self._rest(_service(device), answer.rests_s)
        match answer.what:
            case "gone":
                raise DeviceGone
            case "later":
                raise TryLater(answer.cause, answer.after_s)
            case "refused":
                raise NotTaken(answer.cause)

    def _rest(self, service: str, rests_s: float) -> None:
        if rests_s:
            if len(self._until) >= _REMEMBERED:
                self._until.clear()
            self._until[service] = self._clock.monotonic() + rests_s
        else:
            self._until.pop(service, None)


def _service(device: PushDevice) -> str:
    return urlsplit(device.address).netloc if device.kind is PushKind.WEBPUSH else device.kind
