"""`status`, `remove` and `rebuild`: what is kept in the home."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.commands.opening import indexing_progress, opened
from assistant.commands.shown import count, plain
from assistant.settings import Settings
from corpus.collection import load
from corpus.errors import UnknownReading
from corpus.passages import split_sentences

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from embeddings.store import Store


def status(_: Namespace, encoder: Encoder | None) -> int:
    """What is indexed, with which model, where. Nothing is made or changed."""
    from embeddings.store import FILE, Store

    settings = Settings.load()
    encoder = _encoder(settings, encoder)
    file = settings.home / FILE
    if file.exists():
        with closing(Store.open(settings.home, encoder)) as store:
            lines = _contents(store)
        lines["kept in"] = f"{file} ({file.stat().st_size / 1e6:.1f} MB)"
    else:
        lines = {"readings": "none yet: the first question or search indexes them"}
        lines["kept in"] = f"{file} (not there yet)"
    lines["model"] = encoder.name
    lines["starts from"] = str(settings.collection)
    for name, value in lines.items():
        print(f"{name:<12} {value}")
    return 0


def remove(options: Namespace, encoder: Encoder | None) -> int:
    """Take readings out for good. Raises UnknownReading before any of them is taken out."""
    from embeddings.indexing import sync
    from embeddings.store import Store

    settings = Settings.load()
    encoder = _encoder(settings, encoder)
    with closing(Store.open(settings.home, encoder)) as store:
        sync(store, encoder, load(settings.collection), indexing_progress())
        titles = {resource.id: resource.title for resource in store.resources()}
        ids = list(dict.fromkeys(options.ids))
        for resource_id in ids:
            if resource_id not in titles:
                raise UnknownReading(
                    f"No reading has the id {resource_id!r}, and none was removed. "
                    "`python -m assistant search WORDS --json` shows ids."
                )
        for resource_id in ids:
            store.remove(resource_id, for_good=True)
            print(f"Removed {resource_id}: {plain(titles[resource_id])}")
    return 0


def rebuild(_: Namespace, encoder: Encoder | None) -> int:
    """Encode every reading again, with the model of the settings. Cut short, the next start goes on."""
    from embeddings.store import Store

    settings = Settings.load()
    encoder = _encoder(settings, encoder)
    Store.open(settings.home, encoder, renew=True).close()
    with opened(encoder) as assistant:
        readings, passages = len(assistant.resources), assistant.passages
    print(f"Encoded {count(readings, 'reading')} in {count(passages, 'passage')} with {encoder.name}.")
    return 0


def _encoder(settings: Settings, encoder: Encoder | None) -> Encoder:
    from embeddings.encoder import open_encoder

    return encoder or open_encoder(settings.encoder)


def _contents(store: Store) -> dict[str, str]:
    with store.reading():
        resources, passages = store.resources(), store.passages()
        waiting = sum(1 for fingerprint in store.fingerprints().values() if not fingerprint)
    notes = sum(len(split_sentences(resource)) for resource in resources if resource.notes)
    languages = sorted({resource.language for resource in resources})
    lines = {
        "readings": f"{len(resources):,} in {count(len(languages), 'language')} ({', '.join(languages)})",
        "notes": f"{notes:,}",
        "passages": f"{len(passages):,}",
    }
    if waiting:
        lines["waiting"] = f"{count(waiting, 'reading')}, to be encoded at the next start"
    return lines
