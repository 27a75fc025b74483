"""A server that must never be called, and documents, a model and addresses that want the page to call it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.assistant import Assistant
from corpus.readers import Found, read
from corpus.resource import Resource
from tests.browser.conftest import Open, Requests, Serve, ask
from tests.fakes import FakeEncoder
from tests.killing import Town
from tests.model_server import model_server, says
from tests.readings import COLLECTION, reading

TOWN = Town(7)
MARKUP = (
    "![pixel](SINK/markdown)",
    "[![pixel](SINK/linked)](javascript:window.ran=1)",
    "<img src=SINK/img srcset='SINK/srcset 2x'>",
    "<img src=x onerror=\"fetch('SINK/onerror');window.ran=1\">",
    "<div style=\"background:url('SINK/style')\">x</div>",
    "<style>@import 'SINK/import'; body { background: url(SINK/css) }</style>",
    "<style>@font-face { font-family: f; src: url(SINK/font) } * { font-family: f }</style>",
    "<form action=SINK/form><input name=q><input type=image src=SINK/button></form>"
    "<img src=x onerror='document.forms[0].submit()'>",
    "<div style='position:fixed;inset:0;z-index:99999;background:#fff url(SINK/overlay)'>Sign in</div>",
    "<svg onload=\"fetch('SINK/svg-load');window.ran=1\"><image href=SINK/svg-image /></svg>",
    "<svg><use href='SINK/sprite.svg#a'/><script>window.ran=1</script></svg>",
    "<link rel=stylesheet href=SINK/link><link rel=prefetch href=SINK/prefetch>",
    "<meta http-equiv=refresh content='0;url=SINK/refresh'>",
    "<video src=SINK/video poster=SINK/poster></video><audio src=SINK/audio autoplay></audio>",
    "<iframe src=SINK/frame></iframe><object data=SINK/object></object><embed src=SINK/embed>",
    "<script src=SINK/script></script><script>window.ran=1</script>",
    "<base href=SINK/>",
    "<table background=SINK/table><tr><td>x</td></tr></table>",
)


@dataclass(slots=True)
class Sink:
    """Where it listens, and what it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)

    @property
    def attack(self) -> str:
        return " ".join(MARKUP).replace("SINK", self.address)

    def each(self) -> list[str]:
        return [one.replace("SINK", self.address) for one in MARKUP]


@pytest.fixture
def sink() -> Iterator[Sink]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.asked.append(self.path)
            self.send_response(200)
            self.send_header("access-control-allow-origin", "*")
            self.send_header("content-length", "0")
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard = Sink(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield heard
    server.shutdown()
    server.server_close()


def documents(folder: Path, sink: Sink) -> list[Resource]:
    """Files as somebody adds them, with markup in their words, titles and front matter."""
    folder.mkdir()
    attack, quoted = sink.attack, sink.attack.replace('"', '\\"')
    title = f"{TOWN.name} {attack}"
    (folder / "own.html").write_text(
        f"<html><head><title>{escape(title)}</title><meta name=author content='{escape(attack)}'></head>"
        f"<body><p>{TOWN.fact} {escape(attack)}</p>{attack}<p>{TOWN.name} lies on a river.</p></body></html>"
    )
    (folder / "own.md").write_text(
        f'---\ntitle: "{title.replace(chr(34), chr(92) + chr(34))}"\npublisher: "{quoted}"\n'
        f'author: "{quoted}"\nurl: "javascript:fetch(\'{sink.address}/url\')"\n---\n\n'
        f"{TOWN.fact}\n\n{attack}\n\n{TOWN.name} has a market.\n"
    )
    (folder / "own.txt").write_text(f"{title}\n\n{TOWN.fact} {TOWN.name} lies on a hill. {attack}\n")
    found = [one.resource for one in read(folder) if isinstance(one, Found)]
    assert len(found) == 3
    assert any(sink.address in one.text for one in found)
    assert any(sink.address in one.title for one in found)
    return found


def poisoned_record(sink: Sink) -> Resource:
    """A reading of the collection with markup in every field."""
    words = sink.attack
    return reading(
        "record",
        f"{TOWN.fact}\n{words}\nA plain line on {TOWN.name}.",
        title=words,
        people=(words,),
        publisher=words,
        series=words,
        kind=words,
        places=(words,),
        topics=(words,),
        date="2016",
        rights=words,
        url=f"{sink.address}/url",
        archived_url=f"javascript:fetch('{sink.address}/archived')",
    )


@pytest.fixture
def opened(home: Path, tmp_path: Path, sink: Sink) -> Iterator[Callable[[bool], Assistant]]:
    """Opens the assistant over the hostile readings, with the hostile model if that is wanted."""
    readings = [*documents(tmp_path / "files", sink), poisoned_record(sink), *COLLECTION]
    with model_server() as server:
        model = server.model("hostile", says(" ".join(f"{one} [1]." for one in (TOWN.fact, *sink.each()))))
        assistants = []

        def open_(with_model: bool) -> Assistant:
            models = [model] if with_model else []
            assistants.append(Assistant.open(home, resources=readings, encoder=FakeEncoder(), models=models))
            return assistants[-1]

        yield open_
        for assistant in assistants:
            assistant.close()
        assert bool(server.asked) == any(assistant.models for assistant in assistants)


def is_untouched(page: Page, address: str, requests: Requests, sink: Sink) -> None:
    """Nothing was called, nothing ran, and nothing of it is more than text."""
    page.wait_for_timeout(300)
    assert page.url.startswith(address)
    assert page.evaluate("window.ran") is None
    assert requests.foreign(address) == []
    assert sink.asked == []
    shown = page.locator("#past, #current, #view-browse, #view-map, #view-list")
    assert shown.locator("script, style, form, iframe, object, embed, video, audio, base, link").count() == 0
    assert shown.locator(f"img, image, use, [style*='{sink.address}'], [src*='{sink.address}']").count() == 0


@pytest.mark.parametrize("one", [one for one in MARKUP if one.startswith("<") and "<base" not in one])
def test_the_sink_hears_a_page_that_is_not_careful(chromium: Browser, sink: Sink, one: str) -> None:
    with closing(chromium.new_page()) as page:
        page.goto(f"{sink.address}/page")
        page.set_content(f"<body>words {one.replace('SINK', sink.address)}</body>")
        until = time.monotonic() + 5
        while not set(sink.asked) - {"/page", "/favicon.ico"}:
            assert time.monotonic() < until, "the sink would not notice this one"
            page.wait_for_timeout(20)


@pytest.mark.parametrize("with_model", [False, True], ids=["hostile documents", "and a hostile model"])
def test_the_page_calls_nobody(
    opened: Callable[[bool], Assistant],
    sink: Sink,
    serve: Serve,
    open_page: Open,
    requests: Requests,
    with_model: bool,
) -> None:
    address = serve(opened(with_model))
    page = open_page(address)
    ask(page, TOWN.question)
    expect(page.locator("#current .sentence").first).to_be_visible()
    page.locator("#current .number").first.focus()
    expect(page.locator("#current .card").first).to_be_visible()
    assert sink.address in page.locator("#current").inner_text()
    ask(page, f"{sink.attack[:900]} {TOWN.question}")
    page.reload()
    expect(page.locator("#current .exchange")).to_be_visible()
    for view in ("browse", "map", "list"):
        page.locator(f"nav [data-view={view}]").click()
        page.wait_for_timeout(300)
    is_untouched(page, address, requests, sink)


def test_an_address_has_the_page_call_nobody(
    opened: Callable[[bool], Assistant], sink: Sink, serve: Serve, open_page: Open, requests: Requests
) -> None:
    address = serve(opened(False))
    for name in ("q", "as", "view", "collection", "answer", "topic", "place", "__theme"):
        asked = "" if name == "q" else f"q={quote(TOWN.question)}&"
        page = open_page(f"{address}?{asked}{name}={quote(sink.attack[:1200])}")
        is_untouched(page, address, requests, sink)
