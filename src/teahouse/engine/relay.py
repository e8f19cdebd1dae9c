"""Relay: streams that are open on another node go on there, whatever node their author asks.

Rule: the node that has a stream does with it what it would if it was asked itself, and answers; the others are silent.
A question is done once, however often it is heard, and not repeated by us: of an answer that does not come, nobody
knows more than that. Used by streams.py.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from teahouse.engine import fresh
from teahouse.engine.nodes import Nodes
from teahouse.engine.session import Session
from teahouse.model.caller import Caller
from teahouse.model.commands import Command, Stream
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import message_id
from teahouse.model.news import Grow, Grown
from teahouse.model.results import Result, Sent, Streaming

PATIENCE_S = 2.0
_REMEMBERED = 10_000


class Relay:
    """`has` says whether a user's stream is open here, `call` does a command in somebody's name."""

    def __init__(
        self,
        nodes: Nodes,
        has: Callable[[str, str], bool],
        call: Callable[[Caller, Command], Awaitable[Result]],
    ) -> None:
        self._nodes = nodes
        self._has = has
        self._call = call
        self._asked: dict[str, asyncio.Future[Grown]] = {}
        self._done: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, session: Session, command: Stream) -> Result | None:
        """What another node makes of it; None if no node has the stream, or none answers."""
        if not (self._nodes.shared and self._nodes.connected):
            return None
        stream = command.stream or ""
        question = Grow(
            fresh.question_id(),
            self._nodes.name,
            session.identity,
            session.scopes or (),
            stream,
            command.append,
            command.finish,
        )
        answer = self._asked[question.id] = asyncio.get_running_loop().create_future()
        try:
            self._nodes.tell(question)
            async with asyncio.timeout(PATIENCE_S):
                grown = await answer
        except TimeoutError:
            return None
        finally:
            del self._asked[question.id]
        return _result(stream, grown)

    def asked(self, _user: str, question: Grow) -> None:
        """Another node asks."""
        if question.id in self._done or not self._has(question.stream, question.user.id):
            return
        self._done[question.id] = None
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        task = asyncio.get_running_loop().create_task(self._grow(question))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _grow(self, question: Grow) -> None:
        command = Stream(id=0, stream=question.stream, append=question.append, finish=question.finish)
        try:
            result = await self._call(Caller(question.user, scopes=question.scopes), command)
        except Problem as problem:
            grown = Grown(question.id, code=problem.code.value, text=problem.message)
        else:
            grown = _grown(question.id, result)
        self._nodes.tell_node(question.asks, grown)

    def answered(self, _user: str, grown: Grown) -> None:
        """Another node answers."""
        answer = self._asked.get(grown.id)
        if answer is not None and not answer.done():
            answer.set_result(grown)

    async def stop(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _grown(question: str, result: Result) -> Grown:
    if isinstance(result, Sent):
        return Grown(question, result.conversation, seq=result.seq, at=result.at, duplicate=result.duplicate)
    assert isinstance(result, Streaming)
    return Grown(question, result.conversation, result.length)


def _result(stream: str, grown: Grown) -> Result:
    if grown.code:
        raise Problem(Code(grown.code), grown.text)
    if grown.seq:
        message = message_id(grown.conversation, grown.seq)
        return Sent(grown.conversation, grown.seq, message, grown.at, grown.duplicate)
    return Streaming(grown.conversation, stream, grown.length)
