"""A store as one file that can be carried elsewhere, and back. Checked with SHA-256 before it is used.

A backup is the store's SQLite file, as of one moment, and a line of text after it with its SHA-256.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DamagedBackup, DamagedStore, HomeError
from embeddings import reading_rows, schema, snapshot
from embeddings.aside import put_in_place
from embeddings.database import Database
from embeddings.store import FILE

_MARK = b"\ncoop-assistant backup 1, SHA-256 "
_END = len(_MARK) + 64 + 1
_PIECE = 1 << 20
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: how many readings, the model of their vectors, and bytes."""

    readings: int
    model: str
    size: int


def back_up(home: Path, target: Path) -> Contents:
    """Write everything that is kept in the home to one file, while others may go on reading and writing.

    A file of this name is replaced once the new one is whole and on disk. Raises HomeError where there is
    nothing to back up or no room for it, DamagedStore where the store is not what was written.
    """
    if not (home / FILE).is_file():
        raise HomeError(f"There is nothing to back up: {home / FILE} is not there. Add readings first.")
    with closing(Database.open(home / FILE, _PATIENCE)) as database:
        contents = _checked(database)
        try:
            with _partial(target) as partial:
                database.copy(partial)
                _seal(partial)
                partial.replace(target)
            return Contents(*contents, target.stat().st_size)
        except OSError as error:
            raise HomeError(f"{target} can't be written ({error}). Make room, or name another.") from error


def restore(home: Path, source: Path) -> tuple[Contents, Path | None]:
    """Have in the home what a backup holds, and nothing else; whoever uses it meanwhile sees it at once.

    A store that is there is replaced in one step, or, where it is damaged, set aside; its new name is
    given back then. Raises DamagedBackup, and HomeError where the home can't be used.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _partial(home / FILE) as partial:
            _unseal(source, partial)
            with closing(Database.open(partial, _PATIENCE)) as database:
                contents = Contents(*_checked_backup(database, source), source.stat().st_size)
            aside = _replace(home, partial)
            snapshot.clear(home)  # one of a later state would look like a loss
            return contents, aside
    except OSError as error:
        raise HomeError(
            f"{source} can't be restored to {home} ({error}). Check both, and make room."
        ) from error


def _checked(database: Database) -> tuple[int, str]:
    """How many readings there are, and the model. Raises DamagedStore, HomeError."""
    with database.reading():
        meta = schema.meta(database)
        reading_rows.check_total(database)
        readings = sum(1 for _ in reading_rows.select(database, "TRUE"))
    return readings, meta["model"]


def _checked_backup(database: Database, source: Path) -> tuple[int, str]:
    try:
        return _checked(database)
    except DamagedStore as error:
        raise DamagedBackup(f"{source} was made of a damaged store: use an earlier backup.") from error


def _replace(home: Path, partial: Path) -> Path | None:
    if (home / FILE).is_file():
        try:
            with closing(Database.open(home / FILE, _PATIENCE)) as database:
                schema.meta(database)
                database.take(partial)
            return None
        except DamagedStore:
            pass
    return put_in_place(home / FILE, partial)


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """The name of a new file beside the target, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        yield Path(folder) / target.name


def _seal(path: Path) -> None:
    with path.open("r+b") as stream:
        digest = _digest(stream, path.stat().st_size)
        stream.seek(0, os.SEEK_END)
        stream.write(_MARK + digest + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _unseal(source: Path, target: Path) -> None:
    """Copy a backup without its seal. Raises DamagedBackup where the seal is not that of the file."""
    with source.open("rb") as stream:
        size = source.stat().st_size - _END
        stream.seek(max(0, size))
        seal = stream.read()
        if size < 0 or not seal.startswith(_MARK):
            raise DamagedBackup(f"{source} is no backup, or its end is missing: choose another file.")
        stream.seek(0)
        if seal != _MARK + _digest(stream, size) + b"\n":
            raise DamagedBackup(f"{source} is not what was written to it: use another backup.")
        shutil.copyfile(source, target)
    os.truncate(target, size)


def _digest(stream: BinaryIO, size: int) -> bytes:
    digest = sha256()
    while size and (piece := stream.read(min(size, _PIECE))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode()
