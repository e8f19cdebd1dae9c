"""Callers (ports/calls.py) by RabbitMQ: the server's side; the other is in caller.py.

Rule: calls are not kept on disk, for words and keys stand in them, and are thrown away when nobody takes them in time.
What a worker that died had, RabbitMQ gives to another. Made by app/calls.py.
"""

from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from teahouse.backends.calls.asking import MOST_WAITING, TAKE_S, Asking
from teahouse.backends.rabbitmq.carrier import Carrier, settle
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.calls import Answer, Call, Untaken

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage


class Reply(msgspec.Struct, frozen=True, gc=False):
    """Without an answer: the call is being made."""

    answer: Answer | None = None


encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Reply).decode


async def lay_calls(channel: "AbstractChannel", name: str) -> tuple["AbstractExchange", str]:
    """The exchange both sides publish to, and the queue of calls, which is bound by its own name."""
    from aio_pika import ExchangeType

    exchange = await channel.declare_exchange(f"{name}.calls", ExchangeType.DIRECT, durable=True)
    queue = await channel.declare_queue(
        queue_of(name),
        durable=True,
        arguments={
            "x-message-ttl": int(TAKE_S * 1000),
            "x-max-length": MOST_WAITING,
            "x-overflow": "reject-publish",
        },
    )
    await queue.bind(exchange, queue.name)
    return exchange, queue.name


def queue_of(name: str) -> str:
    return f"{name}.outside"


class RabbitCallers:
    """Waits for the answers in a queue of its own, which goes with the connection."""

    def __init__(self, options: JobOptions) -> None:
        self._name = options.name
        self._answers = f"{options.name}.answers.{uuid4().hex}"
        self._asking = Asking()
        self.carrier = Carrier(options, self._lay)

    async def start(self) -> None:
        self.carrier.start()

    async def stop(self) -> None:
        await self.carrier.stop()

    async def ask(self, call: Call, seconds: float) -> Answer:
        async def hand_over(number: int) -> None:
            await self.carrier.publish(
                queue_of(self._name),
                encode(call),
                lasting=False,
                correlation_id=str(number),
                reply_to=self._answers,
            )

        try:
            return await self._asking.ask(seconds, hand_over)
        except StoreUnavailable as error:
            raise Untaken(str(error)) from error

    async def _lay(self, channel: "AbstractChannel") -> "AbstractExchange":
        exchange, _ = await lay_calls(channel, self._name)
        answers = await channel.declare_queue(self._answers, exclusive=True, auto_delete=True)
        await answers.bind(exchange, answers.name)
        await answers.consume(self._receive)
        return exchange

    async def _receive(self, message: "AbstractIncomingMessage") -> None:
        await settle(message)
        number, reply = int(message.correlation_id or 0), _decode(message.body)
        if reply.answer is None:
            self._asking.took(number)
        else:
            self._asking.answered(number, reply.answer)
