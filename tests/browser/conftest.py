"""A real Chromium, and a real server for whatever assistant a test brings."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from assistant.assistant import Assistant
from assistant.web.protocol import PageAssistant
from assistant.web.server import create_app
from tests.browser.scripted import conversation

expect.set_options(timeout=15_000)  # a machine that others use as well is slow now and then

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # What proposes addresses in Chromium would be drawn as two pages beside each that is opened, a third of
    # all work. This replaces Playwright's own list, of which what may use the network is kept.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,HttpsUpgrades,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch",
)
WIDE = (1280, 900)
PHONE = (360, 740)

Serve = Callable[[PageAssistant], str]
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser process; each page gets an empty profile of its own.

    It ends with the tests of this folder: while it runs, Playwright's event loop runs in this thread, and
    what other tests do there (run loops of their own, raise from a signal) does not go together with it.
    """
    if not CHROMIUM.exists():
        pytest.fail(
            f"{CHROMIUM} is missing: on Debian, `apt-get install chromium`; elsewhere leave these out "
            "with `pytest -m 'not browser'`."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves an assistant's page on a free port until the test ends, and gives its address."""
    servers = []

    def start(assistant: PageAssistant) -> str:
        manager = running(assistant)
        servers.append(manager)
        return manager.__enter__()

    yield start
    for manager in servers:
        manager.__exit__(None, None, None)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page over the scripted conversation, served once for all tests of a file."""
    with running(conversation()) as served:
        yield served


@pytest.fixture(scope="session")
def library(quick_starter: Assistant) -> Iterator[str]:
    """The page over the starter collection, served once for all tests that only look."""
    with running(quick_starter) as served:
        yield served


@contextmanager
def running(assistant: PageAssistant) -> Iterator[str]:
    """A server in a thread; sentences follow each other without a pause that tests would wait for."""
    listening = socket.create_server(("127.0.0.1", 0))
    servers: list[uvicorn.Server] = []

    async def build_and_serve() -> None:  # Gradio wants a running loop from the start
        app = create_app(assistant, pause=0.02)
        servers.append(uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)))
        await servers[0].serve(sockets=[listening])

    thread = threading.Thread(target=asyncio.run, args=(build_and_serve(),))
    thread.start()
    while not (servers and servers[0].started):
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    servers[0].should_exit = True
    thread.join(10)
    assert not thread.is_alive(), "the server did not stop"


class Requests:
    """What the pages of one test asked for, and what went wrong in them."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complaints: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Write down every request and every error of every page."""
        context.on("request", lambda request: self.addresses.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type == "error" else None,
        )

    def foreign(self, own: str) -> list[str]:
        """The requests that did not go to the page's own address."""
        return [a for a in self.addresses if not a.startswith((own, "data:", f"blob:{own}"))]


@pytest.fixture
def requests() -> Requests:
    """The record of what pages ask for."""
    return Requests()


@pytest.fixture
def open_page(chromium: Browser, requests: Requests) -> Iterator[Open]:
    """Opens an address in an empty profile: `size` in pixels, `scheme` light or dark, a `locale`."""
    contexts = []

    def open_(
        address: str, size: tuple[int, int] = WIDE, scheme: str = "light", locale: str = "en-GB"
    ) -> Page:
        context = chromium.new_context(
            locale=locale,
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            reduced_motion="reduce",
        )
        requests.watch(context)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(address)
        page.locator("#current section, #current .welcome").first.wait_for(state="attached")
        return page

    yield open_
    for context in contexts:
        context.close()


def ask(page: Page, question: str) -> None:
    """Type a question, and wait until its answer is complete."""
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
    wait_for_answer(page, question)


def wait_for_answer(page: Page, question: str) -> None:
    """Wait until the latest exchange is this question's, and complete."""
    latest = page.locator("#current .exchange").filter(has=page.locator(".asked", has_text=question[:100]))
    latest.locator("[role=log][aria-busy=false]").wait_for()


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait until something is so that the page does not show."""
    for _ in range(750):
        if is_so():
            return
        page.wait_for_timeout(20)
    pytest.fail("It did not come to be so.")
