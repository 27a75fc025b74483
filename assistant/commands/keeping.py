"""`remove` and `rebuild`: change what is kept in the home."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.commands.opening import indexing_progress, opened
from assistant.commands.shown import count, plain
from assistant.settings import Settings
from corpus.collection import load
from corpus.errors import DamagedStore, UnknownReading

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def remove(options: Namespace, encoder: Encoder | None) -> int:
    """Take readings out, with every trace. Raises UnknownReading before any of them is taken out."""
    from corpus.fetching import forget_copy
    from embeddings.index import index_of
    from embeddings.indexing import sync
    from embeddings.stores import open_store
    from embeddings.turns import turn

    settings = Settings.load()
    encoder = _encoder(settings, encoder)
    opened = open_store(settings.home, encoder, settings.store, searches=settings.searches)
    with turn(settings.home), closing(opened) as store:
        sync(store, encoder, load(settings.collection), indexing_progress())
        titles = {resource.id: resource.title for resource in store.resources()}
        ids = list(dict.fromkeys(options.ids))
        for resource_id in ids:
            if resource_id not in titles:
                raise UnknownReading(
                    f"No reading has the id {resource_id!r}, and none was removed. "
                    "`python -m assistant search WORDS --json` shows ids."
                )
        starter = {resource.id for resource in load(settings.collection)}
        for resource_id in ids:
            store.remove(resource_id, for_good=resource_id in starter)
            forget_copy(settings.home, resource_id)
            print(f"Removed {resource_id}: {plain(titles[resource_id])}", flush=True)
        index_of(store, encoder, settings.home)  # the one that is there still has their words
    return 0


def rebuild(_: Namespace, encoder: Encoder | None) -> int:
    """Encode every reading again, with the model of the settings. Cut short, the next start goes on."""
    from embeddings import snapshot
    from embeddings.salvage import salvage
    from embeddings.stores import open_store
    from embeddings.turns import turn

    settings = Settings.load()
    encoder = _encoder(settings, encoder)
    with turn(settings.home):
        try:
            open_store(settings.home, encoder, settings.store, renew=True).close()
        except DamagedStore as error:
            if settings.store:
                raise
            print(plain(str(error)))
            kept = salvage(settings.home, encoder)
            print(f"{count(kept.readings, 'reading')} could be read and are kept; the damaged file is now")
            print(f"{kept.aside}. Add again what is missing, or restore a backup.")
        snapshot.clear(settings.home)
        with opened(encoder) as assistant:
            readings, passages = len(assistant.resources), assistant.passages
    print(f"Encoded {count(readings, 'reading')} in {count(passages, 'passage')} with {encoder.name}.")
    return 0


def _encoder(settings: Settings, encoder: Encoder | None) -> Encoder:
    from embeddings.encoder import open_encoder

    return encoder or open_encoder(settings.encoder)
