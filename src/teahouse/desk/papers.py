"""Papers: a team's library, as agents and administrators keep it, and how a bad answer becomes a row of training.

Rule: whoever changes what the bot knows tells it so. Called by REST.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from teahouse.desk import fresh, importing
from teahouse.desk.listening import text_of
from teahouse.desk.ports import DeskPorts
from teahouse.desk.texts import filled
from teahouse.model.desk import Agent, Canned, Example, Paper, Ticket, Visitor
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.ports.answers import Answers

P = TypeVar("P", bound=Paper)

MOST_CANNED = 1000
_LOOKED_BACK = 50


class Papers:
    def __init__(self, ports: DeskPorts, answers: Answers) -> None:
        self._library = ports.library
        self._log = ports.log
        self._clock = ports.clock
        self._answers = answers

    async def page(self, kind: type[P], team: str, after: str, limit: int) -> list[P]:
        return await self._library.page(kind, team, after, limit)

    async def put(self, team: str, papers: Sequence[Paper]) -> None:
        await self._library.put(papers)
        self._answers.forget(team)

    async def drop(self, kind: type[Paper], team: str, id_: str) -> None:
        """`not_found` if the team has none of this id."""
        paper = await self._library.paper(kind, id_)
        if paper is None or paper.team != team:
            raise Problem(Code.NOT_FOUND, f"the team has nothing with the id {id_[:80]!r}")
        await self._library.drop(kind, [id_])
        self._answers.forget(team)

    async def load_articles(self, team: str, content: str, form: str, source: str, language: str) -> int:
        """Articles of a file; how many there were."""
        now = self._clock.now()
        if form == "markdown":
            found = importing.articles_of_markdown(team, content, source, now, language)
        else:
            found = importing.articles_of_csv(team, content, source, now)
        await self.put(team, found)
        return len(found)

    async def load_examples(self, team: str, content: str) -> int:
        found = importing.examples_of_csv(team, content, self._clock.now())
        await self.put(team, found)
        return len(found)

    async def feedback(self, ticket: Ticket, seq: int, intent: str) -> Example:
        """The answer `seq` was bad: what was asked before it becomes an example, which is to get its intent from
        somebody. Twice is once."""
        entries = await self._log.read(ticket.conversation, 0, seq - 1, _LOOKED_BACK, newest=True)
        question = next((entry for entry in reversed(entries) if _is_question(entry, ticket)), None)
        if question is None:
            raise Problem(Code.NOT_FOUND, f"before message {seq} the visitor asked nothing")
        example = Example(
            id=f"{ticket.id}.{question.seq}",
            team=ticket.team,
            intent=intent,
            text=text_of(question),
            language=ticket.language,
            origin="feedback",
            ticket=ticket.id,
            seq=seq,
            changed=self._clock.now(),
        )
        await self.put(ticket.team, [example])
        return example

    async def canned(self, agent: Agent, ticket: Ticket, visitor: Visitor) -> list[Canned]:
        """The replies this agent may use, ready for this visitor."""
        values = variables(agent, ticket, visitor)
        found = await self._library.page(Canned, ticket.team, "", MOST_CANNED)
        mine = [reply for reply in found if reply.owner in ("", agent.user)]
        return [_with(reply, values) for reply in mine]

    async def owns(self, user: str, reply: str) -> bool:
        """Whether it is a canned reply of this user's own."""
        found = await self._library.paper(Canned, reply)
        return found is not None and found.owner == user

    def now(self) -> int:
        """When what is made now was made."""
        return self._clock.now()

    def example(self, team: str, intent: str, text: str, language: str) -> Example:
        return Example(
            id=fresh.paper_id(),
            team=team,
            intent=intent,
            text=text,
            language=language,
            changed=self._clock.now(),
        )


def variables(agent: Agent, ticket: Ticket, visitor: Visitor) -> Mapping[str, str]:
    """What may stand in a canned reply."""
    name = visitor.name or visitor.nick
    known = {"agent": agent.nick, "visitor": name, "ticket": ticket.id, "subject": ticket.subject}
    return {**visitor.data, **ticket.slots, **known}


def _with(reply: Canned, values: Mapping[str, str]) -> Canned:
    return Canned(
        id=reply.id,
        team=reply.team,
        title=reply.title,
        text=filled(reply.text, values),
        owner=reply.owner,
        language=reply.language,
        changed=reply.changed,
    )


def _is_question(entry: Entry, ticket: Ticket) -> bool:
    return entry.kind is Kind.MESSAGE and entry.sender == ticket.visitor and bool(text_of(entry))
