"""All HTML of the page: one template environment that escapes, and no HTML anywhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.web import view
from assistant.web.addresses import archived_copy, host, safe_address
from assistant.web.conversation import Exchange
from assistant.web.room import VIEWS
from assistant.web.strings import ENGLISH, LANGUAGES, Strings
from corpus.resource import Resource

STATIC = Path(__file__).parent / "static"

SHOWN_QUESTION = 600
"""A longer question is shown cut."""

# Control characters, and those that turn the direction of the text after them round.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def header(strings: Strings = ENGLISH) -> str:
    """The name of the page, the way to its views, and the switches of language and theme."""
    return _render("header.html", strings, views=VIEWS, languages=LANGUAGES)


def welcome(resources: Sequence[Resource], strings: Strings = ENGLISH) -> str:
    """The first screen."""
    return _render("welcome.html", strings, figures=view.collection_figures(resources))


def current(exchange: Exchange, strings: Strings = ENGLISH, *, shown: int | None = None) -> str:
    """The latest exchange. With `shown`, only so many sentences of it are to be seen yet.

    What is not to be seen yet keeps its place, so that nothing moves when it appears.
    """
    return _render("current.html", strings, exchange=exchange, shown=shown)


def pending(question: str, strings: Strings = ENGLISH) -> str:
    """A question whose answer is being looked for."""
    return _render("current.html", strings, exchange=Exchange(question), shown=0)


def past(exchanges: Sequence[Exchange], strings: Strings = ENGLISH) -> str:
    """The exchanges before the latest one, oldest first."""
    return _render("past.html", strings, exchanges=exchanges)


def head() -> str:
    """What the page adds to the document's head: every stylesheet and script of `static/`, views' own too.

    A version makes browsers fetch changed files again. Scripts in `static/events/` are not linked: Gradio
    runs them where a part of the page asks for it.
    """
    styles, scripts = sorted(STATIC.glob("*.css")), sorted(STATIC.glob("*.js"))
    version = sha256(b"".join(file.read_bytes() for file in (*styles, *scripts))).hexdigest()[:12]
    return _render("head.html", ENGLISH, styles=styles, scripts=scripts, version=version)


def showable(value: object) -> object:
    """Text without characters that can't be shown or would reorder what stands around them."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSHOWABLE.sub("", value)
    return value


def _render(template: str, strings: Strings, **values: object) -> str:
    return _TEMPLATES.get_template(template).render(s=strings, **values)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=showable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["question_length"] = SHOWN_QUESTION
    environment.filters |= {
        "archived_copy": archived_copy,
        "citations_of": view.citations_of,
        "host": host,
        "language_of_words": view.language_of_words,
        "mark_of": view.mark_of,
        "marks_in": view.marks_in,
        "passage_words": view.passage_words,
        "safe_address": safe_address,
        "sources_of": view.sources_of,
    }
    return environment


_TEMPLATES = _environment()
