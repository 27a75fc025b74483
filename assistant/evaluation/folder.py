"""Read a test collection in the BEIR layout, with whatever else its folder holds about the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import py3langid

from assistant.answer import Turn
from assistant.evaluation.benchmark import Benchmark, Gold, Question
from assistant.evaluation.rows import Row, read_by_id, read_judgements, read_rows
from corpus.resource import Resource, Span

LANGUAGE_SAMPLE = 20_000
"""Characters of a corpus by which its language is told."""

_ROLES: Mapping[Any, Literal["user", "assistant"]] = {
    "user": "user",
    "agent": "assistant",
    "assistant": "assistant",
}

Rows = Mapping[str, Row]


def read_folder(folder: Path) -> Benchmark:
    """Readings, judged questions and unanswerable ones. Raises EvaluationError.

    Questions marked as neither answerable nor unanswerable are searched for if they have a judgement, but
    are no evidence on when to be silent.
    """
    documents = read_by_id(folder / "corpus.jsonl", "text")
    queries = read_by_id(folder / "queries.jsonl", "text")
    grades = read_judgements(folder / "qrels.tsv", queries, documents)
    golds = dict(_answers(folder / "answers.jsonl", queries, documents))
    evidence = dict(_evidence(folder / "spans.jsonl", queries, documents))
    unanswerable = [row for row in queries.values() if _mark(row) == "UNANSWERABLE"]
    if (folder / "unanswerable.jsonl").exists():
        unanswerable += read_by_id(folder / "unanswerable.jsonl", "text").values()
    return Benchmark(
        name=folder.resolve().name,
        resources=_resources(documents),
        questions=tuple(
            _question(queries[query], relevant, golds.get(query), evidence.get(query))
            for query, relevant in grades.items()
        ),
        unanswerable=tuple(_question(row) for row in unanswerable),
    )


def read_unanswerable(path: Path) -> tuple[Question, ...]:
    """Questions, each `{"_id", "text"}`, that no reading answers. Raises EvaluationError."""
    return tuple(_question(row) for row in read_by_id(path, "text").values())


def _question(
    row: Row,
    relevant: Mapping[str, int] | None = None,
    gold: Gold | None = None,
    evidence: Gold | None = None,
) -> Question:
    answerable = _mark(row) == "ANSWERABLE"
    return Question(
        id=row.text("_id"),
        text=row.text("text"),
        history=tuple(_turns(row)),
        rewrite=row.optional_text("rewrite"),
        relevant=relevant or {},
        gold=gold,
        evidence=evidence,
        answerable=answerable,
        paired=answerable and row.values.get("v2", True) is True,
    )


def _mark(row: Row) -> str:
    return row.optional_text("answerability") or "ANSWERABLE"


def _turns(row: Row) -> Iterator[Turn]:
    for turn in row.values.get("history") or ():
        role = _ROLES.get(turn.get("speaker") or turn.get("role")) if isinstance(turn, dict) else None
        words = turn.get("text") or turn.get("content") if role else None
        if role is None or not isinstance(words, str):
            raise row.error(
                '"history" has a turn that can\'t be read. Give {"speaker": "user" or "agent", "text": "…"}.'
            )
        yield Turn(role, words)


def _resources(documents: Rows) -> tuple[Resource, ...]:
    texts = {identifier: row.text("text") for identifier, row in documents.items()}
    language, _ = py3langid.classify(" ".join(texts.values())[:LANGUAGE_SAMPLE])
    return tuple(
        Resource(
            id=identifier,
            title=row.optional_text("title") or "",
            kind="document",
            language=language,
            text=texts[identifier],
        )
        for identifier, row in documents.items()
    )


def _answers(path: Path, queries: Rows, documents: Rows) -> Iterator[tuple[str, Gold]]:
    """The gold answers that can be looked for in a sentence; a judge's conclusion in own words can't be."""
    for row in read_rows(path) if path.exists() else ():
        query = row.known("_id", queries, "queries.jsonl")
        document = row.known("doc_id", documents, "corpus.jsonl")
        place = frozenset({document})
        if "answers" in row.values:
            yield query, Gold(resources=place, strings=row.texts("answers"))
        elif "gold_sentences" in row.values:
            spans = _sentences(documents[document])
            yield query, Gold(resources=place, spans=tuple(_picked(row, spans)))
        elif "long_answer" not in row.values:
            raise row.error('no "answers", "gold_sentences" or "long_answer". Give one of them.')


def _sentences(document: Row) -> list[Span]:
    """Where the document's own `sentences` stand in its text."""
    spans: list[Span] = []
    end = 0
    for sentence in document.texts("sentences"):
        start = document.text("text").find(sentence, end)
        if start < 0:
            raise document.error(f'"sentences" has {sentence[:40]!r}, which is not in "text". Correct it.')
        end = start + len(sentence)
        spans.append(Span(start, end))
    return spans


def _picked(row: Row, sentences: list[Span]) -> Iterator[Span]:
    for number in _list(row, "gold_sentences"):
        if not isinstance(number, int) or not 0 <= number < len(sentences):
            raise row.error(f'"gold_sentences" has {number!r}; the document has {len(sentences)} sentences.')
        yield sentences[number]


def _evidence(path: Path, queries: Rows, documents: Rows) -> Iterator[tuple[str, Gold]]:
    for row in read_rows(path) if path.exists() else ():
        document = row.known("doc_id", documents, "corpus.jsonl")
        spans = tuple(_span(row, pair, len(documents[document].text("text"))) for pair in _list(row, "spans"))
        yield row.known("_id", queries, "queries.jsonl"), Gold(resources=frozenset({document}), spans=spans)


def _span(row: Row, pair: object, length: int) -> Span:
    match pair:
        case [int(start), int(end)] if 0 <= start < end <= length:
            return Span(start, end)
    raise row.error(f'"spans" has {pair!r}; give [start, end) within the {length} characters of the text.')


def _list(row: Row, key: str) -> Iterable[object]:
    value = row.values.get(key)
    if not isinstance(value, list) or not value:
        raise row.error(f'"{key}" is missing or no list. Give at least one.')
    return value
