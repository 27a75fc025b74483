"""What the server does not offer to anyone but its own page."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import gradio as gr
import pytest

from assistant.web.page import build_page
from tests.browser.conftest import Serve
from tests.browser.scripted import conversation

CLOSED = (
    "gradio_api/call/ask",
    "gradio_api/call/v2/ask",
    "gradio_api/run/ask",
    "gradio_api/upload",
    "gradio_api/info",
    "gradio_api/file=/etc/hostname",
    "gradio_api/proxy=http://example.org",
    "openapi.json",
    "docs",
    "monitoring",
    "page/../page.py",
    "page/%2e%2e/page.py",
)


def test_there_is_no_way_round_the_page(serve: Serve) -> None:
    address = serve(conversation())
    for path in CLOSED:
        for body in (None, json.dumps({"data": ["?", []]}).encode()):
            assert _status(address + path, body) in (403, 404, 405), path


def test_the_document_names_nobody_else(serve: Serve) -> None:
    with urllib.request.urlopen(serve(conversation()), timeout=10) as response:  # noqa: S310
        document = response.read().decode()
    assert "Worker Cooperatives" in document
    assert not re.search(r"<(?:meta|link|script)[^>]*(?:https?:)?//", document)
    assert "og:" not in document


def _status(address: str, body: bytes | None) -> int:
    request = urllib.request.Request(address, data=body, headers={"content-type": "application/json"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)  # noqa: S310
    refused.value.close()
    return refused.value.code


def test_no_event_of_the_page_is_an_endpoint_for_others() -> None:
    async def build() -> gr.Blocks:  # Gradio wants a running loop from the start
        return build_page(conversation(), pause=0)

    with ThreadPoolExecutor(1) as thread:  # this one has the browser's loop
        page = thread.submit(lambda: asyncio.run(build())).result()
    assert page.fns
    assert {event.api_visibility for event in page.fns.values()} == {"private"}
    assert all(event.concurrency_limit in ("default", None) for event in page.fns.values())
    assert not page.get_api_info()["named_endpoints"]
    assert not page.analytics_enabled
