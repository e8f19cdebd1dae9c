"""The settings of requests to the web outside, declared once."""

from typing import Annotated

from msgspec import Meta, Struct


class OutsideOptions(Struct, frozen=True, kw_only=True):
    """What addresses the server calls when somebody gives it one: link previews, webhooks."""

    allow_private: Annotated[
        bool,
        Meta(
            description="Call private addresses and those of this machine, too. Whoever may give an address can then "
            "reach what only this machine should."
        ),
    ] = False
    ports: Annotated[tuple[int, ...], Meta(description="Ports that are called; none: any.")] = (80, 443)
    requests: Annotated[
        int, Meta(ge=1, le=1000, description="Requests to the outside at once; others wait.")
    ] = 16
