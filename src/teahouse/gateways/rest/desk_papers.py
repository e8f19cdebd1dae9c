"""The desk over REST: what a team's bot knows, what it is trained with, and the canned replies of agents."""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from teahouse.desk import fresh
from teahouse.desk.desk import Desk
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import Limit, Seq
from teahouse.model.desk import Article, Canned, Example
from teahouse.model.errors import Code
from teahouse.model.results import Result

Id = Annotated[str, Meta(min_length=1, max_length=80)]
Title = Annotated[str, Meta(min_length=1, max_length=500)]
Text = Annotated[str, Meta(min_length=1, max_length=20_000)]
Language = Annotated[str, Meta(max_length=35)]
Source = Annotated[str, Meta(max_length=500, description="Where it comes from: shown with an answer.")]
Intent = Annotated[str, Meta(max_length=80)]
FileText = Annotated[str, Meta(max_length=8_000_000)]


class Paging(Struct, frozen=True):
    """`after` is the id of the last one of the page before."""

    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 50


class NewArticle(Struct, frozen=True):
    title: Title
    text: Text
    language: Language = ""
    source: Source = ""


class NewExample(Struct, frozen=True):
    intent: Intent
    text: Title
    language: Language = ""


class NewCanned(Struct, frozen=True):
    """`own`: for oneself only. In the text, {visitor}, {agent}, {ticket}, {subject}, and what is known of the visitor
    by its name, are filled in."""

    title: Title
    text: Text
    language: Language = ""
    own: bool = False


class ArticleFile(Struct, frozen=True):
    """CSV has a head line with title (or question) and text (or answer), and perhaps language, source, id. In Markdown
    each heading with a text below it is an article."""

    content: FileText
    form: Literal["csv", "markdown"] = "csv"
    source: Source = ""
    language: Language = ""


class ExampleFile(Struct, frozen=True):
    """CSV with a head line: intent, text, and perhaps language."""

    content: FileText


class Feedback(Struct, frozen=True):
    """The answer `seq` was bad. `intent` is what was meant, if one knows."""

    seq: Seq
    intent: Intent = ""


class ArticleRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    id: str
    team: str
    title: str
    text: str
    language: str
    source: str
    changed: int


class ExampleRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    """`origin` is hand, import or feedback; of the last, `ticket` and `seq` say which answer was bad."""

    id: str
    team: str
    intent: str
    text: str
    language: str
    origin: str
    ticket: str
    seq: int
    changed: int


class CannedRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    id: str
    team: str
    title: str
    text: str
    owner: str
    language: str
    changed: int


class ArticleList(Result, frozen=True, omit_defaults=False):
    articles: tuple[ArticleRow, ...]


class ExampleList(Result, frozen=True, omit_defaults=False):
    examples: tuple[ExampleRow, ...]


class CannedList(Result, frozen=True, omit_defaults=False):
    replies: tuple[CannedRow, ...]


class Loaded(Result, frozen=True, omit_defaults=False):
    count: int


class DeskPapers:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._papers = desk.papers
        self._manages = desk.board.check_manages

    @operation("GET /desk/teams/{team}/knowledge")
    async def articles(self, call: Call, team: Id, query: Paging) -> ArticleList:
        """What the bot knows."""
        await self._manages(call.caller, team, only_supervisors=False)
        found = await self._papers.page(Article, team, query.after, query.limit)
        return ArticleList(tuple(ArticleRow(**asdict(one)) for one in found))

    @operation("POST /desk/teams/{team}/knowledge", 201, example={"title": "Returns?", "text": "30 days."})
    async def add_article(self, call: Call, team: Id, body: NewArticle) -> ArticleRow:
        """One article, or question and answer. By supervisors."""
        await self._manages(call.caller, team)
        article = Article(id=fresh.paper_id(), team=team, changed=self._papers.now(), **asdict(body))
        await self._papers.put(team, [article])
        return ArticleRow(**asdict(article))

    @operation("DELETE /desk/teams/{team}/knowledge/{article}")
    async def drop_article(self, call: Call, team: Id, article: Id) -> None:
        """Forget an article. By supervisors."""
        await self._manages(call.caller, team)
        await self._papers.drop(Article, team, article)

    @operation(
        "POST /desk/teams/{team}/knowledge/import",
        refuses=(Code.TOO_LARGE,),
        example={"form": "csv", "content": "question,answer\nReturns?,30 days.\n"},
    )
    async def load_articles(self, call: Call, team: Id, body: ArticleFile) -> Loaded:
        """Many articles out of a file. One that was imported before is replaced. By supervisors."""
        await self._manages(call.caller, team)
        count = await self._papers.load_articles(team, body.content, body.form, body.source, body.language)
        return Loaded(count)

    @operation("GET /desk/teams/{team}/training")
    async def examples(self, call: Call, team: Id, query: Paging) -> ExampleList:
        """What people say, and which intent that has."""
        await self._manages(call.caller, team, only_supervisors=False)
        found = await self._papers.page(Example, team, query.after, query.limit)
        return ExampleList(tuple(ExampleRow(**asdict(one)) for one in found))

    @operation(
        "POST /desk/teams/{team}/training", 201, example={"intent": "refund", "text": "I want my money back"}
    )
    async def add_example(self, call: Call, team: Id, body: NewExample) -> ExampleRow:
        """A row of training. By supervisors."""
        await self._manages(call.caller, team)
        example = self._papers.example(team, body.intent, body.text, body.language)
        await self._papers.put(team, [example])
        return ExampleRow(**asdict(example))

    @operation("DELETE /desk/teams/{team}/training/{example}")
    async def drop_example(self, call: Call, team: Id, example: Id) -> None:
        """Forget a row of training. By supervisors."""
        await self._manages(call.caller, team)
        await self._papers.drop(Example, team, example)

    @operation(
        "POST /desk/teams/{team}/training/import",
        refuses=(Code.TOO_LARGE,),
        example={"content": "intent,text\nrefund,I want my money back\n"},
    )
    async def load_examples(self, call: Call, team: Id, body: ExampleFile) -> Loaded:
        """Many rows of training out of a CSV. By supervisors."""
        await self._manages(call.caller, team)
        return Loaded(await self._papers.load_examples(team, body.content))

    @operation("POST /desk/tickets/{ticket}/feedback", 201, example={"seq": 7})
    async def feedback(self, call: Call, ticket: Id, body: Feedback) -> ExampleRow:
        """An answer was bad: what was asked before it becomes a row of training."""
        found = await self._desk.board.ticket(call.user, ticket)
        example = await self._papers.feedback(found, body.seq, body.intent)
        return ExampleRow(**asdict(example))

    @operation("GET /desk/teams/{team}/canned")
    async def canned(self, call: Call, team: Id, query: Paging) -> CannedList:
        """The canned replies of a team, and one's own, as they were written."""
        await self._manages(call.caller, team, only_supervisors=False)
        found = await self._papers.page(Canned, team, query.after, query.limit)
        mine = [one for one in found if one.owner in ("", call.user)]
        return CannedList(tuple(CannedRow(**asdict(one)) for one in mine))

    @operation(
        "POST /desk/teams/{team}/canned",
        201,
        example={"title": "Hello", "text": "Hello {visitor}, this is {agent}."},
    )
    async def add_canned(self, call: Call, team: Id, body: NewCanned) -> CannedRow:
        """A canned reply: one's own, or by supervisors for the team."""
        await self._manages(call.caller, team, only_supervisors=not body.own)
        reply = Canned(
            id=fresh.paper_id(),
            team=team,
            title=body.title,
            text=body.text,
            owner=call.user if body.own else "",
            language=body.language,
            changed=self._papers.now(),
        )
        await self._papers.put(team, [reply])
        return CannedRow(**asdict(reply))

    @operation("DELETE /desk/teams/{team}/canned/{reply}")
    async def drop_canned(self, call: Call, team: Id, reply: Id) -> None:
        """Forget a canned reply: one's own, or by supervisors one of the team."""
        own = await self._papers.owns(call.user, reply)
        await self._manages(call.caller, team, only_supervisors=not own)
        await self._papers.drop(Canned, team, reply)

    @operation("GET /desk/tickets/{ticket}/canned")
    async def ready(self, call: Call, ticket: Id) -> CannedList:
        """The canned replies one may use, with the variables of this ticket filled in."""
        board = self._desk.board
        agent, found = await board.agent(call.user), await board.ticket(call.user, ticket)
        visitor, _ = await board.visitor(call.user, ticket)
        replies = await self._papers.canned(agent, found, visitor)
        return CannedList(tuple(CannedRow(**asdict(one)) for one in replies))
