"""Sequence: hand on the log's entries in order, each once, and notice when one is missing.

Rule: pure state. `seen` is the last seq handed on in a conversation. While a gap is being repaired from history,
what comes live is held back, so that nobody is shown n+2 before n+1. Called by client.py.
"""

from collections.abc import Callable, Iterable, Mapping

from teahouse.client.messages import LogEvent


class Sequence:
    """`deliver` gets entries in order of seq; `repair` is asked, once a gap, to fetch what follows `seen`."""

    def __init__(self, deliver: Callable[[LogEvent], None], repair: Callable[[str], None]) -> None:
        self._deliver = deliver
        self._repair = repair
        self._starts: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._held: dict[str, dict[int, LogEvent | None]] = {}
        self._to_the_end: set[str] = set()

    @property
    def cursors(self) -> dict[str, int]:
        """How far each conversation has come, as `hello` and `sync` want it."""
        return self._starts | self._seen

    def start(self, cursors: Mapping[str, int]) -> None:
        """Where to go on from in conversations of which nothing was seen yet."""
        for conversation, seq in cursors.items():
            self._starts.setdefault(conversation, seq)

    def entry(self, event: LogEvent) -> None:
        """An entry came as an event."""
        self._place(event.conversation, event.seq, event)

    def own(self, conversation: str, seq: int) -> None:
        """An entry of one's own, known by the answer to its command; it is not handed on."""
        if conversation in self._seen or seq > self._starts.get(conversation, 0):
            self._place(conversation, seq, None)

    def lost(self, conversation: str, seq: int) -> None:
        """The server says that entries after `seq` were left out; nobody knows how many."""
        self._seen.setdefault(conversation, seq)
        self._to_the_end.add(conversation)
        self._hold(conversation)

    def reset(self) -> None:
        """The connection was lost: what was held comes again, from the cursors on."""
        self._held.clear()
        self._to_the_end.clear()

    def fill(self, conversation: str, page: Iterable[LogEvent], more: bool) -> bool:
        """A page of history that follows `seen`. True when the gap is closed and live entries flow again.

        Without `more` the gap ends here: what is still missing is not for this user to see.
        """
        held = self._held.get(conversation)
        if held is None:
            return True
        for event in page:
            wanted = held.pop(event.seq, event) is not None
            self._advance(conversation, event.seq, event if wanted else None)
        closed = not more
        for seq in sorted(held):
            if more and seq > self._seen[conversation] + 1:
                return False
            self._advance(conversation, seq, held.pop(seq))
            closed = closed or conversation not in self._to_the_end
        if closed:
            del self._held[conversation]
            self._to_the_end.discard(conversation)
        return closed

    def _place(self, conversation: str, seq: int, event: LogEvent | None) -> None:
        held = self._held.get(conversation)
        if held is not None:
            held[seq] = event
            return
        seen = self._seen.get(conversation)
        if seen is None or seq == seen + 1:
            self._advance(conversation, seq, event)
        elif seq > seen:
            self._hold(conversation)[seq] = event

    def _hold(self, conversation: str) -> dict[int, LogEvent | None]:
        if conversation not in self._held:
            self._held[conversation] = {}
            self._repair(conversation)
        return self._held[conversation]

    def _advance(self, conversation: str, seq: int, event: LogEvent | None) -> None:
        if seq <= self._seen.get(conversation, 0):
            return
        self._seen[conversation] = seq
        if event is not None:
            self._deliver(event)
