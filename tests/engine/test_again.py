"""A command that was overtaken is decided again, and not for ever."""

import pytest

from teahouse.engine import again as module
from teahouse.engine.again import TRIES, again
from teahouse.model.errors import Code, Overtaken, Problem
from teahouse.model.results import Done, Result


class Command:
    """Overtaken so many times, then done."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.begun = 0
        self.forgotten: list[str] = []

    async def begin(self) -> Result | None:
        self.begun += 1
        if self.begun <= self.times:
            raise Overtaken("c")
        return Done()


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE_MS", 0)


@pytest.mark.parametrize("times", [0, 1, TRIES - 1])
async def test_as_often_as_it_was_overtaken(times: int) -> None:
    command = Command(times)
    assert await again(command.begin(), command.begin, command.forgotten.append) == Done()
    assert command.begun == times + 1
    assert command.forgotten == ["c"] * times


async def test_who_never_gets_through_is_told_so() -> None:
    command = Command(1000)
    with pytest.raises(Problem) as refused:
        await again(command.begin(), command.begin, command.forgotten.append)
    assert refused.value.code is Code.UNAVAILABLE
    assert command.begun == TRIES


async def test_what_is_answered_at_once_the_second_time() -> None:
    """It may be that there is nothing left to do."""
    command = Command(1)
    assert await again(command.begin(), Done, command.forgotten.append) == Done()


async def test_a_refusal_is_final() -> None:
    async def refuse() -> Result | None:
        raise Problem(Code.FORBIDDEN, "no")

    with pytest.raises(Problem):
        await again(refuse(), refuse, lambda conversation: None)
