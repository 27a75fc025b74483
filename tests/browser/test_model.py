"""A language model writes in the page: what is shown of it, what the reader can set, how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from assistant.generation.client import RemoteModel
from tests.browser.conftest import Open, Serve, ask
from tests.browser.rooms import serious
from tests.fakes import FakeEncoder
from tests.killing import Town
from tests.model_server import ModelServer, model_server, says
from tests.readings import reading

TOWNS = tuple(map(Town, range(5)))
TOWN = TOWNS[0]
READINGS = tuple(
    reading(f"town-{town.number}", f"{town.name} lies on a river.\n{town.fact}", notes=False)
    for town in TOWNS
)
MADE_UP = f"The cooperative of {TOWN.name} owns nine airports"
COLLEAGUE = says(f"{TOWN.fact[:-1]} [2]. {MADE_UP} [1].")
"""One sentence that is right, with the number of another passage, and one that is not."""

Opened = Callable[..., Assistant]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """The scripted models."""
    with model_server() as running:
        yield running


@pytest.fixture
def opened(home: Path) -> Iterator[Opened]:
    """Opens the assistant over the towns, with these models."""
    with ExitStack() as stack:

        def open_(*models: RemoteModel) -> Assistant:
            assistant = Assistant.open(home, resources=READINGS, encoder=FakeEncoder(256), models=models)
            stack.callback(assistant.close)
            return assistant

        yield open_


def _choice(page: Page, group: str, name: str) -> None:
    button = page.get_by_label(group, exact=True).get_by_role("button", name=name, exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_what_a_model_writes_is_marked_and_the_reader_chooses_who_writes(
    server: ModelServer, opened: Opened, serve: Serve, open_page: Open
) -> None:
    models = server.model("colleague", COLLEAGUE), server.model("silent")
    page = open_page(serve(opened(*models)))
    ask(page, TOWN.question)
    right, made_up = page.locator("#current .sentence").all()
    expect(right).to_contain_text(TOWN.fact[:-1])
    expect(right.locator(".repaired")).to_contain_text("this reading supports it")
    expect(made_up.locator("s")).to_have_text(f"{MADE_UP}.")
    expect(made_up.locator(".unseen")).to_contain_text("not supported by a reading")
    expect(page.locator("#current .usage")).to_contain_text("Written by colleague")
    expect(page.locator("#current .usage")).to_contain_text("tokens read")
    assert serious(page, "#current") == []
    assert serious(page, "#tools") == []

    _choice(page, "Sentences that no reading supports", "hidden")
    expect(made_up).to_be_hidden()
    page.reload()
    expect(page.locator("#current .usage")).to_contain_text("Written by colleague")
    expect(page.locator("#current .repaired").first).to_be_attached()
    expect(page.locator("#current s")).to_be_hidden()

    _choice(page, "Who writes the answers", "silent")
    ask(page, f"{TOWN.question} Please.")
    expect(page.locator("#current .remark")).to_have_text(
        "silent wrote no answer: it took too long. These sentences stand in the readings."
    )
    _choice(page, "Who writes the answers", "the readings alone")
    asked = len(server.asked)
    ask(page, TOWN.question)
    expect(page.locator("#current .sentence").first).to_contain_text(TOWN.fact[:-1])
    expect(page.locator("#current .usage")).to_have_count(0)
    assert len(server.asked) == asked


def test_stopping_ends_the_models_work(
    server: ModelServer, opened: Opened, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(opened(server.model("endless"))))
    page.locator("#question textarea").fill(TOWN.question)
    page.locator("#ask").click()
    expect(page.locator("#current .sentence s").first).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#current .stopped")).to_have_text("Stopped here.")
    assert server.disconnected.wait(2), "the model goes on writing for nobody"


def test_without_models_nothing_is_said_of_them(opened: Opened, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(opened()))
    expect(page.get_by_label("Length of answers")).to_be_visible()
    expect(page.get_by_label("Who writes the answers")).to_have_count(0)
