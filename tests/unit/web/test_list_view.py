"""The reading list shows what the browser keeps, and nothing that the collection has not."""

from __future__ import annotations

import re

import pytest

from assistant.web.reading_list import Listing
from assistant.web.room import Seen
from assistant.web.strings import ENGLISH
from tests.browser.scripted import BUYOUTS, SPANISH, conversation


class Click:
    """What Gradio hands over of a click."""

    def __init__(self, **values: str) -> None:
        self._data = values


def shown(*ids: str, done: str = "", changed: str = "", ticket: str = "") -> str:
    click = Click(ids="\n".join(ids), done=done, id=changed, ticket=ticket)
    html, kept = Listing(conversation()).show({}, click)  # type: ignore[arg-type]
    assert kept == Seen("\n".join(ids), "en")
    return html


def test_readings_stand_in_the_readers_order_each_once() -> None:
    html = shown(SPANISH.id, BUYOUTS.id, SPANISH.id)
    assert re.findall(r'class="reading" data-reading="([^"]+)"', html) == [SPANISH.id, BUYOUTS.id]


def test_an_empty_list_says_how_to_fill_it() -> None:
    assert ENGLISH.list_empty in shown()
    assert "export?" not in shown()


def test_a_reading_that_has_gone_is_counted_and_not_exported() -> None:
    html = shown(BUYOUTS.id, "gone-1", "gone-2")
    assert "2 readings of your list are no longer in the collection." in html
    assert 'data-reading="gone-1\ngone-2"' in html
    assert f"format=ris&amp;ids={BUYOUTS.id}&quot;" not in html
    assert f'href="export?format=ris&amp;ids={BUYOUTS.id}"' in html


@pytest.mark.parametrize(
    ("done", "words", "undo"),
    [
        ("moved", f"{SPANISH.title}: now 1 of 2", False),
        ("removed", f"Taken off the list: {SPANISH.title}", True),
        ("cleared", ENGLISH.list_cleared, True),
    ],
)
def test_what_was_done_is_said_and_can_be_undone(done: str, words: str, undo: bool) -> None:
    html = shown(SPANISH.id, BUYOUTS.id, done=done, changed=SPANISH.id)
    assert words in html
    assert ('data-list="undo"' in html) is undo


def test_the_first_cannot_go_up_nor_the_last_down() -> None:
    html = shown(SPANISH.id, BUYOUTS.id)
    ends = re.findall(r'data-list="(\w+)" data-reading="([^"]+)"[^>]* disabled', html)
    assert ends == [("up", SPANISH.id), ("down", BUYOUTS.id)]


def test_what_a_browser_sends_is_text_and_nothing_else() -> None:
    html = shown("<script>alert(1)</script>", ticket='"><img src=x>')
    assert "<script>" not in html
    assert "<img" not in html
