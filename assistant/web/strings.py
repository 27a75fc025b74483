"""Every word that the page itself says, in each language of the page.

A text with two forms is for one and for many. `{}` and `{name}` are filled in by the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Forms = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The words of one language; a language that lacks one is a type error."""

    code: str
    title: str
    subtitle: str
    new_chat: str
    theme: str
    skip: str

    welcome: str
    rests_on: str
    readings_count: Forms
    notes_count: Forms
    languages_count: Forms
    examples_heading: str
    examples: tuple[str, ...]
    topics_heading: str
    topic_question: str
    own_browser: str

    question_label: str
    question_hint: str
    ask: str
    searching: str
    earlier: str
    latest: str
    you_asked: str
    answer: str
    understood_as: str
    too_long: str
    failed: str
    changed: str

    sources: str
    source_label: str
    source_without_address: str
    open_at: str
    new_tab: str
    learned_at: str
    archived: str
    without_address: str
    from_notes: str
    in_its_words: str
    address_kinds: Mapping[str, str]

    marks: Mapping[str, str]

    readings: str
    readings_found: str
    nearest: str
    editions: str
    try_asking: str
    languages: Mapping[str, str]


ENGLISH = Strings(
    code="en",
    title="Worker Cooperatives",
    subtitle="reading room",
    new_chat="New chat",
    theme="Dark or light",
    skip="Skip to the question",
    welcome=(
        "Ask in your own words about worker cooperatives. "
        "Every sentence of the answer links to the reading it comes from."
    ),
    rests_on="It rests on",
    readings_count=("{} reading", "{} readings"),
    notes_count=("{} note", "{} notes"),
    languages_count=("{} language", "{} languages"),
    examples_heading="For example",
    examples=(
        "What is a worker cooperative?",
        "What was decided in Recommendation No. 193?",
        "Do worker cooperatives survive longer than conventional firms?",
        "What are the steps to start a worker cooperative?",
        "How did workers in Argentina take over closed factories?",
        "Find me readings about platform cooperatives",
    ),
    topics_heading="Or start from a topic",
    topic_question="Find me readings about {}",
    own_browser="Your questions are kept in this browser only.",
    question_label="Your question",
    question_hint="Ask a question …",
    ask="Ask",
    searching="Looking through the readings …",
    earlier="Earlier in this conversation",
    latest="Latest question and answer",
    you_asked="You asked",
    answer="Answer",
    understood_as="understood as",
    too_long="A question can have up to {limit} characters; this one has {length}. Ask it in fewer words.",
    failed="Something went wrong here, and it has been noted in the log. Ask again, or in other words.",
    changed="The collection has changed since this was answered. Ask again to hear what it holds now.",
    sources="Sources",
    source_label="Source {number}: {title}",
    source_without_address="no address",
    open_at="open ↗ {host}",
    new_tab="opens in a new tab",
    learned_at="learned at ↗ {host}",
    archived="archived",
    without_address="no address known; cited by its title",
    from_notes="from our notes on this reading",
    in_its_words="in the reading’s own words",
    address_kinds={"copy": "a copy", "library record": "library record", "republication": "republication"},
    marks={
        "quoted": "quoted word for word from the reading",
        "note": "word for word from our notes on the reading",
        "supported": "in other words, supported by the reading",
        "unsupported": "not supported by a reading",
    },
    readings="Readings for this answer",
    readings_found="Readings found",
    nearest="The nearest readings",
    editions="also as",
    try_asking="You could ask",
    languages={
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fr": "French",
        "it": "Italian",
        "pt": "Portuguese",
    },
)

LANGUAGES: Mapping[str, Strings] = {"en": ENGLISH}


def counted(number: int, forms: Forms) -> str:
    """`1 reading`, `1,166 notes`."""
    return forms[number != 1].format(f"{number:,}")
