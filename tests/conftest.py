"""For all tests: what talks to other processes may be late once.

Servers, engines and tests share two cores, and now and then one of them is late beyond all patience: a test that starts
a process may try once more, and the summary says that it did (RERUN: a fault to look for). What is really wrong fails
twice. Tests that start nothing get no second try, and no example of a property is timed.
"""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("service") or item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.flaky(reruns=1))
