"""A folder of readings into the store; one that is as it was the last time is not read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import corpus
from corpus import collection
from corpus.resource import Resource
from embeddings import snapshot
from embeddings.encoder import Encoder, Progress
from embeddings.indexing import sync
from embeddings.stores import AnyStore

SETTLED = 2.0
"""Seconds after which a file can't change any more without a new time: some file systems count in seconds."""

NAME = "starter"


def sync_folder(
    store: AnyStore,
    encoder: Encoder,
    folder: Path,
    home: Path,
    progress: Progress | None = None,
    *,
    load: Callable[[Path], Iterable[Resource]] = collection.load,
    settled: float = SETTLED,
) -> None:
    """Make the store's starter collection the readings in `folder`. Raises CollectionError.

    What was found to need nothing is noted in `home`, with the store's state and the looks of the folder
    and of the program: while all three are the same, there is nothing to do.
    """
    looks = _looks(folder, settled)
    if looks and snapshot.read(home, NAME, {"folder": looks, "store": store.state}) is not None:
        return
    resources = tuple(load(folder))
    state = store.state
    sync(store, encoder, resources, progress)
    if store.state != state:  # it may have been another program that changed it: see whether all is there
        state = store.state
        sync(store, encoder, resources, progress)
    if looks and looks == _looks(folder, settled) and state == store.state:
        snapshot.write(home, NAME, {}, {"folder": looks, "store": state})


def _looks(folder: Path, settled: float) -> str | None:
    """What changes with any file of the folder or of the program; None while they are being changed."""
    try:
        files = sorted(line for root in (folder, *_PROGRAM) for line in _files(root))
    except OSError:
        return None
    newest = max(changed for _, changed in files) if files else 0
    if newest > time.time_ns() - settled * 1e9:
        return None
    return sha256("\n".join(line for line, _ in files).encode("utf-8", "surrogateescape")).hexdigest()


_PROGRAM = (Path(corpus.__file__).parent, Path(__file__).parent)
"""How a reading is read, split and encoded is settled here."""


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """A line on each file that counts, and when it was last changed, in nanoseconds.

    The time of change (of the status, where the system has it) can't be set by a program, unlike the other.
    """
    for path in folder.rglob("*"):
        if path.suffix in {".md", ".py", ".yaml", ".txt"} and path.is_file():
            found = path.stat()
            times = (found.st_mtime_ns, found.st_ctime_ns)
            yield f"{path} {found.st_size} {found.st_ino} {times}", max(times)
