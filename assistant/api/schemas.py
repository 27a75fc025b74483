"""What programs send and get, as OpenAPI describes it. What comes in is checked here and nowhere else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Intent, Length, Support, Turn
from assistant.question import MAX_QUESTION_CHARACTERS
from corpus.filters import Filters

_Value = Annotated[str, Field(min_length=1, max_length=300)]
_Values = Annotated[list[_Value], Field(default_factory=list, max_length=50)]
_Year = Annotated[int, Field(ge=0, le=9999)]
_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]


class FilterFields(BaseModel):
    """Only readings that have one of the values in each field; a field without values filters nothing."""

    model_config = ConfigDict(extra="forbid")

    language: _Values
    kind: _Values
    topic: _Values
    place: _Values
    publisher: _Values
    decade: _Values
    from_year: _Year | None = None
    to_year: _Year | None = None

    def filters(self) -> Filters:
        """The same for the assistant."""
        return Filters(
            languages=frozenset(self.language),
            kinds=frozenset(self.kind),
            topics=frozenset(self.topic),
            places=frozenset(self.place),
            publishers=frozenset(self.publisher),
            decades=frozenset(self.decade),
            year_from=self.from_year,
            year_to=self.to_year,
        )


class TurnBody(BaseModel):
    """What was said before; `cited` are the ids of the readings that an answer cited."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)]
    cited: Annotated[list[_Id], Field(default_factory=list, max_length=100)]

    def turn(self) -> Turn:
        """The same for the assistant."""
        return Turn(self.role, self.content, tuple(self.cited))


class AskBody(BaseModel):
    """A question. `understood_as` is the stand-alone question where the reader has edited it."""

    model_config = ConfigDict(extra="forbid")

    question: _Words
    history: Annotated[list[TurnBody], Field(default_factory=list, max_length=60)]
    filters: FilterFields = Field(default_factory=lambda: FilterFields.model_validate({}))
    understood_as: _Words | None = None
    length: Length = "short"


class FacetQuery(FilterFields):
    """What is to be narrowed down: the readings found for `q`, or all of them."""

    q: _Words | None = None


class SearchQuery(FilterFields):
    """The words to look for, and how many passages at most."""

    q: _Words
    k: Annotated[int, Field(ge=1, le=100)] = 10


class SimilarQuery(BaseModel):
    """The reading to start from, and how many others at most."""

    model_config = ConfigDict(extra="forbid")

    resource: _Id
    k: Annotated[int, Field(ge=1, le=100)] = 10


class ResourcesQuery(FilterFields):
    """A page of the list of readings, by id."""

    offset: Annotated[int, Field(ge=0, le=10**9)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class SentenceOut(BaseModel):
    """A sentence, the numbers of its citations, and how well they back it."""

    text: str
    citations: list[int]
    support: Support


class CitationOut(BaseModel):
    """`start` and `end` are the cited words' characters in the reading's text."""

    number: int
    resource: str
    title: str
    url: str | None
    passage: str
    start: int
    end: int


class ReadingOut(BaseModel):
    """A reading, and why it is worth opening."""

    resource: str
    title: str
    url: str | None
    why: str
    score: float


class AnswerOut(BaseModel):
    """The answer as `ask --json` prints it."""

    question: str
    understood_as: str
    intent: Intent
    answered: bool
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    readings: list[ReadingOut]
    suggestions: list[str]
    confidence: float
    remark: str
    writer: str
    usage: dict[str, Any] | None
    milliseconds: dict[str, float]


class HitOut(BaseModel):
    """A passage as `search --json` prints it."""

    resource: str
    title: str
    url: str | None
    passage: str
    start: int
    end: int
    score: float


class ResourceOut(BaseModel):
    """What is known about a reading."""

    id: str
    title: str
    kind: str
    language: str
    notes: bool
    series: str | None
    people: list[str]
    publisher: str | None
    date: str | None
    places: list[str]
    topics: list[str]
    url: str | None
    url_kind: str | None
    archived_url: str | None
    work: str
    rights: str | None


class FullResourceOut(ResourceOut):
    """A reading with its text: its own words, or where `notes` is true our notes on it."""

    text: str


class ResourcesOut(BaseModel):
    """A page of readings, how many there are in all, and the address of the next page."""

    total: int
    resources: list[ResourceOut]
    next: str | None


class ChoiceOut(BaseModel):
    """A value of a facet, and how many readings choosing it finds."""

    value: str
    count: int
    chosen: bool


class FacetOut(BaseModel):
    """One thing to narrow down by."""

    facet: str
    choices: list[ChoiceOut]


class StatusOut(BaseModel):
    """What is served."""

    version: str
    readings: int
    passages: int
    languages: list[str]
    answering: bool


class ProblemOut(BaseModel):
    """RFC 9457: what went wrong, and in `detail` what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
