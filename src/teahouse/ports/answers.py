"""Who knows an answer: what the desk's bot asks, and is told."""

from typing import Literal, Protocol

from msgspec import Struct, field


class Asked(Struct, frozen=True):
    """What a visitor said to a team, and what was remembered of the dialogue so far: `context` is what the last reply
    gave back, `slots` what is known already. `language` is what the visitor's page says, if it does."""

    team: str
    text: str
    language: str = ""
    context: str = ""
    slots: dict[str, str] = field(default_factory=dict)


class Reply(Struct, frozen=True):
    """An `answer`, a `question` that goes back to the visitor, or a `handoff`: a person has to see to it. `confidence`
    is from 0 to 1; `source` says where an answer comes from, for the visitor to see."""

    kind: Literal["answer", "question", "handoff"]
    text: str = ""
    confidence: float = 1.0
    intent: str = ""
    source: str = ""
    skill: str = ""
    context: str = ""
    slots: dict[str, str] = field(default_factory=dict)


class Answers(Protocol):
    """Somebody who answers.

    N1  `reply` gives one in time (the desk waits some seconds, and then hands the visitor over), and may be asked the
        same twice: it changes nothing but what its reply says.
    N2  What is not known is a question or a hand-off, never a guess that looks like an answer.
    N3  `forget` says that the team's library has changed. Another node is not told: what is kept of a library is looked
        at again by itself, soon.
    """

    async def reply(self, asked: Asked) -> Reply: ...

    def forget(self, team: str) -> None: ...
