"""Outlets: outgoing webhooks, addresses of others that are told what happens, and how far each was told.

Rule: `secret` and `former` are what deliveries are signed with. They are told once, to whoever made the outlet, and
neither shown again nor logged.
"""

from msgspec import Struct

from teahouse.model.ids import LOBBY


class Outlet(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """An address that is told of entries. `conversation`: of this one, by its owner and admins; empty: of the whole
    server, by administrators. One of the server hears `conversations`; none: all but direct ones. `kinds` are the
    kinds of entries it hears; none: all.

    It hears what happened from `since` on: when it was made, or turned on again. `paused` says why it hears nothing
    now, empty: it does. `former` is the secret before, and signs, too, until `former_until`. `failing` is since when
    nothing arrived, 0: the last delivery did; `cause` is why not. Times are milliseconds UTC.
    """

    id: str
    url: str
    secret: str
    creator: str
    created: int
    since: int
    conversation: str = ""
    conversations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    name: str = ""
    former: str = ""
    former_until: int = 0
    paused: str = ""
    failing: int = 0
    cause: str = ""

    def hears(self, conversation: str) -> bool:
        """Whether anything of this conversation is for it."""
        if self.conversation:
            return conversation == self.conversation
        return conversation in self.conversations if self.conversations else not is_direct(conversation)

    def wants(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def secrets(self, now: int) -> tuple[str, ...]:
        """What a delivery is signed with."""
        return (self.secret, self.former) if self.former and now < self.former_until else (self.secret,)


class Lane(Struct, frozen=True, gc=False):
    """One conversation on its way to one outlet, in order. The outlet was told of the entries `first` to `seq`, since
    it began to hear at `since`. The next one failed `tries` times, and is not tried again before `due`."""

    outlet: str
    conversation: str
    since: int
    first: int
    seq: int
    tries: int = 0
    due: int = 0


def is_direct(conversation: str) -> bool:
    """Whether the id is one of two people's (ids.py: direct_id)."""
    return conversation != LOBBY and conversation.startswith("d")


def delivery_id(outlet: str, conversation: str, seq: int) -> str:
    """What a delivery is known by: the same however often it is made, so that the receiver can tell."""
    return f"{outlet}.{conversation}.{seq}"


def lane_job(outlet: str, since: int, conversation: str) -> str:
    """The id of the job of a lane. There is one at a time, since ids of jobs that are kept are not put again."""
    return f"lane:{outlet}:{since}:{conversation}"
