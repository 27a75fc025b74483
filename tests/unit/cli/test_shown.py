"""Answers as text for a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerSentence, Citation, Reading
from assistant.commands.shown import WIDEST, answer_text, plain
from corpus.passages import split_passages
from corpus.resource import Resource

OWL = Resource(
    id="owl",
    title="The owl",
    kind="news",
    language="en",
    text="The owl hunts at night. It hears a mouse.",
    people=("Ada Wing",),
    publisher="Feather Press",
    date="2012-03",
    url="https://example.org/owl",
    url_kind="copy",
    archived_url="https://archive.example.org/owl",
)
CITATIONS = tuple(Citation(number, OWL, split_passages(OWL)[0], 0, 23) for number in (1, 2))
ANSWERED = Answer(
    question="And the owl?",
    understood_as="When does the owl hunt?",
    intent="question",
    answered=True,
    sentences=(
        AnswerSentence("The owl hunts at night.", (1,), "quoted"),
        AnswerSentence("It hears a mouse.", (1, 2), "quoted"),
    ),
    citations=CITATIONS,
    readings=(Reading(OWL, "also on mice", 0.5),),
)


def test_sentences_carry_their_numbers_and_the_sources_say_what_they_are() -> None:
    assert answer_text(replace(ANSWERED, readings=())) == (
        "understood as: When does the owl hunt?\n\n"
        "The owl hunts at night. [1] It hears a mouse. [1] [2]\n\n"
        "Sources\n"
        "[1] [2] The owl, Ada Wing, Feather Press, 2012, news; in the reading’s own words\n"
        "    https://example.org/owl (a copy)\n"
        "    at the words: https://example.org/owl#:~:text=The%20owl%20hunts%20at%20night.\n"
        "    archived: https://archive.example.org/owl\n"
        "    id: owl"
    )


def test_related_readings_say_why() -> None:
    assert "- The owl, Ada Wing, Feather Press, 2012, news\n    also on mice\n" in answer_text(ANSWERED)


def test_a_question_that_was_understood_as_it_is_is_not_repeated() -> None:
    asked = replace(ANSWERED, question=ANSWERED.understood_as)
    assert answer_text(asked).startswith("The owl hunts")


def test_without_an_answer_there_are_a_reason_the_nearest_readings_and_what_to_ask() -> None:
    shown = answer_text(
        replace(
            ANSWERED,
            answered=False,
            sentences=(),
            citations=(),
            remark="Nothing answers this.",
            suggestions=("When does an owl sleep?",),
        )
    )
    parts = ["Nothing answers this.", "The nearest readings", "You could ask\n  When does an owl sleep?"]
    assert [part for part in parts if part in shown] == parts
    assert "Sources" not in shown


def test_a_reading_without_an_address_is_told_so() -> None:
    nowhere = replace(OWL, url=None, url_kind=None, archived_url=None)
    assert "(no address known; cited by its title)" in answer_text(
        replace(ANSWERED, readings=(Reading(nowhere, "", 0.5),), citations=(), sentences=())
    )


@pytest.mark.parametrize("columns", [40, 72, 300])
def test_lines_fit_the_terminal_and_addresses_stay_whole(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = replace(OWL, title="An owl of many words " * 12, url=f"https://example.org/{'x' * 400}")
    lines = answer_text(replace(ANSWERED, readings=(Reading(long, "why " * 60, 0.5),))).splitlines()
    assert all(len(line) <= min(columns, WIDEST) or "https://" in line for line in lines)
    assert any(line.strip().startswith(str(long.url)) for line in lines)


def test_nothing_that_a_terminal_would_obey_is_shown() -> None:
    assert plain("a\x1b[2Jb\u202ec\nd") == "a [2Jb c d"
    hostile = replace(OWL, title="The\x1b[31m owl", people=("\x07",))
    assert "\x1b" not in answer_text(replace(ANSWERED, readings=(Reading(hostile, "\x1b]0;x", 0.5),)))


def test_what_no_reading_supports_is_said_to_be_so() -> None:
    lie = AnswerSentence("It hears a worm.", (), "unsupported")

    text = answer_text(replace(ANSWERED, sentences=(*ANSWERED.sentences[:1], lie)))
    assert "hunts at night. [1] (not supported by a reading: It hears a worm.)" in text
