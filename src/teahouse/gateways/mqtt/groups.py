"""Groups of shared subscriptions (MQTT 5, 4.8.2): each message to one of a group, by turns.

Rule: only who is connected to this node counts, and only those who hear the conversation at all. Who was chosen for an
entry is remembered for a while, so that all members of the group agree also when some of them are behind.
"""

from typing import Protocol

_MOST_CHOICES = 10_000


class Sharer(Protocol):
    """A connection, as its groups see it."""

    def hears(self, conversation: str) -> bool: ...


class Groups:
    """By the whole filter, `$share/group/filter`, so that groups of one name and different filters are different."""

    def __init__(self) -> None:
        self._members: dict[str, list[Sharer]] = {}
        self._chosen: dict[tuple[str, str, int], Sharer] = {}

    def join(self, name: str, sharer: Sharer) -> None:
        members = self._members.setdefault(name, [])
        if sharer not in members:
            members.append(sharer)

    def leave(self, name: str, sharer: Sharer) -> None:
        """What was chosen for them and they did not take is not told to another one: sessions that are to lose nothing
        do not share."""
        members = self._members.get(name, [])
        if sharer in members:
            members.remove(sharer)
        if not members:
            self._members.pop(name, None)

    def is_turn_of(self, sharer: Sharer, names: tuple[str, ...], conversation: str, seq: int) -> bool:
        """Whether `sharer` is the one to be told, in any of these groups."""
        return any(self._choice(name, conversation, seq) is sharer for name in names)

    def _choice(self, name: str, conversation: str, seq: int) -> Sharer | None:
        key = (name, conversation, seq)
        chosen = self._chosen.get(key)
        members = self._members.get(name, [])
        if chosen is None or chosen not in members:
            listening = [member for member in members if member.hears(conversation)]
            if not listening:
                return None
            if len(self._chosen) >= _MOST_CHOICES:
                self._chosen.pop(next(iter(self._chosen)))
            chosen = self._chosen[key] = listening[seq % len(listening)]
        return chosen
