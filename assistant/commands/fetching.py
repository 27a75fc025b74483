"""`fetch`: the pages and PDFs that readings link to become the readings' text, word for word."""

from __future__ import annotations

from argparse import ArgumentError, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from tqdm import tqdm

from assistant.adding import Adding, Kept, full_text
from assistant.commands.adding import PATIENCE
from assistant.commands.fetching_summary import Fetched, close, line, which
from assistant.commands.linked import named, readings_by_id
from assistant.settings import Settings
from corpus.errors import FetchError
from corpus.fetching import FOLDER, Client, Downloaded, archived_copy, copy_folder, fetch_copy
from corpus.readers import Found, Metadata, Outcome, ReaderProcess, Skipped, Unchanged, read
from corpus.resource import Resource
from embeddings.encoder import Encoder, open_encoder
from embeddings.stores import AnyStore, open_store
from embeddings.turns import turn

DONE, SOMETHING_FAILED = 0, 1


def fetch(options: Namespace, encoder: Encoder | None, client: Client | None = None) -> int:
    """Fetch what the readings link to, and tell of each reading once its text is on disk."""
    if options.all == bool(options.ids):
        raise ArgumentError(None, "Name the readings to fetch, or say --all.")
    settings = Settings.load()
    encoder = encoder or open_encoder(settings.encoder)
    client = client or Client(allow_private=options.allow_private)
    begun, results = monotonic(), list[Fetched]()
    with (
        turn(settings.home / FOLDER),
        closing(open_store(settings.home, encoder, settings.store, patience=PATIENCE)) as store,
        ReaderProcess() as process,
        tqdm(_wanted(store, settings, options.ids), "Fetching", unit=" readings", disable=None) as bar,
    ):
        fetching = _Fetching(settings.home, Adding(store, encoder), client, process, options.refresh)
        for reading in bar:
            results.append(fetching.fetch(reading))
            if not options.json:
                with bar.external_write_mode():
                    print(line(results[-1]), flush=True)
    close(results, monotonic() - begun, as_json=options.json)
    return SOMETHING_FAILED if which(results, "failed") else DONE


def _wanted(store: AnyStore, settings: Settings, ids: Sequence[str]) -> list[Resource]:
    """The readings with these ids, or all of which there are notes. Raises UnknownReading."""
    readings = readings_by_id(store, settings)
    return named(readings, ids) if ids else [reading for reading in readings.values() if reading.notes]


@dataclass(frozen=True, slots=True)
class _Fetching:
    """What it takes to fetch one reading after another."""

    home: Path
    adding: Adding
    client: Client
    process: ReaderProcess
    refresh: bool

    def fetch(self, reading: Resource) -> Fetched:
        """Download, read and keep the text of one reading, as far as each of this has still to be done."""
        if reading.url is None:
            return Fetched(resource=reading.id, state="failed", why="The reading has no address.")
        if reading.url_kind == "library record":
            why = "Its address is a library's record of it, not the reading."
            return Fetched(resource=reading.id, state="notes kept", why=why)
        addresses = [address for address in (reading.url, reading.archived_url) if address]
        try:
            copy = fetch_copy(
                addresses, copy_folder(self.home, reading.id), self.client, refresh=self.refresh
            )
        except FetchError as error:
            return Fetched(resource=reading.id, state="failed", why=str(error))
        return self._kept(reading, copy)

    def _kept(self, reading: Resource, copy: Downloaded) -> Fetched:
        archived = archived_copy(copy)
        result = Fetched(
            resource=reading.id,
            state="failed",
            address=archived or copy.address,
            archived=archived is not None,
            size=copy.size,
        )
        found = self._read(reading, copy)
        if isinstance(found, Skipped):
            return replace(result, why=found.reason)
        if isinstance(found, Found):
            if len(found.resource.text) < len(reading.text) and reading.notes:
                return replace(result, state="notes kept", why="There is less to read there than our notes.")
            text = full_text(reading, found.resource)
            # A link to a page that is gone would not open at the words.
            found = replace(found, resource=replace(text, url=archived or reading.url, file=None))
        with turn(self.home):
            (kept,) = self.adding.add([found])
        return _told(result, kept)

    def _read(self, reading: Resource, copy: Downloaded) -> Outcome:
        """The one reading that the file is; Skipped where it is none, or many."""

        def known(_id: str, fingerprint: str) -> bool:
            return self.adding.known(reading.id, fingerprint)

        given = Metadata(title=reading.title, language=reading.language, url=reading.url)
        outcomes = list(read(copy.path, given, known=known, process=self.process))
        if len(outcomes) != 1:
            reason = f"It holds {len(outcomes)} readings. Add those you want: {copy.path}"
            return Skipped(reading.id, reason)
        outcome = outcomes[0]
        return Unchanged(reading.id, reading.id) if isinstance(outcome, Unchanged) else outcome


def _told(result: Fetched, kept: Kept | Skipped) -> Fetched:
    if isinstance(kept, Skipped):
        return replace(result, why=kept.reason)
    if kept.twin:
        return replace(result, state="notes kept", why=f"The same words are there as {kept.id}.")
    if kept.change == "unchanged":
        return replace(result, state="unchanged")
    return replace(result, state="fetched", passages=kept.passages)
