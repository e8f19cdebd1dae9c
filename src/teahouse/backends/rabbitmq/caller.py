"""Caller: takes the calls of calls.py out of RabbitMQ and makes them. The worker's side.

Rule: a call is acknowledged when its answer is on the way; a worker that dies leaves it to another. It knows services,
not people: no store is open, and nothing is written. Made by app/worker.py.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
import structlog

from teahouse.backends.rabbitmq.calls import Answer, PushCall, encode, lay_calls
from teahouse.backends.rabbitmq.carrier import Carrier, settle
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.model.push import PushKind
from teahouse.ports.push import DeviceGone, NotTaken, Pusher, TryLater

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage

_log = structlog.get_logger("teahouse.backends")

_decode = msgspec.json.Decoder(PushCall).decode


class Caller:
    """`jobs.prefetch` calls are made at once, at most."""

    def __init__(self, options: JobOptions, pushers: Mapping[PushKind, Pusher]) -> None:
        self._name = options.name
        self._pushers = pushers
        self.carrier = Carrier(options, self._lay)
        self.made = 0

    async def _lay(self, channel: "AbstractChannel") -> "AbstractExchange":
        exchange, name = await lay_calls(channel, self._name)
        queue = await channel.get_queue(name)
        await queue.consume(self._receive)
        return exchange

    async def _receive(self, message: "AbstractIncomingMessage") -> None:
        try:
            answer = await self._make(_decode(message.body))
            await self.carrier.publish(
                message.reply_to or "",
                encode(answer),
                lasting=False,
                correlation_id=message.correlation_id,
            )
        except msgspec.DecodeError:
            _log.warning("RabbitMQ handed out what is no call")
        except StoreUnavailable as error:  # whoever asked is gone, or RabbitMQ is
            _log.warning("an answer found nobody", reason=str(error))
        await settle(message)

    async def _make(self, call: PushCall) -> Answer:
        device = call.device
        pusher = self._pushers.get(device.kind)
        if pusher is None:
            return Answer("refused", f"{device.kind}: not set up in the worker")
        self.made += 1
        try:
            await pusher.push(device, call.notice)
        except DeviceGone:
            return Answer("gone", rests_s=pusher.rests_s(device))
        except TryLater as error:
            return Answer("later", str(error), error.after_s, pusher.rests_s(device))
        except NotTaken as error:
            return Answer("refused", str(error), rests_s=pusher.rests_s(device))
        except Exception as error:
            _log.exception("a call failed")
            return Answer("later", f"{type(error).__name__} in the worker")
        return Answer("taken", rests_s=pusher.rests_s(device))
