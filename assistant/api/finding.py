"""What can be had without asking: passages, readings, what to narrow down by, and what is served."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Query
from starlette.responses import JSONResponse, Response

from assistant.api import schemas
from assistant.api.protocol import ApiAssistant
from assistant.api.representations import MEDIA_TYPES, Format, accepted, file_name, media_type, summary
from assistant.hits import hit_json
from assistant.service.desk import Desk
from assistant.service.problems import problem
from assistant.version import program_version
from corpus.reference import FORMATS

_A_READING: dict[int | str, dict[str, Any]] = {
    200: {
        "model": schemas.FullResourceOut,
        "content": {kind: {"schema": {"type": "string"}} for kind in list(MEDIA_TYPES.values())[1:]},
    },
    406: {"description": "None of our formats was asked for", "model": schemas.ProblemOut},
}


def finding(assistant: ApiAssistant, desk: Desk) -> APIRouter:
    """The routes; each of them only reads."""
    router = APIRouter(tags=["readings"])

    @router.get("/search", response_model=list[schemas.HitOut], summary="Passages, best first")
    def search(query: Annotated[schemas.SearchQuery, Query()]) -> Response:
        hits = assistant.search(query.q, query.k, query.filters())
        return JSONResponse([hit_json(hit) for hit in hits])

    @router.get("/similar", response_model=list[schemas.ReadingOut], summary="More like this one")
    def similar(query: Annotated[schemas.SimilarQuery, Query()]) -> Response:
        readings = assistant.similar(query.resource, query.k)
        return JSONResponse([reading.to_json() for reading in readings])

    @router.get("/facets", response_model=list[schemas.FacetOut], summary="What to narrow down by")
    def facets(query: Annotated[schemas.FacetQuery, Query()]) -> Response:
        return JSONResponse([facet.to_json() for facet in assistant.facets(query.q, query.filters())])

    @router.get("/resources", response_model=schemas.ResourcesOut, summary="The readings, page by page")
    def resources(query: Annotated[schemas.ResourcesQuery, Query()]) -> Response:
        filters = query.filters()
        admitted = [resource for resource in assistant.resources if filters.admit(resource)]
        shown = admitted[query.offset : query.offset + query.limit]
        left = len(admitted) > query.offset + query.limit
        following = _next(query) if left else None
        headers = {"link": f'<{following}>; rel="next"'} if following else None
        body = {"total": len(admitted), "resources": [summary(one) for one in shown], "next": following}
        return JSONResponse(body, headers=headers)

    @router.get("/resources/{resource_id}", responses=_A_READING, summary="A reading, or a reference to it")
    def resource(
        resource_id: str,
        format: Annotated[Format | None, Query(description="instead of the Accept header")] = None,  # noqa: A002
        accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
    ) -> Response:
        found = assistant.resource(resource_id)
        wanted = format or accepted(accept)
        headers = {"vary": "Accept"}
        if wanted is None:
            offered = ", ".join(MEDIA_TYPES.values())
            return problem(406, f"A reading can be had as {offered}.", headers)
        if wanted == "json":
            return JSONResponse(summary(found) | {"text": found.text}, headers=headers)
        headers["content-disposition"] = f'attachment; filename="{file_name(found, wanted)}"'
        return Response(FORMATS[wanted]([found]), headers=headers, media_type=media_type(wanted))

    @router.get("/status", response_model=schemas.StatusOut, summary="What is served")
    def status() -> Response:
        readings = assistant.resources
        body = {
            "version": program_version(),
            "readings": len(readings),
            "passages": assistant.passages,
            "languages": sorted({one.language for one in readings}),
            "answering": not desk.stopping,
        }
        return JSONResponse(body)

    return router


def _next(query: schemas.ResourcesQuery) -> str:
    """The address of the next page, with the same filters."""
    values = query.model_dump(exclude_defaults=True) | {
        "offset": query.offset + query.limit,
        "limit": query.limit,
    }
    return f"/api/v1/resources?{urlencode(values, doseq=True)}"
