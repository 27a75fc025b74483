"""What an operator's programs ask: alive? ready? how is it going?"""

from __future__ import annotations

import logging
from typing import Protocol

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from assistant.service.desk import Desk
from assistant.service.metrics import Figures
from corpus.errors import CoopAssistantError
from corpus.resource import Resource

_log = logging.getLogger(__name__)

_AGAIN = {"retry-after": "5"}
_READ = ["GET", "HEAD"]
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Collection(Protocol):
    """What is probed of an assistant: reading it goes to the index, and to the store behind that."""

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every reading."""


def probes(assistant: Collection, desk: Desk, figures: Figures) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/healthz", methods=_READ)
    async def alive() -> Response:
        """200 as long as the process answers at all; takes no thread."""
        return JSONResponse({"status": "alive"})

    @router.api_route("/readyz", methods=_READ)
    def ready() -> Response:
        """200 where a question could be answered now, else 503."""
        if desk.stopping:
            return JSONResponse({"status": "stopping"}, 503, _AGAIN)
        try:
            readings = len(assistant.resources)
        except CoopAssistantError as error:
            _log.warning("Not ready: %s", error)
            return JSONResponse({"status": "the store can't be read"}, 503, _AGAIN)
        return JSONResponse({"status": "ready", "readings": readings})

    @router.api_route("/metrics", methods=_READ)
    def metrics() -> Response:
        return PlainTextResponse(figures.text(), media_type=METRICS_TYPE)

    return router
