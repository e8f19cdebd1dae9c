"""Lighthouse finds nothing to mend in accessibility and best practices. Performance is a matter of the hour: see
docs/lighthouse.md, which `python -m tools.lighthouse` writes."""

from pathlib import Path

import pytest

from tests.app.server import serving
from tests.browser.place import Place
from tools.lighthouse import audit, cookie_of

pytestmark = pytest.mark.service

GOOD = 95


@pytest.mark.timeout(300)
def test_the_login_page_and_a_conversation(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        place = Place(server)
        group = place.group("alice", "Tasting")
        place.say("alice", group, "good evening")
        for path, cookie in (("/login", ""), (f"/c/{group}?entered=1", cookie_of(place, "alice"))):
            found = audit(place, path, "desk", cookie)
            assert found.scores["accessibility"] >= GOOD, found.failed
            assert found.scores["best-practices"] >= GOOD, found.failed
