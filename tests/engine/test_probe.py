"""A test delivery: what whoever asks for it is told, and what it changes: nothing."""

import asyncio
import json
import time

import pytest

from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.engine.outlet_book import By
from teahouse.engine.probe import SHOWN
from teahouse.model.errors import Problem
from tests.support.office import ROOT, Office
from tests.support.push import until
from tests.support.receiver import Receiver


async def test_it_is_a_delivery_like_others(office: Office) -> None:
    """Signed, with an id of its own, and seen by whoever runs the server with the beginning of the answer."""
    outlet = await office.outlet()
    office.outside.answer = "谢谢".encode() + b"\x1b[2J" + b"x" * 1000
    probed = await office.book.test(By(ROOT, ""), outlet.id)
    (told,) = office.outside.taken
    assert told.fault(outlet.secret, time.time()) == ""
    assert json.loads(told.body)["delivery"] == told.id == probed.delivery
    assert (told.event["ev"], told.event["conversation"]) == ("test", office.group)
    assert (probed.status, probed.delivered, probed.why) == (200, True, "")
    assert probed.answer.startswith("谢谢") and len(probed.answer) == SHOWN
    assert 0 <= probed.ms < 5000
    again = await office.book.test(By(ROOT, ""), outlet.id)
    assert again.delivery != probed.delivery


@pytest.mark.parametrize(("allowed", "answer"), [(True, ""), (False, "{}")])
async def test_where_private_addresses_may_be_called_owners_see_no_answer(
    outside: Receiver, allowed: bool, answer: str
) -> None:
    office = await Office(outside, allow_private=allowed).start()
    outlet = await office.outlet()
    probed = await office.book.test(office.by(), outlet.id)
    assert (probed.status, probed.answer) == (200, answer)
    assert (await office.book.test(By(ROOT, ""), outlet.id)).answer == "{}"
    await office.close()


@pytest.mark.parametrize("mode", [500, 410, "hang", "reset"])
async def test_what_fails_changes_nothing(office: Office, mode: int | str) -> None:
    """Neither is it tried again, nor the webhook paused; and it may be asked of one that is paused."""
    outlet = await office.outlet()
    await office.book.pause(office.by(), outlet.id, True)
    before = await office.now(outlet)
    office.outside.mode = mode
    probed = await office.book.test(By(ROOT, ""), outlet.id)
    if isinstance(mode, int):
        assert (probed.status, probed.why, probed.answer) == (mode, "", "{}")
    else:
        assert (probed.status, probed.why) == (0, "nobody answered there, or not in time")
    assert not probed.delivered and len(office.outside.asked) == 1
    assert await office.now(outlet) == before and not office.store.jobs


async def test_private_addresses_are_refused_without_a_reason(outside: Receiver) -> None:
    office = await Office(outside, private=False).start()
    outlet = await office.outlet()
    probed = await office.book.test(By(ROOT, ""), outlet.id)
    assert (probed.status, probed.why) == (0, "nobody answered there, or not in time")
    assert not outside.asked
    await office.close()


async def test_one_at_a_time(office: Office) -> None:
    outlet = await office.outlet()
    office.outside.mode = "hang"
    first = asyncio.create_task(office.book.test(office.by(), outlet.id))
    await office.outside.wait(1, "asked")
    with pytest.raises(Problem, match="under way"):
        await office.book.test(office.by(), outlet.id)
    assert (await first).status == 0
    office.outside.mode = 200
    assert (await office.book.test(office.by(), outlet.id)).delivered


async def test_one_that_works_is_left_alone_no_longer(office: Office) -> None:
    outlet = await office.outlet()
    office.outside.mode = 500
    await office.says(*"abcdef")
    await office.outside.wait(5, "asked")
    office.outside.mode = 200
    await asyncio.sleep(0.3)
    assert not office.outside.taken  # it rests for fifteen seconds
    assert (await office.book.test(office.by(), outlet.id)).delivered


async def test_a_letter_that_is_revived_does_not_die_because_its_webhook_rests(outside: Receiver) -> None:
    """It was not called at all: the job waits, and is no dead letter again."""
    office = await Office(outside, tries=1).start()
    outlet = await office.outlet()
    outside.mode = 500
    await office.says(*"abc")
    # Each fails twice; after five failures it is left alone, but for what was on its way.
    await until(lambda: len(office.store.dead) >= 2 and len(outside.asked) >= 5)
    await asyncio.sleep(0.1)
    outside.mode = 200
    letters = list(office.store.dead)
    await MemoryJobs(office.store).revive(letters[:1], office.house.clock.now())
    office.house.engine.wake(0)
    await asyncio.sleep(0.2)
    assert letters[0] in office.store.jobs and not outside.taken
    assert (await office.book.test(By(ROOT, ""), outlet.id)).delivered
    await office.close()
