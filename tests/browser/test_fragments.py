"""A link to quoted words opens the page at these words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from corpus.links import link_to
from corpus.readers import Found, Metadata, ReaderProcess, read
from tests.documents import Readable, readable

PAGES = {document.name: document for document in readable() if ".htm" in document.name}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The pages in a folder, and the address that serves them."""
    folder = tmp_path_factory.mktemp("site")
    for document in PAGES.values():
        (folder / document.name).write_bytes(document.data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


def _link(document: Readable, site: tuple[Path, str], process: ReaderProcess) -> str:
    folder, address = site
    (outcome,) = read(folder / document.name, Metadata(url=f"{address}/{document.name}"), process=process)
    assert isinstance(outcome, Found)
    start = outcome.resource.text.index(document.fact.answer)
    link = link_to(outcome.resource, start, start + len(document.fact.answer))
    assert link is not None
    return link


@pytest.mark.parametrize("name", PAGES)
def test_the_browser_scrolls_to_the_quoted_words(
    chromium: Browser, site: tuple[Path, str], process: ReaderProcess, name: str
) -> None:
    document = PAGES[name]
    with chromium.new_context(viewport={"width": 500, "height": 120}) as context:
        page = context.new_page()
        page.goto(_link(document, site, process))
        answer = page.locator("p", has_text=document.fact.answer)

        expect(answer).to_be_in_viewport()
        assert page.evaluate("scrollY") > 0
        page.goto(page.url.partition("#")[0] + "?plain")
        expect(answer).not_to_be_in_viewport()
