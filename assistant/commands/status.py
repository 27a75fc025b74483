"""`status`: what is kept, in which state, how large and how old."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.commands.shown import count, plain
from assistant.settings import Settings
from corpus.passages import split_sentences
from embeddings.encoder import Encoder, open_encoder
from embeddings.store import FILE
from embeddings.stores import open_store


@dataclass(frozen=True, slots=True)
class Status:
    """`bytes` by file of the home; times in UTC, as ISO 8601 writes them. `waiting`: still to be encoded.

    `database` is the one that ASSISTANT_STORE names, in place of a file: nobody notes when it was changed.
    """

    home: str
    collection: str
    model: str
    begun: bool = False
    readings: int = 0
    own: int = 0
    waiting: int = 0
    removed: int = 0
    notes: int = 0
    passages: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    changed: str | None = None
    last_added: str | None = None
    database: str | None = None


def status(options: Namespace, encoder: Encoder | None) -> int:
    """Look, and make or change nothing but the tables of an empty database. Raises HomeError."""
    settings = Settings.load()
    found = status_of(settings, encoder or open_encoder(settings.encoder))
    if options.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return 0
    for name, value in _lines(found, settings.home / FILE):
        print(f"{name:<12} {plain(value)}")
    return 0


def status_of(settings: Settings, encoder: Encoder) -> Status:
    """What there is. Raises HomeError."""
    home, collection = str(settings.home), str(settings.collection)
    file = settings.home / FILE
    if not settings.store and not file.exists():
        return Status(home, collection, encoder.name)
    settings.home.mkdir(parents=True, exist_ok=True)
    sizes = {path.name: path.stat().st_size for path in sorted(settings.home.iterdir()) if path.is_file()}
    with closing(open_store(settings.home, encoder, settings.store)) as store, store.reading():
        resources = store.resources()
        fingerprints = store.fingerprints()
        return Status(
            home,
            collection,
            encoder.name,
            begun=True,
            readings=len(resources),
            own=len(store.fingerprints("user")),
            waiting=sum(1 for fingerprint in fingerprints.values() if not fingerprint),
            removed=len(store.withdrawn()),
            notes=sum(len(split_sentences(resource)) for resource in resources if resource.notes),
            passages=sum(1 for _ in store.passages()),
            languages=dict(Counter(resource.language for resource in resources).most_common()),
            bytes=sizes,
            changed=None if settings.store else _changed(file),
            last_added=max((read.added for read in store.files().values()), default=None),
            database=store.place if settings.store else None,
        )


def _changed(file: Path) -> str:
    """When the store was last written: what is new stands in the log beside it first."""
    log = Path(f"{file}-wal")
    last = max(path.stat().st_mtime for path in (file, log) if path.exists())
    return datetime.fromtimestamp(last, UTC).isoformat(timespec="seconds")


def _lines(found: Status, file: Path) -> list[tuple[str, str]]:
    if found.begun:
        languages = f"{count(len(found.languages), 'language')} ({', '.join(sorted(found.languages))})"
        lines = [("readings", f"{found.readings:,} in {languages}"), ("of your own", f"{found.own:,}")]
        if found.removed:
            lines.append(("removed", count(found.removed, "starter reading")))
        if found.waiting:
            lines.append(("waiting", f"{count(found.waiting, 'reading')}, to be encoded at the next start"))
        lines += [("notes", f"{found.notes:,}"), ("passages", f"{found.passages:,}")]
        lines += [("changed", found.changed)] if found.changed else []
        lines.append(("last added", found.last_added or "nothing yet"))
        size = f"{found.bytes[FILE] / 1e6:.1f} MB" if not found.database else "PostgreSQL"
        lines.append(("kept in", f"{found.database or file} ({size})"))
        others = sum(size for name, size in found.bytes.items() if name != FILE)
        lines.append(("beside it", f"{others / 1e6:.1f} MB, made from it"))
    else:
        lines = [("readings", "none yet: the first question or search indexes them")]
        lines.append(("kept in", f"{file} (not there yet)"))
    return [*lines, ("model", found.model), ("starts from", found.collection)]
