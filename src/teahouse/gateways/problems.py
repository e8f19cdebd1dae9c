"""Error codes in HTTP's dialect: a status for each, and problem documents (RFC 9457) with the same `code`.

Called by rest/ for what the application refuses, and by http_connection.py for what never gets there.
"""

from http import HTTPStatus

import msgspec

from teahouse.model.errors import Code, Problem

MEDIA_TYPE = "application/problem+json"

STATUS = {
    Code.BAD_FRAME: HTTPStatus.BAD_REQUEST,
    Code.UNKNOWN_OP: HTTPStatus.BAD_REQUEST,
    Code.BAD_REQUEST: HTTPStatus.BAD_REQUEST,
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.CONFLICT: HTTPStatus.CONFLICT,
    Code.IDEMPOTENCY_CONFLICT: HTTPStatus.CONFLICT,
    Code.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.MUTED: HTTPStatus.FORBIDDEN,
    Code.BLOCKED: HTTPStatus.FORBIDDEN,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_CODES = {
    HTTPStatus.UNAUTHORIZED: Code.UNAUTHENTICATED,
    HTTPStatus.FORBIDDEN: Code.FORBIDDEN,
    HTTPStatus.NOT_FOUND: Code.NOT_FOUND,
    HTTPStatus.CONFLICT: Code.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Code.TOO_LARGE,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: Code.TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS: Code.RATE_LIMITED,
    HTTPStatus.SERVICE_UNAVAILABLE: Code.UNAVAILABLE,
}


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457, 3.1; `type` is left out, which means that the status says it all."""

    title: str
    status: int
    detail: str
    code: str
    retry: bool = False
    retry_after_ms: int | None = None


def of_problem(problem: Problem) -> Document:
    status = STATUS[problem.code]
    return Document(
        status.phrase, status, problem.message, problem.code, problem.retry, problem.retry_after_ms
    )


def of_status(status: HTTPStatus, detail: str) -> Document:
    """For refusals that HTTP has a status for, but the protocol no code of its own."""
    code = _CODES.get(status, Code.INTERNAL if status >= 500 else Code.BAD_REQUEST)
    return Document(status.phrase, status, detail, code)


def encode(document: Document) -> bytes:
    return msgspec.json.encode(document)
