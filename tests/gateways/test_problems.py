import json
from http import HTTPStatus

import pytest

from teahouse.gateways import problems
from teahouse.model.errors import Code, Problem


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_status_and_a_document(code: Code) -> None:
    document = json.loads(problems.encode(problems.of_problem(Problem(code, "because"))))
    assert document["status"] == problems.STATUS[code] >= 400
    assert document["title"] == problems.STATUS[code].phrase
    assert (document["detail"], document["code"]) == ("because", code)


def test_when_to_retry() -> None:
    document = problems.of_problem(Problem(Code.RATE_LIMITED, "slow down", 1500))
    assert (document.status, document.retry, document.retry_after_ms) == (429, True, 1500)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (HTTPStatus.NOT_FOUND, "not_found"),
        (HTTPStatus.METHOD_NOT_ALLOWED, "bad_request"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "unavailable"),
        (HTTPStatus.BAD_GATEWAY, "internal"),
    ],
)
def test_every_status_has_a_code(status: HTTPStatus, code: str) -> None:
    assert problems.of_status(status, "x").code == code
