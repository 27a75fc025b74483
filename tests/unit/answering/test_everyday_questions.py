"""Questions in everyday words, by a writer who knew the readings and not the program: none was looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant

QUESTIONS = Path(__file__).parents[2] / "data" / "everyday-2.jsonl"


@pytest.fixture(scope="module")
def asked(starter: Assistant) -> list[tuple[dict[str, Any], bool]]:
    """Each question that stands alone, and whether it was answered."""
    lines = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    return [(line, starter.ask(line["question"]).answered) for line in lines if "after" not in line]


def test_most_of_what_the_readings_answer_is_answered(asked: list[tuple[dict[str, Any], bool]]) -> None:
    answered = [was_answered for line, was_answered in asked if line["answerable"]]
    assert sum(answered) >= 0.8 * len(answered)


def test_what_has_another_subject_is_refused(asked: list[tuple[dict[str, Any], bool]]) -> None:
    assert not any(was_answered for line, was_answered in asked if line["kind"].endswith("off-topic"))
