"""Reports: what somebody, or the word filter, thinks that an administrator should see."""

from enum import StrEnum

from msgspec import Struct


class Reason(StrEnum):
    SPAM = "spam"
    ABUSE = "abuse"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    ILLEGAL = "illegal"
    WORDS = "words"  # by the word filter only
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a report."""

    OPEN = "open"
    ACTED = "acted"
    DISMISSED = "dismissed"


class Report(Struct, frozen=True, gc=False):
    """One report by `reporter` (a user id, or SYSTEM) of message `seq` of a conversation, or, with seq 0 and no
    conversation, of a user. `subject` is whom it is about. `snapshot` is the content of the message as it was (a JSON
    object), which outlasts its recall. Times are milliseconds UTC; `settled` and `settler` are empty while `outcome`
    is open."""

    id: str
    reporter: str
    subject: str
    nick: str
    at: int
    reason: Reason
    text: str = ""
    conversation: str = ""
    seq: int = 0
    snapshot: bytes = b"{}"
    outcome: Outcome = Outcome.OPEN
    settler: str = ""
    settled: int = 0
    note: str = ""
