"""What can be set about metrics. A section of app/settings.py."""

from typing import Annotated

from msgspec import Meta, Struct


class MetricsOptions(Struct, frozen=True, kw_only=True):
    """Numbers for Prometheus at /metrics of the HTTP listener. See docs/how-to/alerts.md."""

    enabled: Annotated[bool, Meta(description="Give metrics.")] = True
    token: Annotated[
        str,
        Meta(
            description="Who sends this as a bearer token gets them, from anywhere; empty: only who asks from this "
            "machine, and not through a proxy.",
            extra={"secret": True},
        ),
    ] = ""
