"""Stream management (XEP-0198): both sides count stanzas, and tell one another how many came.

Rule: what a client sent counts as handled when it is stored, or refused for good, and not before; so whatever it has an
acknowledgement of survives the death of the server. What it was sent of conversations is not kept, only which entries
they were: a stream that is resumed reads them from the log. Called by resource.py and negotiation.py.
"""

from collections import deque
from collections.abc import Mapping

from msgspec import Struct

from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import SM, STANZA_ERRORS

_AROUND = 2**32
ASK_AFTER = 10
"""So many stanzas after the last answer the client is asked how many came."""

MOST_ENTRIES = 5000
MOST_BYTES = 131_072
"""What may be unacknowledged of a stream that can be resumed: entries, and bytes of answers."""


class Unseen(Struct, frozen=True, gc=False):
    """A stanza that was sent and is not acknowledged: the `number` it was, and the entry it told of, or its bytes."""

    number: int
    conversation: str = ""
    seq: int = 0
    data: bytes = b""


class Ledger:
    """The counts of one stream. `stream` is its name, under which it is resumed while it is `resumable`."""

    __slots__ = ("_asked", "_bytes", "_open", "acked", "received", "resumable", "sent", "stream", "unseen")

    def __init__(self, stream: str, received: int = 0, sent: int = 0) -> None:
        self.stream = stream
        self.resumable = bool(stream)
        self.received = received
        self.sent = self.acked = self._asked = sent
        self.unseen: deque[Unseen] = deque()
        self._open: dict[int, None] = {}
        self._bytes = 0

    # --- what the client sends ---

    def begin(self) -> int:
        """A stanza came; its number."""
        self.received += 1
        self._open[self.received] = None
        return self.received

    def end(self, number: int) -> None:
        """It is handled for good."""
        self._open.pop(number, None)

    @property
    def handled(self) -> int:
        """All up to this one are."""
        return next(iter(self._open), self.received + 1) - 1

    def answer(self) -> str:
        return element("a", {"xmlns": SM, "h": str(self.handled % _AROUND)})

    # --- what it is sent ---

    def tell(self, conversation: str, seq: int) -> None:
        """A stanza that tells of an entry."""
        self.sent += 1
        self._keep(Unseen(self.sent, conversation, seq))

    def say(self, data: bytes, lasting: bool) -> None:
        """Another one; `lasting`: it is to be said again if it is lost."""
        self.sent += 1
        if lasting:
            self._bytes += len(data)
            self._keep(Unseen(self.sent, data=data))

    def _keep(self, unseen: Unseen) -> None:
        if not self.resumable:
            return
        self.unseen.append(unseen)
        if len(self.unseen) > MOST_ENTRIES or self._bytes > MOST_BYTES:
            self.forget()  # too much to remember: its client will read the archive instead

    def forget(self) -> None:
        """The stream cannot be resumed any more."""
        self.resumable = False
        self.unseen.clear()
        self._bytes = 0

    @property
    def wants_answer(self) -> bool:
        """Whether it is time to ask; then it counts as asked."""
        if self.sent - self._asked < ASK_AFTER:
            return False
        self._asked = self.sent
        return True

    def acknowledge(self, seen: int) -> Mapping[str, int] | None:
        """The client has seen so many: how far that is in conversations. None if there were never so many."""
        acked = reached(self.acked, seen)
        if acked > self.sent:
            return None
        self.acked = acked
        far: dict[str, int] = {}
        while self.unseen and self.unseen[0].number <= acked:
            one = self.unseen.popleft()
            self._bytes -= len(one.data)
            if one.conversation:
                far[one.conversation] = max(one.seq, far.get(one.conversation, 0))
        return far


def reached(acked: int, seen: int) -> int:
    """The count that a client means with `seen`, which begins anew after 2**32 - 1, when it has reached `acked`."""
    return acked + (seen - acked) % _AROUND


REQUEST = element("r", {"xmlns": SM})


def enabled(ledger: Ledger, resume_s: int) -> str:
    if not ledger.resumable:
        return element("enabled", {"xmlns": SM})
    return element("enabled", {"xmlns": SM, "id": ledger.stream, "resume": "true", "max": str(resume_s)})


def resumed(ledger: Ledger) -> str:
    return element("resumed", {"xmlns": SM, "previd": ledger.stream, "h": str(ledger.handled % _AROUND)})


def failed(condition: str) -> str:
    return element("failed", {"xmlns": SM}, element(condition, {"xmlns": STANZA_ERRORS}))


def too_high(seen: int, sent: int) -> str:
    """4: the stream ends with it."""
    return element("handled-count-too-high", {"xmlns": SM, "h": str(seen), "send-count": str(sent % _AROUND)})


def rewind(unseen: list[Unseen], cursors: dict[str, int], seen: int) -> list[bytes]:
    """A client has seen so many stanzas of a stream that broke: put `cursors` to where it is, after the entries it has
    seen and before those it has not, and give what else is to be said again."""
    again = []
    for one in unseen:
        if one.number <= seen:
            if one.conversation:
                cursors[one.conversation] = max(one.seq, cursors.get(one.conversation, one.seq))
        elif one.conversation:
            cursors[one.conversation] = min(one.seq - 1, cursors.get(one.conversation, one.seq - 1))
        else:
            again.append(one.data)
    return again
