"""The whole REST interface against its own OpenAPI document: schemathesis asks everything a client may ask, and much
that none should."""

import os
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.app.server import serving

pytestmark = [pytest.mark.service, pytest.mark.timeout(900)]

EXAMPLES = int(os.environ.get("TEAHOUSE_TEST_EXAMPLES", "25"))

# A request may fit its schema and still make no sense: a topic for a group, an edit of what was recalled.
MAKES_NO_SENSE = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "412", "413", "415", "416", "429"]
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": MAKES_NO_SENSE}}}
)

# These end the account the requests are made with.
LAST_WORDS = ("/auth/logout", "/auth/logout-all", "/users/me", "/users/me/password", "/users/me/devices/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("site"), "--limits", "off") as server:
        yield server.ready["http"]


@pytest.fixture(scope="module")
def api(site: str) -> Any:
    return schemathesis.openapi.from_url(f"{site}/openapi.json", config=CONFIG)


@pytest.fixture(scope="module")
def bearer(site: str) -> dict[str, str]:
    """Of an account that is somebody in a few conversations."""
    account = {"user": "ada", "password": "a long enough password"}
    answer = httpx2.post(f"{site}/api/v1/auth/register", json=account)
    assert answer.status_code == 201, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    httpx2.post(f"{site}/api/v1/conversations", json={"kind": "group", "title": "Tasting"}, headers=headers)
    return headers


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_interface_keeps_to_its_document(case: Any, bearer: dict[str, str]) -> None:
    if case.method in ("DELETE", "POST") and case.path.endswith(LAST_WORDS):
        pytest.skip("would end the account")
    case.call_and_validate(headers=bearer)


def test_the_document_lists_what_is_served(api: Any) -> None:
    paths = api.raw_schema["paths"]
    assert "/api/v1/conversations/{conversation}/messages" in paths
