"""`add`: files, folders and pages into the collection."""

from __future__ import annotations

from argparse import ArgumentError, Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.adding import Adding, full_text
from assistant.commands.adding_options import OF_SEVERAL, OF_TEXT
from assistant.commands.adding_progress import AddingProgress
from assistant.commands.adding_summary import Summary
from assistant.settings import Settings
from corpus.check import offence
from corpus.collection import load, topics
from corpus.errors import FetchError
from corpus.fetching.client import Client
from corpus.fetching.download import download
from corpus.readers import Found, Metadata, Outcome, ReaderProcess, Skipped, nothing_known, read
from corpus.readers.files import Known
from corpus.resource import Resource
from embeddings.encoder import Encoder, open_encoder
from embeddings.stores import open_store
from embeddings.turns import turn
from embeddings.workers import workers

DONE, SOMETHING_SKIPPED = 0, 1

PATIENCE = 600.0
"""Seconds to wait for another program that writes: a large change at most."""

_OF_ONE = ("title", "url")


def add(options: Namespace, encoder: Encoder | None) -> int:
    """Add what is at each path or address, and tell of each reading once it is on disk."""
    given = _given(options)
    settings = Settings.load()
    encoder = encoder or open_encoder(settings.encoder)
    summary = Summary(quiet=options.json)
    progress = AddingProgress(options.sources)
    with (
        turn(settings.home),
        _encoding(options.workers, encoder, settings) as (encoder, at_once),
        closing(open_store(settings.home, encoder, settings.store, patience=PATIENCE)) as store,
        ReaderProcess() as process,
        closing(progress),
    ):
        adding = Adding(store, encoder, at_once)
        outcomes = _Sources(options, given, adding.known, process).read()
        for result in adding.add(progress.reading(outcomes), progress.encoding):
            progress.told(result)
            summary.tell(result)
    summary.close()
    return SOMETHING_SKIPPED if summary.skipped else DONE


@contextmanager
def _encoding(address: str | None, encoder: Encoder, settings: Settings) -> Iterator[tuple[Encoder, int]]:
    """Who encodes, and how many of them: the Ray at the address, or the encoder itself."""
    if address is None:
        yield encoder, 1
        return
    with workers(address, partial(open_encoder, settings.encoder), encoder) as shared:
        yield shared, shared.workers


def _given(options: Namespace) -> Metadata:
    """What the options say about the readings. ArgumentError for a value that no reading can have."""
    values = {name: getattr(options, name) for name in OF_TEXT}
    values |= {name: tuple(getattr(options, option)) for name, option in OF_SEVERAL.items()}
    for name in _OF_ONE:
        if values[name] and (len(options.sources) > 1 or Path(options.sources[0]).is_dir()):
            raise ArgumentError(None, f"Only one reading can have the {name} {values[name]!r}: add it alone.")
    for name, value in values.items():
        for text in value if isinstance(value, tuple) else (value,):
            if text is not None and (wrong := offence(name, text, topics())):
                raise ArgumentError(None, " ".join(wrong))
    return Metadata(**values)


@dataclass(frozen=True)
class _Sources:
    """What is read of the paths and addresses of one call."""

    options: Namespace
    given: Metadata
    known: Known
    process: ReaderProcess

    def read(self) -> Iterator[Outcome]:
        """One source after the other."""
        for source in self.options.sources:
            if source.lower().startswith(("http://", "https://")):
                yield from self._page(source)
            else:
                yield from self._files(Path(source), self.given, self.known)

    def _page(self, address: str) -> Iterator[Outcome]:
        """What stands at an address, which is the reading's own."""
        with TemporaryDirectory() as folder:
            try:
                downloaded = download(address, Path(folder), self._client)
            except FetchError as error:
                yield Skipped(address, f"{error.wrong}. {error.remedy}")
                return
            given = replace(self.given, url=self.given.url or address)
            for outcome in self._files(downloaded.path, given, nothing_known):
                yield self._of_page(replace(outcome, name=address))

    def _of_page(self, outcome: Outcome) -> Outcome:
        """Of a page that the starter collection has notes on, this is the reading's full text."""
        reading = self._starter.get(outcome.name)
        if reading and isinstance(outcome, Found):
            return replace(outcome, resource=full_text(reading, outcome.resource))
        return outcome

    def _files(self, path: Path, given: Metadata, known: Known) -> Iterator[Outcome]:
        return read(path, given, ocr=self.options.ocr, known=known, process=self.process)

    @cached_property
    def _client(self) -> Client:
        return Client(allow_private=self.options.allow_private)

    @cached_property
    def _starter(self) -> dict[str, Resource]:
        """The readings of the starter collection by their address."""
        return {reading.url: reading for reading in load(Settings.load().collection) if reading.url}
