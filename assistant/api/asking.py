"""POST /ask: a cited answer, whole or as it grows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Header
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer
from assistant.api.protocol import ApiAssistant
from assistant.api.schemas import AnswerOut, AskBody
from corpus.errors import CoopAssistantError, QuestionError, UnavailableError

EVENTS = "text/event-stream"

_NOT_BUFFERED = {"cache-control": "no-store", "x-accel-buffering": "no"}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerOut,
        "description": (
            "The answer. With `Accept: text/event-stream`: events named `answer` with the answer as far as "
            "it is, then one named `done` with the whole, or `problem` with a `detail`."
        ),
        "content": {EVENTS: {"schema": {"type": "string"}}},
    }
}


def asking(assistant: ApiAssistant) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["answers"])

    @router.post("/ask", responses=_RESPONSES, summary="Ask a question")
    async def ask(body: AskBody, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
        said = [turn.turn() for turn in body.history]
        filters = body.filters.filters()
        if EVENTS in accept.lower():
            stop = Event()
            answers = assistant.stream(
                body.question, said, filters, body.understood_as, length=body.length, stop=stop
            )
            first = await asyncio.to_thread(next, answers)  # what is wrong with the question has its status
            return StreamingResponse(_events(first, answers, stop), media_type=EVENTS, headers=_NOT_BUFFERED)
        answer = await asyncio.to_thread(
            assistant.ask, body.question, said, filters, body.understood_as, length=body.length
        )
        return JSONResponse(answer.to_json())

    return router


async def _events(answer: Answer, answers: Iterator[Answer], stop: Event) -> AsyncIterator[str]:
    """The answers as server-sent events. `stop` is set where the reader goes away."""
    try:
        while following := await asyncio.to_thread(next, answers, None):
            yield _event("answer", {**answer.to_json(), "writing": answer.writing})
            answer = following
        yield _event("done", answer.to_json())
    except CoopAssistantError as error:
        shown = isinstance(error, UnavailableError | QuestionError)
        yield _event("problem", {"detail": str(error) if shown else "The answer could not be finished."})
    finally:
        stop.set()


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
