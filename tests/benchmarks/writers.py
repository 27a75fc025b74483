"""What is kept of honest, sloppy and lying writers: `python -m tests.benchmarks.writers QUESTIONS.jsonl [N]`.

Answers: the starter collection is asked the first N questions (100), and each writer answers out of the
passages that a model gets, in pieces, through the whole path. "As written" are the share of the writer's
citations that back their sentence, and the share of its sentences that one backs; "shown" are the same of
what the reader is shown as backed. Pairs written by hand (see `support.py`): each sentence as a model's, its
passage among seven others. Checking is told in milliseconds of the processor: other work does not count.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.generation.checking import Checker
from assistant.generation.marks import MarkParser
from assistant.generation.model import Message, Tokens
from assistant.generation.sentences import Sentences, Written
from assistant.generation.sources import Source
from assistant.support import check
from corpus.passages import split_passages
from corpus.resource import Passage, Resource
from embeddings.passage_table import PassageTable
from embeddings.search import Hit
from tests.benchmarks.support import PARAPHRASE, Pair, _spoiled, written_pairs
from tests.model_server import Prompt, Writer, honest, model_server

QUESTIONS = 100
OTHER_PASSAGES = 7
SENTENCES = 4

AT_ONCE = "at once"


def sloppy(prompt: Prompt) -> str:
    """True sentences; of four marks one is right, one of another passage, one of none, and one is missing."""
    marks = ("[{right}]", "[{wrong}]", "[{none}]", "")
    written = []
    for place, (number, text) in enumerate(_chosen(prompt)):
        mark = marks[place % 4].format(right=number, wrong=number % len(prompt.passages) + 1, none=99)
        written.append(f"{text.rstrip('.')} {mark}".strip() + ".")
    return " ".join(written)


def lying(prompt: Prompt) -> str:
    """Every second sentence made false by a digit, a denial or a name, and cited as if it stood there."""
    chance = random.Random(prompt.question)
    written = []
    for place, (number, text) in enumerate(_chosen(prompt)):
        false = list(_spoiled(Pair(text, prompt.passages[number], ""), ["Acme Corporation"], chance))
        said = chance.choice(false)[1] if false and place % 2 else text
        written.append(f"{said.rstrip('.')} [{number}].")
    return " ".join(written)


def _chosen(prompt: Prompt) -> list[tuple[int, str]]:
    return [(number, text.splitlines()[0]) for number, text in list(prompt.passages.items())[:SENTENCES]]


WRITERS: dict[str, Writer] = {"honest": honest, "sloppy": sloppy, "lying": lying}


@dataclass
class Scripted:
    """A model in this process; `written` are its prompts and answers."""

    name: str
    writer: Writer
    written: list[tuple[Prompt, str]] = field(default_factory=list)

    def stream(self, messages: Sequence[Message], _most_tokens: int, _stop: Event) -> Generator[str | Tokens]:
        prompt = Prompt.of({"messages": messages})
        text = self.writer(prompt)
        self.written.append((prompt, text))
        yield from (text[at : at + 4] for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    def __str__(self) -> str:
        return f"{self.count / self.of:.3f}" if self.of else "–"


def answers_table(
    assistant: Assistant, models: Sequence[Scripted], questions: Sequence[str]
) -> Iterator[str]:
    """Citation precision and recall of each writer, as written and as shown."""
    yield "| writer | sentences | as written: precision, recall | shown: precision, recall | unsupported |"
    yield "|---|---|---|---|---|"
    for model in models:
        answers = [assistant.ask(question, model=model.name) for question in questions]
        answers = [answer for answer in answers if answer.usage]
        raw = [mark for prompt, text in model.written for mark in _as_written(prompt, text)]
        precision = Share(sum(sum(marks) for marks in raw), sum(map(len, raw)))
        recall = Share(sum(map(any, raw)), len(raw))
        shown = [marks for answer in answers for marks in _as_shown(answer)]
        shown_precision = Share(sum(sum(marks) for marks in shown), sum(map(len, shown)))
        shown_recall = Share(sum(map(any, shown)), len(shown))
        struck = Share(sum(one.support == "unsupported" for a in answers for one in a.sentences), len(raw))
        yield (
            f"| {model.name} | {len(raw)} | {precision}, {recall} | {shown_precision}, {shown_recall} "
            f"| {struck} |"
        )


def _as_written(prompt: Prompt, text: str) -> list[list[bool]]:
    """Of each sentence, whether each passage that it cites backs it."""
    return [
        [check(one.text, prompt.passages.get(number, "")) != "unsupported" for number in one.numbers]
        for one in _sentences(text)
    ]


def _as_shown(answer: Answer) -> list[list[bool]]:
    """The same of the sentences that are shown as backed, by the words that they cite."""
    words = {citation.number: citation.words for citation in answer.citations}
    return [
        [check(one.text, words[number]) != "unsupported" for number in one.citations]
        for one in answer.sentences
        if one.support != "unsupported"
    ]


def _sentences(text: str) -> list[Written]:
    """What is written, with all its numbers."""
    parser, sentences = MarkParser(range(1, 1000)), Sentences("en")
    events = [*parser.feed(text), *parser.end()]
    finished = [written for event in events for written in sentences.add(event)]
    return [*finished, *sentences.end()]


def times(models: Sequence[Scripted]) -> Iterator[str]:
    """What the checking of one sentence takes, among the passages that it was written from."""
    took: list[float] = []
    for prompt, text in (written for model in models for written in model.written):
        checker = Checker(_sources(list(prompt.passages.values())))
        for sentence in _sentences(text):
            started = time.thread_time()
            checker.check(sentence)
            took.append(1000 * (time.thread_time() - started))
    p50, p95, most = np.percentile(took, [50, 95, 100])
    yield f"Checking one of {len(took)} sentences: p50 {p50:.1f} ms, p95 {p95:.1f} ms, longest {most:.1f} ms."


def first_words(assistant: Assistant, questions: Sequence[str]) -> Iterator[str]:
    """What is added to a model's own time: the first word of one that answers at once."""
    took = []
    for question in questions:
        started = time.perf_counter()
        for answer in assistant.stream(question, model=AT_ONCE):
            if answer.writing:
                took.append(1000 * (time.perf_counter() - started))
                break
    p50, p95 = np.percentile(took, [50, 95])
    yield f"First word of a model that answers at once: p50 {p50:.0f} ms, p95 {p95:.0f} ms."


def pairs_table(passages: Sequence[Passage], pairs: Sequence[Pair]) -> Iterator[str]:
    """How many lies are marked and how many paraphrases kept."""
    chance = random.Random(1)
    yield "| pairs | lies marked | paraphrases kept |"
    yield "|---|---|---|"
    for split in dict.fromkeys(pair.split for pair in pairs):
        part = [pair for pair in pairs if pair.split == split]
        marked = [(pair.kind == PARAPHRASE, unsupported(pair, passages, chance)) for pair in part]
        lies, kept = [no for true, no in marked if not true], [not no for true, no in marked if true]
        yield f"| {split} | {sum(lies)} of {len(lies)} | {sum(kept)} of {len(kept)} |"


def unsupported(pair: Pair, passages: Sequence[Passage], chance: random.Random) -> bool:
    """Whether the pair's sentence is marked when its passage is the first of several sources, and cited."""
    texts = [pair.passage, *(passage.text for passage in chance.sample(passages, OTHER_PASSAGES))]
    return Checker(_sources(texts)).check(Written(pair.sentence, (1,))).support == "unsupported"


def _sources(texts: Sequence[str]) -> list[Source]:
    """Texts of one sentence a line as the sources of an answer."""
    sources = []
    for number, text in enumerate(texts, start=1):
        resource = Resource(id=str(number), title="", kind="note", language="en", text=text, notes=True)
        hit = Hit(PassageTable([resource], split_passages(resource, len(text))), 0, 0.0)
        sources.append(Source(number, hit, hit.passage.sentences))
    return sources


def main(path: Path, most: int) -> Iterator[str]:
    """Tables and figures, as Markdown."""
    questions = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()][:most]
    models = [Scripted(name, writer) for name, writer in WRITERS.items()]
    with (
        model_server() as server,
        closing(Assistant.open(models=[*models, server.model(AT_ONCE, honest)])) as assistant,
    ):
        yield from answers_table(assistant, models, questions)
        yield ""
        yield from times(models)
        yield from first_words(assistant, questions)
        passages = [passage for resource in assistant.resources for passage in split_passages(resource)]
    yield ""
    yield from pairs_table(passages, written_pairs())


if __name__ == "__main__":
    for line in main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
