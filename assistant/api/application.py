"""The API as an application of its own, to be mounted under /api/v1."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from assistant.api.asking import asking
from assistant.api.documentation import documentation
from assistant.api.finding import finding
from assistant.api.protocol import ApiAssistant
from assistant.api.schemas import ProblemOut
from assistant.service.desk import Desk
from assistant.service.problems import PROBLEM_JSON, problem
from assistant.version import program_version
from corpus.errors import CoopAssistantError, QuestionError, UnavailableError, UnknownReading

PATH = "/api/v1"

_log = logging.getLogger(__name__)

_PROBLEM: dict[str, Any] = {"content": {PROBLEM_JSON: {"schema": ProblemOut.model_json_schema()}}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request can't be read", **_PROBLEM},
    404: {"description": "No reading has this id", **_PROBLEM},
    422: {"description": "A value is not allowed; `errors` tells which", **_PROBLEM},
    429: {"description": "Too many requests; wait as Retry-After says", **_PROBLEM},
    503: {"description": "No place at this moment; try again as Retry-After says", **_PROBLEM},
}


def create_api(assistant: ApiAssistant, desk: Desk) -> FastAPI:
    """The whole API over an assistant. Its errors are RFC 9457 problem details, all of them."""
    api = FastAPI(
        title="Reading room",
        description="Cited answers, and readings, from a collection on worker cooperatives.",
        version=program_version(),
        servers=[{"url": PATH}],
        root_path_in_servers=False,
        responses=_RESPONSES,
        docs_url=None,
        redoc_url=None,
    )
    api.include_router(asking(assistant))
    api.include_router(finding(assistant, desk))
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(CoopAssistantError, _explained)
    api.add_exception_handler(Exception, _failed)

    @api.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(documentation(api.openapi()))

    return api


async def _invalid(_: Request, error: Exception) -> Response:
    """What is wrong, and where; never what was sent."""
    assert isinstance(error, RequestValidationError)  # noqa: S101, as it is registered
    errors = [{"at": "/".join(map(str, one["loc"])), "detail": one["msg"]} for one in error.errors()]
    status = 400 if any(one["type"] == "json_invalid" for one in error.errors()) else 422
    return problem(status, "The request is not as described at /api/v1/docs.", errors=errors)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101, as it is registered
    return problem(error.status_code, f"{error.detail}. /api/v1/docs describes what there is.", error.headers)


async def _explained(_: Request, error: Exception) -> Response:
    match error:
        case UnavailableError():
            headers = {"retry-after": str(error.seconds)}
            return problem(429 if error.yours else 503, str(error), headers)
        case UnknownReading():
            return problem(404, "No reading has this id. /api/v1/resources lists them.")
        case QuestionError():
            return problem(422, str(error))
    _log.error("The collection can't be used: %s", error)
    return problem(503, "The collection can't be read at present. Try again later.", {"retry-after": "30"})


async def _failed(_: Request, error: Exception) -> Response:
    _log.error("A request failed", exc_info=error)
    return problem(500, "Something went wrong here, and it has been noted in the log.")
