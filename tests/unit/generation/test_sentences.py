"""Sentences out of what a model writes, each with the marks that stand behind it."""

from __future__ import annotations

import pytest

from assistant.generation.marks import MarkParser
from assistant.generation.sentences import Sentences, Written


def written(text: str, size: int = 3) -> list[Written]:
    parser, sentences, found = MarkParser(range(1, 10)), Sentences("en"), []
    for at in range(0, len(text), size):
        for event in parser.feed(text[at : at + size]):
            found += sentences.add(event)
    for event in parser.end():
        found += sentences.add(event)
    return [*found, *sentences.end()]


ONE, TWO = "Members vote.", "They also work."


@pytest.mark.parametrize(
    "text",
    [
        "Members vote [1]. They also work [2].",
        "Members vote. [1] They also work. [2]",
        "Members vote.[1] They also work.[2]",
        "Members vote.[1]They also work.[2]",
        "Members vote [1].\nThey also work [2].",
        "- Members vote [1].\n- They also work [2].",
        "1. Members vote. [1]\n2. They also work. [2]",
        "**Members vote** [1].\n\n* They *also* work [2].",
        "Members vote.\n[1]\nThey also work.\n[2]",
        "[1] Members vote.\n[2] They also work.",
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_each_sentence_has_its_own_marks(text: str, size: int) -> None:
    assert written(text, size) == [Written(ONE, (1,)), Written(TWO, (2,))]


def test_marks_of_one_sentence_are_gathered_without_what_stands_between_them() -> None:
    assert written("Members [1] vote [2], [3].") == [Written("Members vote.", (1, 2, 3))]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert [one.text for one in written("Recommendation No. 193 is of 2002. It stands [1].")] == [
        "Recommendation No. 193 is of 2002.",
        "It stands.",
    ]


def test_a_sentence_is_over_when_the_next_begins() -> None:
    sentences = Sentences("en")

    assert sentences.add("Members vote. ") == []
    assert sentences.unfinished == ONE
    assert sentences.add("They") == [Written(ONE, ())]
    assert sentences.unfinished == "They"


@pytest.mark.parametrize("nothing", ["", " \n ", "---\n***", "[1]", "…"])
def test_what_has_no_word_is_no_sentence(nothing: str) -> None:
    assert written(nothing) == []
