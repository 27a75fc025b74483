"""A refusal, in the form that its reader wants: RFC 9457 problem details for programs, a line for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import PlainTextResponse, Response

PROBLEM_JSON = "application/problem+json"

_PROGRAMS = ("/api/", "/mcp")


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **members: object
) -> Response:
    """A problem: `type` is about:blank, so `title` is the status' own phrase; `detail` says what to do."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **members,
    }
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, headers, media_type=PROBLEM_JSON)


def refusal(path: str, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The same for whoever asked for this path."""
    if path.startswith(_PROGRAMS):
        return problem(status, detail, headers)
    return PlainTextResponse(f"{detail}\n", status, headers)
