"""An assistant that gives prepared answers: an ordinary object in place of the one with a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

from assistant.answer import Answer, AnswerSentence, Citation, Length, Reading, Turn
from assistant.browse import Order, Shelf, browse
from assistant.points import Point
from assistant.settings import Settings
from corpus.errors import UnknownReading
from corpus.facets import Facet, facets_of
from corpus.filters import EVERYTHING, Filters
from corpus.resource import Passage, Resource, Source, Span


def reading(resource_id: str, title: str, text: str, **known: object) -> Resource:
    """A reading with notes, at an address on example.org if nothing else is said."""
    values: dict[str, object] = {
        "kind": "publication",
        "language": "en",
        "notes": True,
        "url": f"https://www.example.org/{resource_id}",
        "url_kind": "publisher",
        "topics": ("worker buyouts and conversions",),
    }
    return Resource(id=resource_id, title=title, text=text, **(values | known))  # type: ignore[arg-type]


def citation(number: int, resource: Resource, words: str) -> Citation:
    """A citation of these words; its passage is the whole text."""
    start = resource.text.index(words)
    passage = Passage(
        resource.id, 0, len(resource.text), resource.text, None, (Span(start, start + len(words)),)
    )
    return Citation(number, resource, passage, start, start + len(words))


def answered(
    question: str, citations: Sequence[Citation], readings: Sequence[Reading] = (), understood_as: str = ""
) -> Answer:
    """An answer that says the cited words themselves."""
    return Answer(
        question=question,
        understood_as=understood_as or question,
        intent="question",
        answered=True,
        sentences=tuple(AnswerSentence(c.words, (c.number,), "quoted") for c in citations),
        citations=tuple(citations),
        readings=tuple(readings),
        confidence=0.9,
    )


def not_answered(question: str, readings: Sequence[Reading], suggestions: Sequence[str]) -> Answer:
    """The answer to a question that the collection has nothing on."""
    return Answer(
        question=question,
        understood_as=question,
        intent="question",
        answered=False,
        readings=tuple(readings),
        suggestions=tuple(suggestions),
        remark="The collection has nothing that answers this.",
    )


class Told(NamedTuple):
    """What came with a question."""

    filters: Filters
    understood_as: str | None
    length: Length


class ScriptedAssistant:
    """Answers the questions that it was given answers for, and nothing else; remembers what it was asked.

    A question in `failures` raises what stands there.
    """

    def __init__(self, resources: Sequence[Resource], answers: Sequence[Answer]) -> None:
        self._resources = {resource.id: resource for resource in resources}
        self._answers = {answer.understood_as: answer for answer in answers}
        self._answers |= {answer.question: answer for answer in answers}
        self.failures: dict[str, Exception] = {}
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.told: list[Told] = []

    @property
    def home(self) -> Path:
        return Settings.load().home

    @property
    def state(self) -> str:
        return " ".join(self._resources)

    @property
    def models(self) -> tuple[str, ...]:
        return ()

    @property
    def resources(self) -> tuple[Resource, ...]:
        return tuple(self._resources.values())

    def resource(self, resource_id: str) -> Resource:
        try:
            return self._resources[resource_id]
        except KeyError:
            raise UnknownReading(f"No reading has the id {resource_id!r}.") from None

    def ask(self, question: str) -> Answer:
        """The prepared answer."""
        return self._answers.get(question) or not_answered(question, (), ())

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        understood_as: str | None = None,
        *,
        length: Length = "short",
        model: str | None = None,  # noqa: ARG002
        stop: Event | None = None,  # noqa: ARG002
    ) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        self.told.append(Told(filters, understood_as, length))
        if question in self.failures:
            raise self.failures[question]
        answer = self.ask(understood_as or question)
        yield replace(answer, question=question, understood_as=understood_as or answer.understood_as)

    def similar(self, resource_id: str, k: int = 10) -> tuple[Reading, ...]:
        this = self.resource(resource_id)
        others = [resource for resource in self.resources if resource is not this]
        return tuple(Reading(other, f"beside {this.title}", 0.5) for other in others[:k])

    def facets(self, words: str | None = None, filters: Filters = EVERYTHING) -> tuple[Facet, ...]:  # noqa: ARG002
        return facets_of(self.resources, filters)

    def browse(self, by: Order, filters: Filters = EVERYTHING, language: str = "en") -> tuple[Shelf, ...]:
        return browse(self.resources, by, filters, language)

    def points(self) -> tuple[Point, ...]:
        """The readings in one row."""
        return tuple(
            Point(one, (number + 0.5) / len(self.resources), 0.5) for number, one in enumerate(self.resources)
        )


BUYOUTS = reading(
    "buyouts-italy",
    "Three decades of worker buyouts in Italy",
    "Worker buyouts in Italy grew out of the recession of the 1980s.\n"
    "The Marcora law of 1985 lets workers put their unemployment money into a cooperative.\n"
    "Of the buyouts made since then most are still in business after three years.",
    people=("Marcelo Vieta", "Antonella Carrano"),
    publisher="CICOPA",
    date="2016-05",
    kind="publication",
    url="https://www.example.org/three-decades.pdf",
    archived_url="https://web.archive.org/web/2023/https://www.example.org/three-decades.pdf",
    sources=(Source(63, 148, "https://law.example.net/marcora"),),
)
OWN_WORDS = reading(
    "handbook",
    "A handbook for those who take over their firm",
    "Workers who buy a firm pay for it with their savings, a loan from a cooperative fund and state money. "
    "The fund leaves when the loan is paid back.",
    notes=False,
    publisher="Example Press",
    date="2011",
    kind="handbook",
    url="https://copies.example.com/handbook",
    url_kind="copy",
)
WITHOUT_ADDRESS = reading(
    "no-address",
    "Workers' cooperatives",
    "The book is older than its pages.",
    url=None,
    url_kind=None,
    topics=(),
)
SPANISH = reading(
    "recuperadas",
    "Las empresas recuperadas como cooperativas de trabajo",
    "En Uruguay las empresas recuperadas son cooperativas de trabajo.",
    language="es",
    people=("Juan Pablo Martí",),
    date="2013",
    kind="working paper",
    url_kind="library record",
    topics=("recovered enterprises",),
)

FIRST = "How did Italian workers buy out closing factories?"
FOLLOW_UP = "And who paid for it?"
UNANSWERABLE = "What will the weather be in Turin tomorrow?"

RELATED = (
    Reading(
        SPANISH, "also on workers who took over their firm, in Uruguay", 0.7, editions=(WITHOUT_ADDRESS,)
    ),
    Reading(OWN_WORDS, "also on worker buyouts and conversions", 0.6),
)


def conversation() -> ScriptedAssistant:
    """Three questions: one answered, one follow-up, one that can't be answered."""
    return ScriptedAssistant(
        (BUYOUTS, OWN_WORDS, WITHOUT_ADDRESS, SPANISH),
        (
            answered(
                FIRST,
                [
                    citation(1, BUYOUTS, BUYOUTS.text.splitlines()[1]),
                    citation(2, BUYOUTS, BUYOUTS.text.splitlines()[2]),
                    citation(3, WITHOUT_ADDRESS, WITHOUT_ADDRESS.text),
                ],
                RELATED,
            ),
            answered(
                FOLLOW_UP,
                [citation(1, OWN_WORDS, OWN_WORDS.text.partition(". ")[0] + ".")],
                RELATED[:1],
                understood_as="Who paid for worker buyouts of closing factories in Italy?",
            ),
            not_answered(UNANSWERABLE, RELATED, ("How long do worker buyouts last?", FIRST)),
        ),
    )
