"""Which entries of a conversation one client has seen: finds what is lost, doubled and out of order.

Rule: pure counting of seqs. A client's own sends come back as answers, not as events, and fill their places.
"""


class Ledger:
    """One client's account of one conversation.

    `next` is the seq expected next; 0 before `start`, when everything is taken as it comes and `seen` is the
    highest seq that came. `missing` are the seqs below `next` that were skipped, `early` own seqs at or above it.
    """

    __slots__ = ("disordered", "duplicated", "early", "missing", "next", "seen")

    def __init__(self) -> None:
        self.next = 0
        self.seen = 0
        self.duplicated = 0
        self.disordered = 0
        self.missing: set[int] = set()
        self.early: set[int] = set()

    def start(self, after: int) -> None:
        """From now on every seq above `after` must come, once and in order."""
        self.next = after + 1

    def events(self, first: int, after: int) -> None:
        """The events first, first + 1 ... after - 1 came, in this order."""
        if first == self.next and not self.early:
            self.next = after
            return
        for seq in range(first, after):
            self._event(seq)

    def _event(self, seq: int) -> None:
        if not self.next:
            self.seen = max(self.seen, seq)
            return
        if seq in self.early:
            self.duplicated += 1
        elif seq >= self.next:
            self._skip_to(seq)
            self._step()
        elif seq in self.missing:
            self.missing.remove(seq)
            self.disordered += 1
        else:
            self.duplicated += 1

    def own(self, seq: int) -> None:
        """An own send was answered with this seq. An answer may come before or after its neighbours' events."""
        if not self.next:
            self.seen = max(self.seen, seq)
            return
        if seq == self.next:
            self._step()
        elif seq > self.next and seq not in self.early:
            self.early.add(seq)
        elif seq in self.missing:
            self.missing.remove(seq)
        else:
            self.duplicated += 1

    def _skip_to(self, seq: int) -> None:
        for skipped in range(self.next, seq):
            if skipped in self.early:
                self.early.remove(skipped)
            else:
                self.missing.add(skipped)
        self.next = seq

    def _step(self) -> None:
        self.next += 1
        while self.next in self.early:
            self.early.remove(self.next)
            self.next += 1

    def lacks(self, head: int) -> int:
        """How many entries up to `head` have not come; before `start`, 1 if the newest has not."""
        if not self.next:
            return int(self.seen < head)
        ahead = max(0, head + 1 - self.next)
        return len(self.missing) + ahead - sum(1 for seq in self.early if seq <= head)
