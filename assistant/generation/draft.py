"""An answer while a model writes it: sentences that were checked, and citations numbered as they are met."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.generation.checking import Checked, Checker, Place
from assistant.generation.failure import ModelFailure
from assistant.generation.marks import MarkParser
from assistant.generation.prompts import NOT_IN_PASSAGES
from assistant.generation.sentences import Sentences, Written
from assistant.generation.sources import Source

LONGEST_SENTENCE = 1500
"""Characters without an end: no sentence, but a model that has lost its way."""

LONGEST_ANSWER = 30_000
"""Characters, with what a model says to itself."""

SAME_AGAIN = 3
"""So often the same sentence is a model that goes in circles."""


TAIL = 40
"""So many characters, met again `SAME_AGAIN` times in one sentence, are said in circles."""


class Draft:
    """Takes a model's words in pieces."""

    def __init__(self, sources: tuple[Source, ...], language: str) -> None:
        self.sources = sources
        self._parser = MarkParser(frozenset(source.number for source in sources))
        self._sentences = Sentences(language)
        self._checker = Checker(sources)
        self._checked: list[Checked] = []
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._met: Counter[str] = Counter()
        self._characters = 0

    @property
    def backed(self) -> int:
        """How many sentences a passage backs."""
        return sum(one.support != "unsupported" for one in self._checked)

    @property
    def says_no(self) -> bool:
        """Whether all that was written is that the passages don't answer."""
        return set(self._met) == {NOT_IN_PASSAGES}

    def add(self, piece: str) -> None:
        """Read on. Raises ModelFailure when the model goes in circles."""
        self._characters += len(piece)
        if self._characters > LONGEST_ANSWER:
            raise ModelFailure("repetition")
        for event in self._parser.feed(piece):
            self._take(self._sentences.add(event))
        if _circles(self._sentences.unfinished):
            raise ModelFailure("repetition")

    def end(self) -> None:
        """Nothing more comes. Raises ModelFailure when nothing came, or always the same."""
        for event in self._parser.end():
            self._take(self._sentences.add(event))
        self._take(self._sentences.end())
        if not self._met:
            raise ModelFailure("empty")

    def on(self, answer: Answer, model: str) -> Answer:
        """The answer as far as it is written. What is unsupported makes it less sure."""
        share = self.backed / len(self._checked) if self._checked else 1.0
        sentences = tuple(map(self._sentence, self._checked))  # first, since this numbers the citations
        return replace(
            answer,
            sentences=sentences,
            citations=tuple(self._citations.values()),
            confidence=answer.confidence * share,
            writer=model,
            writing=self._sentences.unfinished,
        )

    def _take(self, finished: list[Written]) -> None:
        for written in finished:
            self._met[written.text] += 1
            if self._met[written.text] >= SAME_AGAIN:
                raise ModelFailure("repetition")
            if self._met[written.text] == 1 and written.text != NOT_IN_PASSAGES:
                self._checked.append(self._checker.check(written))

    def _sentence(self, checked: Checked) -> AnswerSentence:
        numbers = dict.fromkeys(self._citation(place).number for place in checked.places)
        return AnswerSentence(checked.text, tuple(numbers), checked.support, checked.repaired)

    def _citation(self, place: Place) -> Citation:
        key = place.source.resource.id, place.span.start, place.span.end
        if key not in self._citations:
            hit, number = place.source.hit, len(self._citations) + 1
            self._citations[key] = Citation(
                number, hit.resource, hit.passage, place.span.start, place.span.end
            )
        return self._citations[key]


def _circles(unfinished: str) -> bool:
    """Whether a sentence says the same again and again, or has no end."""
    tail = unfinished[-TAIL:]
    return len(unfinished) > LONGEST_SENTENCE or (len(tail) == TAIL and unfinished.count(tail) > SAME_AGAIN)
