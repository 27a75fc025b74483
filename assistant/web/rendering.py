"""All HTML of the page: one template environment that escapes, and no HTML anywhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from assistant.answer import Reading
from assistant.generation.models import NO_MODEL
from assistant.web import view
from assistant.web.addresses import archived_copy, host, safe_address
from assistant.web.conversation import Exchange
from assistant.web.labels import label_of
from assistant.web.preferences import Preferences, filter_values
from assistant.web.reasons import reason_in
from assistant.web.remarks import remark_in, usage_in
from assistant.web.room import VIEWS
from assistant.web.sharing import link_query
from assistant.web.strings import ENGLISH, LANGUAGES, Strings
from assistant.web.transcript import answer_text, bibliography
from corpus.coins import to_coins
from corpus.facets import Choice, Facet
from corpus.resource import Resource

STATIC = Path(__file__).parent / "static"

SHOWN_QUESTION = 600
"""A longer question is shown cut."""

PARTS = ("about", "address_link", "card_actions", "for_reference_managers", "choice_button")
REMEMBERED_PARTS = 4000
"""A kilobyte each at most."""

_COMING_SENTENCE = '<span class="sentence coming"'

# Control characters, and those that turn the direction of the text after them round.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a reader is in going from reading to reading: step `at` of `of`; `ticket` names the request."""

    ticket: int
    at: int
    of: int

    @classmethod
    def of_text(cls, *numbers: str) -> Step:
        """From what a browser says; 0 for what is no number."""
        return cls(*(int(number) if number.isdecimal() and len(number) < 9 else 0 for number in numbers))


def header(strings: Strings = ENGLISH) -> str:
    """The name of the page, the way to its views, and the switches of language and theme."""
    return render("header.html", strings, views=VIEWS, languages=LANGUAGES)


def welcome(
    figures: view.CollectionFigures, strings: Strings = ENGLISH, *, facets: Sequence[Facet] = ()
) -> str:
    """The first screen."""
    return render("welcome.html", strings, figures=figures, facets=facets)


def tools(preferences: Preferences, exchanges: Sequence[Exchange] = (), models: Sequence[str] = ()) -> str:
    """What stands over the question: what is set, the filters that hold, the bibliography for printing."""
    values = {
        "preferences": preferences,
        "begun": bool(exchanges),
        "cited": bibliography(exchanges),
        "writers": (*models, NO_MODEL) if models else (),
        "writer": preferences.writer(models),
        "no_model": NO_MODEL,
    }
    return render("tools.html", preferences.strings, **values)


def current(
    exchange: Exchange,
    strings: Strings = ENGLISH,
    *,
    coming: bool = False,
    facets: Sequence[Facet] = (),
    collection: str = "",
) -> str:
    """The latest exchange. What is still `coming` is not to be seen yet: see `with_sentences`.

    `collection` is the fingerprint for links.
    """
    values = {"exchange": exchange, "coming": coming, "facets": facets, "collection": collection}
    return render("current.html", strings, **values)


def with_sentences(coming: str, shown: int) -> str:
    """What `current` gave of a `coming` exchange, with so many sentences to be seen.

    The others keep their place, so that nothing moves when they appear. A reading's own text can't pass
    for the mark that is looked for: its angle brackets are escaped.
    """
    return coming.replace(_COMING_SENTENCE, _COMING_SENTENCE.replace(" coming", ""), shown)


def past(
    exchanges: Sequence[Exchange], strings: Strings = ENGLISH, *, first: int = 0, collection: str = ""
) -> str:
    """Exchanges before the latest one, oldest first.

    They take the place of those that the page shows from number `first` on; its others stay.
    """
    return render("past.html", strings, exchanges=exchanges, first=first, collection=collection)


def similar(resource: Resource | None, readings: Sequence[Reading], strings: Strings, *, step: Step) -> str:
    """More readings like one of them, with the way back and forth; None for a reading that is gone."""
    return render("similar.html", strings, resource=resource, readings=readings, step=step)


def told(message: str, *, name: str = "", text: str = "") -> str:
    """A line for the reader to see and hear, and a file to save where there is one."""
    return render("told.html", ENGLISH, message=message, name=name, text=text)


def head() -> str:
    """What the page adds to the document's head: every stylesheet and script of `static/`, views' own too.

    A version makes browsers fetch changed files again. Scripts in `static/events/` are not linked: Gradio
    runs them where a part of the page asks for it.
    """
    styles, scripts = sorted(STATIC.glob("*.css")), sorted(STATIC.glob("*.js"))
    version = sha256(b"".join(file.read_bytes() for file in (*styles, *scripts))).hexdigest()[:12]
    return render("head.html", ENGLISH, styles=styles, scripts=scripts, version=version)


def event_script(name: str) -> str:
    """A script of `static/events/`, for a part of the page to run."""
    return (STATIC / "events" / name).read_text(encoding="utf-8")


def showable(value: object) -> object:
    """Text without characters that can't be shown or would reorder what stands around them."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSHOWABLE.sub("", value)
    return value


def render(template: str, strings: Strings, **values: object) -> str:
    """The HTML of a template, in the words of a language."""
    return _TEMPLATES.get_template(template).render(s=strings, **values)


@lru_cache(maxsize=REMEMBERED_PARTS)
def _part(name: str, shown: Resource | Choice, strings: Strings) -> Markup:
    """What is the same of a reading, or of a choice, wherever it is shown: most are shown more than once."""
    part: Markup = getattr(_parts(strings), name)(shown)
    return part


@cache
def _parts(strings: Strings) -> TemplateModule:
    return _TEMPLATES.get_template("parts.html").make_module({"s": strings})


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
    environment.filters |= {name: partial(_part, name) for name in PARTS}
    environment.filters |= {
        "answer_text": answer_text,
        "archived_copy": archived_copy,
        "citations_of": view.citations_of,
        "coins": to_coins,
        "filter_values": filter_values,
        "host": host,
        "link_to_words": view.link_to_words,
        "label_of": label_of,
        "language_name": lambda code, strings: label_of("language", code, strings),
        "language_of_words": view.language_of_words,
        "link_query": link_query,
        "languages_apart": view.languages_apart,
        "mark_of": view.mark_of,
        "marks_in": view.marks_in,
        "narrowed_to": view.narrowed_to,
        "passage_words": view.passage_words,
        "reason_in": reason_in,
        "remark_in": remark_in,
        "safe_address": safe_address,
        "sources_of": view.sources_of,
        "usage_in": usage_in,
    }
    return environment


_TEMPLATES = _environment()
