"""A question's way to a cited answer. `Assistant.stream` is the whole path."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Self

from assistant import readings, writing
from assistant.answer import Answer, Length, Reading, Turn
from assistant.browse import Order, Shelf, browse
from assistant.clock import Clock
from assistant.current import Current
from assistant.generation.model import LanguageModel
from assistant.generation.models import choose_model, open_models, parse_models
from assistant.generation.rewriting import stand_alone
from assistant.lookup import look_up
from assistant.points import Point, points
from assistant.question import understand
from assistant.settings import Settings
from assistant.small_talk import remark
from corpus.facets import Facet, facets_of
from corpus.filters import EVERYTHING, Filters
from corpus.resource import Resource
from embeddings.encoder import Encoder, Progress, open_encoder, prepare_for_questions
from embeddings.indexing import sync
from embeddings.search import Hit
from embeddings.starter import sync_folder
from embeddings.stores import AnyStore, open_store

FOUND_PASSAGES = 60
"""What a search finds, for its facets: the readings of so many passages."""


class Assistant:
    """Answers questions from one home. Threads may share it; `close` ends it."""

    def __init__(
        self,
        store: AnyStore,
        encoder: Encoder,
        home: Path,
        models: Iterable[LanguageModel] = (),
        progress: Progress | None = None,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._home = home
        self._models = {model.name: model for model in models}
        self._current = Current(store, encoder, home, progress)

    @classmethod
    def open(
        cls,
        home: Path | None = None,
        *,
        store: str | None = None,
        resources: Iterable[Resource] | None = None,
        encoder: Encoder | None = None,
        progress: Progress | None = None,
        models: Iterable[LanguageModel] | None = None,
        searches: bool = False,
    ) -> Self:
        """The assistant over the readings in `home`, which are indexed first if they are new or changed.

        Without arguments, what the environment's settings name: the home, the store, the starter
        collection, the packaged model, the language models that may write. A home that is given keeps the
        readings itself, unless `store` is the address of a database that does, and with `searches` searches
        them as well. Raises CollectionError, HomeError, LanguageModelError or ModelError.
        """
        settings = Settings.load()
        if models is None:
            models = open_models(parse_models(settings.model))
        if home is None:
            store, searches = settings.store, settings.searches
        home = home or settings.home
        encoder = encoder or open_encoder(settings.encoder)
        opened = open_store(home, encoder, store, searches=searches)
        try:
            if resources is None:
                sync_folder(opened, encoder, settings.collection, home, progress)
            else:
                sync(opened, encoder, resources, progress)
            return cls(opened, encoder, home, models, progress)
        except BaseException:
            opened.close()
            raise

    def close(self) -> None:
        """End the use of the store; the assistant can't be asked any more."""
        self._store.close()

    def warm_up(self) -> None:
        """Load the model, and prepare it for questions of any usual length, now and not at the first ones."""
        prepare_for_questions(self._encoder)

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the language models that may write, the one that does so unasked first."""
        return tuple(self._models)

    @property
    def home(self) -> Path:
        """The folder that holds the store, and whatever else is kept for its readers."""
        return self._home

    @property
    def state(self) -> str:
        """Differs after every change of the readings."""
        return self._current.of_now().index.state

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every reading of the collection, by id."""
        return tuple(self._current.of_now().index.resources.values())

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._current.of_now().index.size

    def resource(self, resource_id: str) -> Resource:
        """The reading with this id. Raises UnknownReading."""
        return readings.by_id(self._current.of_now().index, resource_id)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        understood_as: str | None = None,
        *,
        length: Length = "short",
        model: str | None = None,
    ) -> Answer:
        """The cited answer to a question: the last that `stream` yields, and raises what it raises."""
        *_, answer = self.stream(question, history, filters, understood_as, length=length, model=model)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        understood_as: str | None = None,
        *,
        length: Length = "short",
        model: str | None = None,
        stop: Event | None = None,
    ) -> Generator[Answer]:
        """The answer as it grows, from the readings that pass the filters; the last one is whole.

        `history` is what was said before. `understood_as` is the stand-alone question as the reader has
        edited it, and is searched as it is. `model` is one of `models`, or "extract" for none of them.
        Setting `stop`, or closing the generator, cancels the model's work.
        Raises QuestionError, and LanguageModelError for a model that is not there.
        """
        clock = Clock()
        writer = choose_model(self._models, model)
        history = () if understood_as else history
        asked = understand(understood_as or question, history)
        if writer and asked.follows and (rewritten := stand_alone(asked.text, history, writer)):
            asked = understand(rewritten)
        answer = Answer(
            question=question, understood_as=asked.understood_as, intent=asked.intent, answered=True
        )
        if asked.small_talk:
            clock.lap("understand")
            said = remark(asked.small_talk, asked.language)
            yield replace(answer, remark=said, confidence=1.0, milliseconds=clock.laps)
            return
        current = self._current.of_now()
        index, understanding = current.index, current.understanding
        understood = understanding.search_for(asked, history)
        clock.lap("understand")
        found = look_up(index, understanding, understood, filters)
        if not filters and asked.intent != "readings":  # which may be searched in one topic only
            current.remember(understood.text, _resources(found.hits))
        clock.lap("search")
        answer = replace(answer, understood_as=understood.text, confidence=found.confidence)
        looked = writing.LookedUp(index, understanding, understood, found, filters)
        with closing(writing.write(answer, looked, length, writer, stop or Event())) as growing:
            for written in growing:
                clock.lap("write")
                yield replace(written, milliseconds=dict(clock.laps))

    def search(
        self,
        words: str,
        k: int = 10,
        filters: Filters = EVERYTHING,
        history: Sequence[Turn] = (),
    ) -> tuple[Hit, ...]:
        """At most `k` passages, best first. Raises QuestionError."""
        current = self._current.of_now()
        return current.index.search(current.understanding.understand(words, history).query, k, filters)

    def similar(self, resource_id: str, k: int = 10) -> tuple[Reading, ...]:
        """More readings like this one, best first. Raises UnknownReading."""
        return self._current.of_now().neighbours().of(resource_id, k)

    def facets(self, words: str | None = None, filters: Filters = EVERYTHING) -> tuple[Facet, ...]:
        """What the readings found for these words, or all readings, can be narrowed down by, with counts.

        Raises QuestionError.
        """
        if words is None:
            return facets_of(self.resources, filters)
        found = self._current.of_now().found(words) or _resources(self.search(words, FOUND_PASSAGES))
        return facets_of(found, filters)

    def browse(self, by: Order, filters: Filters = EVERYTHING, language: str = "en") -> tuple[Shelf, ...]:
        """The readings that pass the filters, on shelves; `language` is the reader's, for the order."""
        return browse(self.resources, by, filters, language)

    def points(self) -> tuple[Point, ...]:
        """Every reading with a text, on its place on the map; seconds after a change of them."""
        return points(self._current.of_now().neighbours(), self._home)


def _resources(hits: Iterable[Hit]) -> tuple[Resource, ...]:
    """The readings that the hits are from, each once."""
    return tuple({hit.resource.id: hit.resource for hit in hits}.values())
