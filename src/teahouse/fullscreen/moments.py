"""Days and times as a person reads them, in the time of their machine.

Rule: times come in milliseconds UTC. Called by what draws messages.
"""

from datetime import date, datetime, timedelta

from teahouse.fullscreen.language import Language


def local(at: int) -> datetime:
    """The moment on this machine's clock; what no clock can show is the beginning of time."""
    try:
        return datetime.fromtimestamp(at / 1000).astimezone()
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0).astimezone()


def clock(at: int) -> str:
    return local(at).strftime("%H:%M")


def day(at: int, today: date, say: Language) -> str:
    """`Today`, `Yesterday`, or the date."""
    when = local(at).date()
    if when == today:
        return say("today")
    if when == today - timedelta(days=1):
        return say("yesterday")
    return when.isoformat()
