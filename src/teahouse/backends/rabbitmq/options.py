"""What can be set about RabbitMQ. A section of app/settings.py."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class JobOptions(Struct, frozen=True, kw_only=True):
    """Who hands out jobs: what is done later than at once."""

    kind: Annotated[
        Literal["store", "rabbitmq"],
        Meta(
            description="store: the store, to the worker in the server; rabbitmq: RabbitMQ hands out what the store "
            "keeps. Needs `pip install teahouse[scale]`."
        ),
    ] = "store"
    url: Annotated[
        str,
        Meta(
            pattern="^amqps?://",
            description="Where RabbitMQ is, with user and password: amqps://user:password@host:5671/vhost.",
            extra={"secret": True},
        ),
    ] = "amqp://guest:guest@127.0.0.1:5672/"
    name: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9._-]{1,60}$",
            description="What the names of exchanges and queues begin with; servers that share a RabbitMQ differ.",
        ),
    ] = "teahouse"
    prefetch: Annotated[
        int,
        Meta(
            ge=128,
            le=5000,
            description="Jobs of a queue that RabbitMQ hands to one process before it was told of any.",
        ),
    ] = 256
    worker: Annotated[
        bool,
        Meta(
            description="true: the server makes all calls itself. false: it leaves those to push services, to outgoing "
            "webhooks, to receivers of alerts and to pages of links to `teahouse worker`: on the same machine, by a "
            "socket in the data directory, or with jobs.kind = rabbitmq by RabbitMQ. What is written it writes itself."
        ),
    ] = True
