"""One SQLite file: transactions, threads, and what went wrong in words that help."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Self

from corpus.errors import DamagedStore, HomeError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_REFUSED = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}

WITHOUT_A_WORD = 0.5
"""Seconds that a writer waits for another one before it says so."""

_log = logging.getLogger(__name__)


class Database:
    """One connection, which threads take turns to use. Every error of SQLite comes out as a HomeError."""

    def __init__(self, path: Path, connection: sqlite3.Connection, patience: float) -> None:
        self.path = path
        self._connection = connection
        self._patience = patience
        self._file = _identity(path)
        self._written = False
        self._lock = RLock()

    @classmethod
    def open(cls, path: Path, patience: float) -> Self:
        """The file, begun if there is none. `patience`: seconds to wait for another program that writes.

        Raises HomeError where the folder or the file can't be used, DamagedStore for no SQLite file.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(path, error) from error
        with _explained(path):
            return cls(path, _connected(path, patience), patience)

    def another(self) -> Self:
        """Another connection to the same file: what is read over it for long keeps nobody waiting."""
        return self.open(self.path, self._patience)

    def close(self) -> None:
        """End the use of the file. What was written stands in it then, and no more in the log beside it."""
        with self._lock:
            if self._written:
                with suppress(sqlite3.Error):
                    self._connection.execute("PRAGMA busy_timeout = 100")  # else whoever closes last does it
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.close()

    def check(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file, all of it read: 4 ms a megabyte."""
        try:
            found = [row[0] for row in self.rows("PRAGMA integrity_check(20)")]
            loose = self.rows("PRAGMA foreign_key_check")
        except DamagedStore as error:
            return (str(error.__cause__ or error),)
        return tuple(line for line in found if line != "ok") + (("rows refer to nothing",) if loose else ())

    def copy(self, path: Path) -> None:
        """Write all that is in the file, as of one moment, to a new file; others may go on writing."""
        with self._lock, _explained(path), closing(sqlite3.connect(path)) as target:
            self._current().backup(target, pages=-1)

    def take(self, path: Path) -> None:
        """Have all that is in another database, and nothing else, as one change."""
        with self._lock, _explained(self.path), closing(sqlite3.connect(path)) as source:
            self._written = True
            source.backup(self._connection, pages=-1)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row that the query gives."""
        with self._lock, _explained(self.path):
            return self._current().execute(query, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read within is of one moment; within another one, of that one's."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            with self._transaction("BEGIN"):
                yield

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written within is kept when it ends, or nothing of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self._written = True
            yield connection

    def damaged(self, why: str) -> DamagedStore:
        """The error that tells the user so."""
        return _damaged(self.path, why)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, _explained(self.path):
            self._begin(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _begin(self, begin: str) -> None:
        """Begin; where another program writes, wait for it, and say so."""
        try:
            self._current().execute(begin)
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or self._patience <= WITHOUT_A_WORD:
                raise
            _log.warning("Another program is writing to %s: waiting for it.", self.path)
            self._connection.execute(f"PRAGMA busy_timeout = {_milliseconds(self._patience)}")
            try:
                self._connection.execute(begin)
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {_milliseconds(WITHOUT_A_WORD)}")

    def _current(self) -> sqlite3.Connection:
        """The connection, made again where another file was put in the place of the one that was opened."""
        if not self._connection.in_transaction and _identity(self.path) != self._file:
            self._connection.close()
            self._connection = _connected(self.path, self._patience)
            self._file = _identity(self.path)
        return self._connection


def _connected(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # others may read while one writes
        connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
        connection.execute("PRAGMA secure_delete = ON")  # what is removed leaves no trace in the file
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA busy_timeout = {_milliseconds(min(patience, WITHOUT_A_WORD))}")
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def _identity(path: Path) -> tuple[int, int]:
    """Tells a file from any other that is there at the same time. Raises HomeError where there is none."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unusable(path, error) from error
    return found.st_dev, found.st_ino


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code; what is in the higher bits is detail."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # the use of a closed store: ours to mend, not the user's
    except UnicodeDecodeError as error:  # SQLite quotes the file in its message
        raise _damaged(path, "its text is no text") from error
    except sqlite3.Error as error:
        code = _code(error)
        if code in _BUSY:
            raise HomeError(
                f"Another program is writing to {path}: wait until it is done, then try again."
            ) from error
        raise (_unusable(path, error) if code in _REFUSED else _damaged(path, str(error))) from error


def _unusable(path: Path, error: Exception) -> HomeError:
    return HomeError(
        f"{path} can't be opened or written ({error}). Make room and give yourself the right to write there, "
        "or set ASSISTANT_HOME to another folder."
    )


def _damaged(path: Path, why: str) -> DamagedStore:
    return DamagedStore(
        f"{path} is not what was written to it ({why}). `python -m assistant restore FILE` puts a backup "
        "back; `python -m assistant rebuild` keeps every reading that can still be read, encodes it again, "
        "and sets the damaged file aside."
    )
