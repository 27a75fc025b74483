"""An assistant of a few lines that finds and cites by shared words, and small collections for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, Reading, Turn
from assistant.evaluation import Product
from assistant.evaluation.product import Progress
from corpus.passages import split_passages
from corpus.resource import Passage, Resource

THRESHOLD = 0.5


@dataclass(frozen=True)
class Found:
    passage: Passage
    resource: Resource
    score: float


class WordAssistant:
    """Answers with the two sentences that share most words with the question, if half of them do."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self.resources = resources
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        words = _words(question)
        cited = self._citations(words)
        confidence = len(words & _words(cited[0].words)) / len(words)
        answered = confidence >= THRESHOLD
        return Answer(
            question=question,
            understood_as=question,
            intent="question",
            answered=answered,
            sentences=tuple(AnswerSentence(one.words, (one.number,), "quoted") for one in cited if answered),
            citations=tuple(cited) if answered else (),
            readings=tuple(Reading(one.resource, "shared words", 1.0) for one in cited),
            confidence=confidence,
        )

    def search(self, words: str, k: int = 10, *, history: Sequence[Turn] = ()) -> Sequence[Found]:
        wanted = _words(" ".join([words, *(turn.content for turn in history)]))
        found = [
            Found(passage, resource, len(wanted & _words(passage.text)))
            for resource in self.resources
            for passage in split_passages(resource)
        ]
        return sorted(found, key=lambda hit: -hit.score)[:k]

    def _citations(self, words: set[str]) -> list[Citation]:
        every = [
            Citation(0, resource, passage, span.start, span.end)
            for resource in self.resources
            for passage in split_passages(resource)
            for span in passage.sentences
        ]
        best = sorted(every, key=lambda one: -len(words & _words(one.words)))[:2]
        return [
            Citation(number, one.resource, one.passage, one.start, one.end)
            for number, one in enumerate(best, start=1)
        ]


def product(
    make: Callable[[Sequence[Resource]], WordAssistant] = WordAssistant, starter: Sequence[Resource] = ()
) -> Product:
    @contextmanager
    def opened(home: Path, resources: Sequence[Resource], progress: Progress) -> Iterator[WordAssistant]:
        assert home.is_dir()
        progress("indexing", len(resources), len(resources))
        yield make(resources)

    return Product(opened, lambda: starter, THRESHOLD)


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def birds(folder: Path) -> Path:
    """Three readings and three questions; the third question's answer shares no word with its reading."""
    texts = {
        "owl": "The owl hunts at night. It hears a mouse under snow.",
        "wren": "The wren sings loudly. Its nest is a ball of moss.",
        "swift": "The swift sleeps in flight. It lands only to breed.",
    }
    questions = {
        "q1": ("when does the owl hunt at night", "owl", "night"),
        "q2": ("the nest of the wren is a ball of what", "wren", "moss"),
        "q3": ("fastest bird", "swift", "swift"),
    }
    write(folder / "corpus.jsonl", [{"_id": key, "title": "", "text": text} for key, text in texts.items()])
    write(folder / "queries.jsonl", [{"_id": key, "text": one[0]} for key, one in questions.items()])
    write(
        folder / "answers.jsonl",
        [{"_id": key, "doc_id": one[1], "answers": [one[2]]} for key, one in questions.items()],
    )
    qrels = [f"{key}\t{one[1]}\t1\n" for key, one in questions.items()]
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(qrels), "utf-8")
    return folder


def reading(identifier: str, text: str, title: str = "") -> Resource:
    return Resource(id=identifier, title=title, kind="document", language="en", text=text)


def _words(text: str) -> set[str]:
    return {word.strip(".,?").lower() for word in text.split()}
