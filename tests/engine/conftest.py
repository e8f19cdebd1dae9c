"""For the tests of webhooks: a receiver outside, and an office that tells it what happens."""

from collections.abc import AsyncIterator

import pytest

from tests.support.office import Office
from tests.support.receiver import Receiver, receiver


@pytest.fixture
async def outside() -> AsyncIterator[Receiver]:
    async with receiver() as found:
        yield found


@pytest.fixture
async def office(outside: Receiver) -> AsyncIterator[Office]:
    office = await Office(outside).start()
    yield office
    await office.close()
