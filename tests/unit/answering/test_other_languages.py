"""Questions in French and Spanish, put to the starter collection, most of which is in English."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.assistant import Assistant

DATA = Path(__file__).parents[2] / "data"


def _answered(starter: Assistant, file: str) -> float:
    """The share of the file's questions that is answered."""
    lines = (DATA / file).read_text("utf-8").splitlines()
    answers = [starter.ask(json.loads(line)["question"]) for line in lines]
    return sum(answer.answered for answer in answers) / len(answers)


def test_what_is_asked_of_the_collection_is_answered(starter: Assistant) -> None:
    assert _answered(starter, "questions-fr-es.jsonl") >= 0.9


def test_what_is_not_its_subject_is_refused(starter: Assistant) -> None:
    assert _answered(starter, "off-topic-fr-es.jsonl") <= 0.1


def test_a_word_that_the_gloss_leaves_out_counts_against_an_answer(starter: Assistant) -> None:
    inside = starter.ask("¿Quién fundó la cooperativa de Mondragón?")
    outside = starter.ask("¿Quién fundó la orquesta filarmónica de Mondragón?")
    assert outside.confidence < inside.confidence
