"""`/export`: readings as a file of references, for a reading list's links.

GET /export?format=bibtex|ris|csl-json|markdown&ids=ID&ids=ID…
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import PlainTextResponse, Response

from assistant.web.protocol import PageAssistant
from corpus.errors import UnknownReading
from corpus.reference import FORMATS

MOST = 500
"""Readings in one file: more than a list holds, and less than an address takes."""


@dataclass(frozen=True, slots=True)
class _File:
    """What a browser is told of a format."""

    ending: str
    media_type: str


FILES: Mapping[str, _File] = {
    "bibtex": _File("bib", "application/x-bibtex"),
    "ris": _File("ris", "application/x-research-info-systems"),
    "csl-json": _File("json", "application/vnd.citationstyles.csl+json"),
    "markdown": _File("md", "text/markdown"),
}


def exports(assistant: PageAssistant) -> APIRouter:
    """The route over an assistant's readings."""
    router = APIRouter(include_in_schema=False)

    @router.get("/export")
    def export(
        format: str = "bibtex",  # noqa: A002 - the name stands in the address
        ids: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI makes its own of it
    ) -> Response:
        """The readings in the order of their ids, each once; 400 or 404 says which part can't be had."""
        if format not in FORMATS:
            return PlainTextResponse(f"A format is one of {', '.join(FORMATS)}.", 400)
        wanted = list(dict.fromkeys(ids))
        if not 0 < len(wanted) <= MOST:
            return PlainTextResponse(f"Name the readings, 1 to {MOST} of them, as ids=ID&ids=ID.", 400)
        try:
            resources = [assistant.resource(resource_id) for resource_id in wanted]
        except UnknownReading as error:
            return PlainTextResponse(str(error), 404)
        file = FILES[format]
        return Response(
            FORMATS[format](resources),
            media_type=f"{file.media_type}; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="readings.{file.ending}"'},
        )

    return router
