"""The app as a user starts it, on a machine that is cut off from every other one."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Requests, ask

ROOT = Path(__file__).parents[2]
OFFLINE = Path(__file__).parent / "offline"
PICTURES = ROOT / "docs"
PICTURE_BYTES = 150_000

ANSWERED = "How did Italian workers buy out closing factories?"
FOLLOW_UP = "And in Argentina?"
UNANSWERABLE = "Which football club won the cup in 1987?"


@dataclass(frozen=True)
class CutOffApp:
    """A running app: its address, and the file that names every connection it tried to make."""

    address: str
    record: Path


@pytest.fixture(scope="module")
def app(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CutOffApp]:
    """`python app.py` over the starter collection, in a home of its own."""
    folder = tmp_path_factory.mktemp("whole-app")
    shutil.copytree(starter_home, folder / "home")
    record, port = folder / "connections", _free_port()
    record.touch()
    settings = {
        "ASSISTANT_HOME": str(folder / "home"),
        "OFFLINE_RECORD": str(record),
        "PYTHONPATH": str(OFFLINE),
    }
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(port)]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log, cwd=folder)
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait(address, process, Path(log.name))
            yield CutOffApp(address, record)
        finally:
            process.terminate()
            process.wait(20)


def test_the_recorder_sees_and_refuses_a_connection(tmp_path: Path) -> None:
    record = tmp_path / "connections"
    script = "import urllib.request; urllib.request.urlopen('http://example.org/', timeout=5)"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"OFFLINE_RECORD": str(record), "PYTHONPATH": str(OFFLINE)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "example.org" in record.read_text()


def test_three_questions_in_the_browser(
    app: CutOffApp, open_page: Open, requests: Requests, tmp_path: Path
) -> None:
    page = open_page(app.address)
    expect(page.locator(".rests")).to_contain_text("264 readings · 1,166 notes · 5 languages")
    ask(page, ANSWERED)
    _expect_cited_sentences(page)
    opened = _open_first_citation(page)
    expect(page.locator("#current .sources li").first.get_by_role("link").first).to_be_visible()
    expect(page.locator("#current .side .reading").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    _take_picture(page, tmp_path, "page")

    ask(page, FOLLOW_UP)
    expect(page.locator("#current .understood")).to_be_visible()
    _expect_cited_sentences(page)

    ask(page, UNANSWERABLE)
    expect(page.locator("#current .sentence")).to_have_count(0)
    expect(page.locator("#current .remark")).to_be_visible()
    expect(page.locator("#current .reading").first).to_be_visible()
    expect(page.locator("#current [data-question]").first).to_be_visible()

    assert requests.foreign(app.address) == [opened]
    assert requests.complaints == []
    assert app.record.read_text() == ""


def test_every_example_question_is_answered(app: CutOffApp, open_page: Open) -> None:
    page = open_page(app.address)
    examples = page.locator(".examples .example").all_inner_texts()
    assert len(examples) == 6
    for example in examples:
        ask(page, example)
        expect(page.locator("#current").locator(".sentence, .reading").first).to_be_visible()
        expect(page.locator("#current h3", has_text="nearest")).to_have_count(0)


def _expect_cited_sentences(page: Page) -> None:
    sentences = page.locator("#current .sentence")
    expect(sentences.first).to_be_visible()
    for sentence in sentences.all():
        expect(sentence.locator(".number").first).to_have_text(re.compile(r"^\d+$"))


def _open_first_citation(page: Page) -> str:
    """Click the first number; gives the address that opened in a new tab, which is not really asked for."""
    number = page.locator("#current a.number").first
    address = number.get_attribute("href") or ""
    page.context.route(address, lambda route: route.fulfill(body="the source"))
    number.hover()
    expect(page.locator("#current .card mark").first).to_be_visible()
    with page.context.expect_page() as opened:
        number.click()
    assert opened.value.url == address
    opened.value.close()
    page.mouse.move(1, 1)
    return address


@pytest.mark.skipif("COOP_ASSISTANT_PICTURES" not in os.environ, reason="takes pictures for docs/ alone")
def test_the_tour_in_pictures(app: CutOffApp, open_page: Open, tmp_path: Path) -> None:
    page = open_page(app.address, PHONE, "dark", "fr-FR")
    expect(page.locator(".rests")).to_contain_text("264 lectures")
    _take_picture(page, tmp_path, "first-screen")

    page = open_page(app.address)
    ask(page, ANSWERED)
    page.locator("#current .side [data-similar]").first.click()
    expect(page.locator(".trail .reading")).to_have_count(5)
    _take_picture(page, tmp_path, "more-like-this")
    for view in ("browse", "map"):
        page.locator(f"nav [data-view={view}]").click()
        expect(page.locator(f"#view-{view} h2").first).to_be_visible(timeout=60_000)
        page.wait_for_timeout(500)
        _take_picture(page, tmp_path, view)


def _take_picture(page: Page, folder: Path, name: str) -> None:
    """A small picture; it goes into docs/ where COOP_ASSISTANT_PICTURES asks for it."""
    taken, small = folder / "taken.png", folder / f"{name}.png"
    page.screenshot(path=taken)
    with Image.open(taken) as picture:
        picture.convert("RGB").quantize(48).save(small, optimize=True)
    assert small.stat().st_size < PICTURE_BYTES
    if os.environ.get("COOP_ASSISTANT_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        shutil.copy(small, PICTURES / small.name)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the page is served; the port is open earlier, while the index is being built."""
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=120):  # noqa: S310
                return
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError(log.read_text())
