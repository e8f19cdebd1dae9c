"""What can be set about alerts. A section of app/settings.py."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Rule = Literal["dead_letters", "store", "queue", "workers"]


class AlertOptions(Struct, frozen=True, kw_only=True):
    """Who is told when it does not go well, and of what. See docs/how-to/alerts.md."""

    webhook: Annotated[
        str,
        Meta(
            pattern=r"^(https?://\S+)?\Z",
            description="An address alerts are posted to as JSON, signed as outgoing webhooks are; empty: none.",
        ),
    ] = ""
    webhook_secret: Annotated[
        str, Meta(description="What these are signed with.", extra={"secret": True})
    ] = ""
    wecom: Annotated[
        str,
        Meta(
            pattern=r"^(https?://\S+)?\Z",
            description="The address of a group robot of WeCom, https://qyapi.weixin.qq.com/cgi-bin/webhook/send?"
            "key=...; empty: none.",
            extra={"secret": True},
        ),
    ] = ""
    every_s: Annotated[float, Meta(gt=0, le=3600, description="Seconds between two looks.")] = 5.0
    dead_letters: Annotated[
        int, Meta(ge=0, description="An alert is raised while there are more dead letters.")
    ] = 0
    queue_s: Annotated[
        float, Meta(gt=0, description="An alert is raised while a job waits longer after it was due.")
    ] = 120.0
    group_s: Annotated[
        float, Meta(ge=0, le=3600, description="What happens within so many seconds is told together.")
    ] = 10.0
    repeat_s: Annotated[
        float, Meta(gt=0, description="Seconds after which an alert that lasts is told again.")
    ] = 14_400.0
    silenced: Annotated[tuple[Rule, ...], Meta(description="Rules that nobody is told of.")] = ()

    def __post_init__(self) -> None:
        if self.webhook and not self.webhook_secret:
            raise ValueError(
                "alerts.webhook needs an alerts.webhook_secret, so that whoever is told can know by whom"
            )

    @property
    def told(self) -> bool:
        """Whether anybody is."""
        return bool(self.webhook or self.wecom)
