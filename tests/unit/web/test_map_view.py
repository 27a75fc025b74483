"""The map says the same to those who see it and to those who don't."""

from __future__ import annotations

import re

from assistant.web.map import Mapping
from assistant.web.strings import LANGUAGES
from corpus.resource import Resource
from tests.browser.scripted import BUYOUTS, SPANISH, ScriptedAssistant, conversation, reading

HOSTILE = reading(
    "x", '"><script>alert(1)</script>', "Text.", topics=('"><img src=x>',), url="javascript:alert(1)"
)


def shown(resources: tuple[Resource, ...] = (), language: str = "en") -> str:
    assistant = ScriptedAssistant(resources, ()) if resources else conversation()
    *_, (html, seen) = Mapping(assistant).show({"language": language})
    assert seen
    return html


def test_every_sign_stands_in_the_list_too_with_its_name() -> None:
    html = shown()
    signs = re.findall(r'class="sign [^"]*" data-at="([^"]+)"', html)
    entries = re.findall(r'class="reading" data-reading="([^"]+)"', html)
    assert sorted(signs) == sorted(entries)
    assert f'aria-label="{BUYOUTS.title}.' in html


def test_one_sign_is_reached_by_the_tabulator_and_the_others_from_there() -> None:
    signs = re.findall(r'<a class="sign.*?tabindex="(-?\d)"', shown(), re.DOTALL)
    assert sorted(signs, reverse=True) == ["0"] + ["-1"] * (len(signs) - 1)


def test_while_the_map_is_drawn_the_page_says_so_in_the_readers_language() -> None:
    first, _ = next(iter(Mapping(conversation()).show({"language": "fr"})))
    assert LANGUAGES["fr"].map_drawing in first


def test_topics_are_named_in_the_readers_language() -> None:
    assert LANGUAGES["es"].topics[SPANISH.topics[0]] in shown(language="es")


def test_a_title_is_text_and_an_address_that_runs_is_no_link() -> None:
    html = shown((HOSTILE,))
    assert "<script>" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("javascript%3A", "")
