"""Open the product over readings in a temporary home, and put questions to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from time import perf_counter

from assistant.evaluation.benchmark import Question
from assistant.evaluation.product import Assistant, Product, Progress
from assistant.evaluation.trial import Trial, ask, find
from corpus.passages import split_passages
from corpus.resource import Resource


@dataclass(frozen=True, slots=True)
class Opened:
    """The assistant over some readings; `texts` are theirs by id, to check citations against."""

    assistant: Assistant
    texts: Mapping[str, str]
    progress: Progress

    def ask(self, questions: Sequence[Question], stage: str) -> list[Trial]:
        """Ask each question and mark its answer."""
        return [ask(self.assistant, question, self.texts) for question in self._counted(questions, stage)]

    def find(self, questions: Sequence[Question], *, conversation: bool) -> list[dict[str, float]]:
        """Search for each question and mark the ranking."""
        counted = self._counted(questions, "searching")
        return [find(self.assistant, question, conversation=conversation) for question in counted]

    def _counted(self, questions: Sequence[Question], stage: str) -> Iterator[Question]:
        for number, question in enumerate(questions, start=1):
            yield question
            self.progress(stage, number, len(questions))


class Run:
    """One measurement, with its homes in the folder `homes`.

    `passages` were indexed in `seconds`, unless a home was there `already`.
    """

    def __init__(self, product: Product, progress: Progress, homes: Path) -> None:
        self.passages = 0
        self.seconds = 0.0
        self.already = False
        self._product = product
        self._progress = progress
        self._homes = homes

    @contextmanager
    def opened(self, resources: Sequence[Resource], home: str, like: str | None = None) -> Iterator[Opened]:
        """The assistant over these readings and no others, in a home of this name.

        A new home starts empty, or as a copy of the home `like`, so that no text is encoded again.
        """
        folder = self._homes / home
        if folder.exists():
            self.already = True
        elif like is None:
            folder.mkdir(parents=True)
        else:
            copytree(self._homes / like, folder)
        started = perf_counter()
        with self._product.open(folder, resources, self._progress) as assistant:
            self.seconds += perf_counter() - started
            self.passages += sum(len(split_passages(resource)) for resource in resources)
            texts = {resource.id: resource.text for resource in resources}
            yield Opened(assistant, texts, self._progress)
