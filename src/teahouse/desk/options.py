"""The settings of the desk."""

from typing import Annotated

from msgspec import Meta, Struct


class DeskOptions(Struct, frozen=True, kw_only=True):
    """The customer-service desk. It does nothing until an administrator makes a team."""

    enabled: Annotated[
        bool, Meta(description="Serve visitors of web sites, with a bot, a queue and agents.")
    ] = True
    nick: Annotated[
        str,
        Meta(
            pattern=r"^(?![_.-])[\w.-]{1,32}(?<![.-])$",
            description="What the bot is called in conversations with visitors. Nobody else may have this nick.",
        ),
    ] = "assistant"
    tick_s: Annotated[
        float,
        Meta(gt=0, le=30, description="So often it is looked for tickets that something must happen to."),
    ] = 1.0
    answer_s: Annotated[
        float,
        Meta(
            gt=0,
            le=20,
            description="So long the bot may think about an answer before a person is asked instead.",
        ),
    ] = 5.0
    visitors_per_min: Annotated[
        float,
        Meta(ge=0, description="New visitors from one address a minute, over all nodes; 0: any number."),
    ] = 30.0
