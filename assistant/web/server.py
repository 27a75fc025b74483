"""The whole service as a web application: Gradio's page in FastAPI, the API beside it, guarded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, cast

import anyio.to_thread
import gradio as gr
from fastapi import FastAPI
from gradio.context import LocalContext
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from assistant.api.application import PATH as API
from assistant.api.application import create_api
from assistant.api.protocol import ApiAssistant
from assistant.service.access import Access
from assistant.service.attended import Attended
from assistant.service.clients import CLIENT
from assistant.service.desk import Desk
from assistant.service.front import REQUEST_ID, Front
from assistant.service.logs import REQUEST
from assistant.service.metrics import Figures
from assistant.service.probes import probes
from assistant.settings import Settings
from assistant.web import rendering
from assistant.web.closing import Closing
from assistant.web.exports import exports
from assistant.web.guard import Guard
from assistant.web.page import build_page
from assistant.web.protocol import PageAssistant
from assistant.web.tabs import Tabs
from assistant.web.theme import page_theme

if TYPE_CHECKING:
    from assistant.mcp import ReadingServer

MCP = "/mcp"
"""Where the tools are, if they are offered."""

SENTENCE_PAUSE = 0.12
"""Seconds between two sentences of an answer: enough to see it arrive, too short to wait for."""

THREADS_BESIDE = 32
"""Threads for everything but questions."""


def create_app(
    assistant: PageAssistant,
    *,
    pause: float = SENTENCE_PAUSE,
    settings: Settings | None = None,
    desk: Desk | None = None,
    local_only: bool = False,
) -> FastAPI:
    """The whole service over an assistant, ready for any ASGI server.

    `desk` is given by who wants to stop it in order; `local_only` refuses hosts' names (see `Front`).
    Raises SettingsError where a file of the settings can't be used.
    """
    settings = settings or Settings()
    desk = desk or Desk(settings)
    figures = Figures()
    access = Access(settings)
    attended = Attended(
        assistant,
        desk,
        figures,
        _who_asks,
        longest=settings.question_characters,
        log_questions=settings.log_questions,
    )
    _watch(figures, desk, assistant)
    tools = _tools(cast(ApiAssistant, attended)) if settings.mcp else None
    app = FastAPI(openapi_url=None, lifespan=_lifespan(desk.places, tools))
    app.add_middleware(Front, settings, access, figures, local_only=local_only)
    app.add_middleware(Closing)
    app.add_middleware(Guard, settings.embed_origins)
    app.include_router(probes(assistant, desk, figures))
    app.mount(API, create_api(attended, desk))
    if tools:
        app.router.routes.extend(tools.over_http(MCP).routes)
    app.include_router(exports(assistant))
    app.mount("/page", StaticFiles(directory=rendering.STATIC), name="page")
    _mount_page(app, cast(PageAssistant, attended), pause)
    return app


def _mount_page(app: FastAPI, assistant: PageAssistant, pause: float) -> None:
    page = build_page(assistant, pause)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"openapi_url": None},
        favicon_path=str(rendering.STATIC / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=page_theme(),
        head=rendering.head(),
    )
    tabs = Tabs(page)
    for part in (page.app, cast(Mount, app.routes[-1]).app):  # the one that works, and the one that listens
        cast(gr.routes.App, part).state_holder = tabs


def _who_asks() -> str:
    """The client of the request at hand: the API's, or the one behind an event of the page.

    What is logged from here on names the request of that event, too.
    """
    request = LocalContext.request.get(None)
    if request is not None and request.request and request.client:
        REQUEST.set(request.request.scope.get(REQUEST_ID, ""))
        return str(request.client.host)
    return CLIENT.get()


def _watch(figures: Figures, desk: Desk, assistant: PageAssistant) -> None:
    figures.watch("questions_running", "Questions that are worked on", lambda: desk.running)
    figures.watch("questions_waiting", "Questions that wait for their turn", lambda: desk.waiting)
    figures.watch("readings", "Readings that can be found", lambda: len(assistant.resources))
    figures.watch("passages", "Passages that can be found", lambda: getattr(assistant, "passages", 0))


def _tools(assistant: ApiAssistant) -> ReadingServer:
    from assistant.mcp import ReadingServer  # here, since it takes a second that only some need

    return ReadingServer(assistant)


def _lifespan(questions: int, tools: ReadingServer | None) -> Lifespan[FastAPI]:
    """A thread for each question that may be here, so that one that waits keeps no other; and the tools."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pool = ThreadPoolExecutor(questions + THREADS_BESIDE, thread_name_prefix="question")
        asyncio.get_running_loop().set_default_executor(pool)
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS_BESIDE
        async with tools.session_manager.run() if tools else nullcontext():
            yield
        pool.shutdown(wait=False, cancel_futures=True)

    return lifespan
