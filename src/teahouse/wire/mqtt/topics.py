"""Topic names and filters (4.7, 4.8): what is one, and what matches what.

Rule: pure functions of strings. Called by decode.py and gateways/mqtt.
"""

LONGEST = 1024
"""Characters of a name or filter, at most; and so a bound to the levels of one."""

_SHARED = "$share/"


def is_name(topic: str) -> bool:
    """Whether something may be published there (MQTT-3.3.2-2, 4.7.3)."""
    return bool(topic) and len(topic) <= LONGEST and "+" not in topic and "#" not in topic


def is_filter(text: str) -> bool:
    """Whether it is a filter that can be subscribed to, not shared (4.7.1)."""
    if not text or len(text) > LONGEST:
        return False
    if "+" not in text and "#" not in text:
        return True
    levels = text.split("/")
    if any(("+" in level or "#" in level) and len(level) > 1 for level in levels):
        return False
    return "#" not in levels[:-1]


def has_wildcard(text: str) -> bool:
    return "+" in text or "#" in text


def is_shared(text: str) -> bool:
    return text.startswith(_SHARED)


def shared(text: str) -> tuple[str, str] | None:
    """Group and filter of a shared subscription (4.8.2); None if it is not written as one."""
    group, slash, rest = text[len(_SHARED) :].partition("/")
    if not is_shared(text) or not group or not slash or has_wildcard(group) or not is_filter(rest):
        return None
    return group, rest


def matches(filter_: str, topic: str) -> bool:
    """Whether a valid filter matches a valid name. A wildcard at the front matches no name that begins with `$`
    (MQTT-4.7.2-1)."""
    if filter_ == topic:
        return True
    if not has_wildcard(filter_) or (topic[0] == "$" and filter_[0] in "+#"):
        return False
    wanted, levels = filter_.split("/"), topic.split("/")
    for place, level in enumerate(wanted):
        if level == "#":
            return True
        if place >= len(levels) or level not in ("+", levels[place]):
            return False
    return len(wanted) == len(levels)


def overlap(one: str, other: str) -> bool:
    """Whether some name matches both of these valid filters."""
    if "$" in (one[0], other[0]) and (one[0] in "+#" or other[0] in "+#"):
        return False
    here, there = one.split("/"), other.split("/")
    for mine, yours in zip(here, there, strict=False):
        if "#" in (mine, yours):
            return True
        if mine != yours and "+" not in (mine, yours):
            return False
    longer = here if len(here) > len(there) else there
    rest = longer[min(len(here), len(there)) :]
    return not rest or rest == ["#"]  # `a/#` matches `a`, too
