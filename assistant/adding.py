"""Readings into the store as they are read: nothing twice, and none told of before it is on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from corpus.passages import split_passages
from corpus.readers import Found, Outcome, Skipped, Unchanged, text_digest
from corpus.resource import Resource
from embeddings.encoder import Encoder, Progress
from embeddings.indexing import BATCH_TEXTS, index
from embeddings.store import ReadFrom
from embeddings.stores import AnyStore

Change = Literal["added", "replaced", "unchanged"]

TOGETHER = 100_000
"""About so many characters are encoded together, then kept and told: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading that is in the store, on disk, whatever happens next.

    `name` is the file as the user knows it. `twin` is whether the same words were there already, in the
    reading of another file: that one, whose id this is, is kept.
    """

    name: str
    id: str
    change: Change
    title: str = ""
    passages: int = 0
    twin: bool = False


class Adding:
    """Adds what was read to a store."""

    def __init__(self, store: AnyStore, encoder: Encoder, workers: int = 1) -> None:
        """`workers`: how many share the encoder's work, and get something to do each time."""
        self._store = store
        self._workers = workers
        self._encoder = encoder
        self._files = store.files()

    def known(self, resource_id: str, fingerprint: str) -> bool:
        """Whether the reading is in the store, read from the same file in the same way."""
        file = self._files.get(resource_id)
        return file is not None and file.fingerprint == fingerprint

    def add(self, outcomes: Iterable[Outcome], progress: Progress | None = None) -> Iterator[Kept | Skipped]:
        """Keep what was found; each outcome in its order, once it is on disk.

        `progress` counts the texts that are encoded together. Raises HomeError, ModelError.
        """
        group: list[Outcome] = []
        for outcome in outcomes:
            if isinstance(outcome, Found) and not _fits(group, outcome.resource, TOGETHER * self._workers):
                yield from self._keep(group, progress)
                group = []
            group.append(outcome)
        yield from self._keep(group, progress)

    def _keep(self, group: Sequence[Outcome], progress: Progress | None) -> Iterator[Kept | Skipped]:
        """Keep a group, in which no reading is there twice."""
        there = {file.words: resource_id for resource_id, file in self._files.items()}
        kept = [self._planned(outcome, there) for outcome in group]
        found = {
            outcome.resource.id: outcome
            for outcome, result in zip(group, kept, strict=True)
            if isinstance(outcome, Found) and isinstance(result, Kept) and not result.twin
        }
        resources = [outcome.resource for outcome in found.values()]
        batch = BATCH_TEXTS * self._workers
        summary = index(self._store, self._encoder, resources, progress, together=batch)
        self._note(found.values())
        for result in kept:
            if isinstance(result, Kept) and result.id in summary.added and not result.twin:
                yield replace(result, change="added")
            elif isinstance(result, Kept) and result.id in summary.replaced and not result.twin:
                yield replace(result, change="replaced")
            else:
                yield result

    def _planned(self, outcome: Outcome, there: Mapping[str, str]) -> Kept | Skipped:
        """What becomes of an outcome if it changes nothing. `there`: by their words, ids of what is kept."""
        match outcome:
            case Skipped():
                return outcome
            case Unchanged():
                return Kept(outcome.name, outcome.id, "unchanged")
        resource = outcome.resource
        passages = len(split_passages(resource))
        twin = there.get(text_digest(resource))
        if twin is None or resource.id in self._files:
            return Kept(outcome.name, resource.id, "unchanged", resource.title, passages)
        return Kept(outcome.name, twin, "unchanged", resource.title, passages, twin=True)

    def _note(self, found: Iterable[Found]) -> None:
        """Remember which files the readings are from; a kill before it costs reading them once more."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        files = {
            outcome.resource.id: ReadFrom(outcome.fingerprint, text_digest(outcome.resource), now)
            for outcome in found
        }
        if files:
            self._store.note_files(files)
            self._files.update(files)


def full_text(reading: Resource, found: Resource) -> Resource:
    """The reading with what was found at its address as its text, in place of the notes on it."""
    return replace(
        reading,
        text=found.text,
        notes=False,
        sections=found.sections,
        sources=found.sources,
        pages=found.pages,
        file=found.file,
    )


def _fits(group: Sequence[Outcome], resource: Resource, characters: int) -> bool:
    """Whether the group has room for the reading, and neither it nor another one with its words."""
    others = [outcome.resource for outcome in group if isinstance(outcome, Found)]
    if any(other.id == resource.id or other.text == resource.text for other in others):
        return False
    return sum(len(other.text) for other in others) < characters
