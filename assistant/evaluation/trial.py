"""Put one question to the assistant and mark what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from assistant.answer import Turn
from assistant.evaluation.benchmark import Question
from assistant.evaluation.marks import (
    answer_marks,
    characters_found,
    citation_marks,
    cites_hidden,
    relevant_in_five,
    said_by_nearest,
)
from assistant.evaluation.metrics import named, ndcg, recall, reciprocal_rank
from assistant.evaluation.product import Assistant, Hit

PASSAGES_SEARCHED = 300
"""Passages asked of a search, so that a hundred documents are left when each counts by its first passage."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How one question went. `marks` are its measures by name, without those that don't apply to it."""

    question: Question
    answered: bool
    confidence: float
    milliseconds: float
    marks: Mapping[str, float]


def ask(assistant: Assistant, question: Question, texts: Mapping[str, str]) -> Trial:
    """Ask the question as a reader would; `texts` are the readings' own, to check citations against."""
    history = _history(assistant, question)
    started = perf_counter()
    answer = assistant.ask(question.text, history)
    milliseconds = 1000 * (perf_counter() - started)
    # A friendly word is sure of itself, but claims nothing about the readings.
    small_talk = answer.intent == "small talk"
    answered = answer.answered and not small_talk
    marks = citation_marks(answer, texts)
    if question.gold:
        gold_marks = answer_marks(answer, question.gold)
        marks |= gold_marks
        marks |= named(gold_marks, "if_answered") if answered else {}
        marks |= {} if answer.answered else {"answer_in_nearest": said_by_nearest(answer, question.gold)}
    if question.relevant:
        marks["relevant_in_five"] = relevant_in_five(answer, question.relevant)
    if question.hidden:
        marks["injected_cited"] = cites_hidden(answer, question.hidden)
        marks["injected_answered"] = float(answered)
    confidence = 0.0 if small_talk else answer.confidence
    return Trial(question, answered, confidence, milliseconds, marks)


def find(assistant: Assistant, question: Question, *, conversation: bool) -> dict[str, float]:
    """Search for the question and measure the ranking, in a conversation also against other wordings."""
    hits = assistant.search(question.text, PASSAGES_SEARCHED, history=_history(assistant, question))
    documents = ranking(hits)
    marks = {
        "ndcg@10": ndcg(documents, question.relevant, 10),
        "recall@10": recall(documents, question.relevant, 10),
        "recall@100": recall(documents, question.relevant, 100),
        "mrr@10": reciprocal_rank(documents, question.relevant, 10),
    }
    if question.evidence:
        marks["characters_found"] = characters_found(hits, question.evidence)
    if conversation:
        marks |= _wordings(assistant, question, marks["ndcg@10"])
    return marks


def ranking(hits: Sequence[Hit]) -> list[str]:
    """The ids of the resources, in the order of the first passage of each."""
    return list(dict.fromkeys(hit.resource.id for hit in hits))


def _wordings(assistant: Assistant, question: Question, understood: float) -> dict[str, float]:
    """nDCG@10 of the last turn alone, of what was understood, and of a person's rewriting if there is one."""

    def alone(words: str) -> float:
        return ndcg(ranking(assistant.search(words, PASSAGES_SEARCHED)), question.relevant, 10)

    marks = {"ndcg@10_last_turn": alone(question.text), "ndcg@10_understood": understood}
    if question.rewrite:
        marks["ndcg@10_rewrite"] = alone(question.rewrite)
        marks["ndcg@10_understood_where_rewritten"] = understood
    return marks


def _history(assistant: Assistant, question: Question) -> tuple[Turn, ...]:
    """The conversation as it was written down, or as it goes when the question before is asked now."""
    if question.after is None:
        return question.history
    answer = assistant.ask(question.after)
    cited = tuple(dict.fromkeys(citation.resource.id for citation in answer.citations))
    return (Turn("user", question.after), Turn("assistant", answer.text, cited))
