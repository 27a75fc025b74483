"""The page as a web application: Gradio in FastAPI, its own files beside it, guarded."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from assistant.web import rendering
from assistant.web.guard import Guard
from assistant.web.page import build_page
from assistant.web.protocol import PageAssistant
from assistant.web.theme import page_theme

SENTENCE_PAUSE = 0.12
"""Seconds between two sentences of an answer: enough to see it arrive, too short to wait for."""


def create_app(assistant: PageAssistant, *, pause: float = SENTENCE_PAUSE) -> FastAPI:
    """The whole page over an assistant, ready for uvicorn."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guard)
    app.mount("/page", StaticFiles(directory=rendering.STATIC), name="page")
    gr.mount_gradio_app(
        app,
        build_page(assistant, pause),
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
    return app
