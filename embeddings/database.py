"""One SQLite file: transactions, threads, and what went wrong in words that help."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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

_log = logging.getLogger(__name__)


class Database:
    """One connection, which threads take turns to use. Every error of SQLite comes out as a HomeError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()

    @classmethod
    def open(cls, path: Path, patience: float) -> Self:
        """The file, begun if there is none. `patience`: seconds to wait for another program that writes.

        Raises HomeError where the folder or the file can't be used, DamagedStore for no SQLite file.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_file() and path.stat().st_size < 2:  # SQLite takes these for new
                _log.warning("%s was empty and is begun anew: add your own readings again.", path)
        except OSError as error:
            raise _unusable(path, error) from error
        with _explained(path):
            connection = sqlite3.connect(
                path, timeout=patience, isolation_level=None, check_same_thread=False
            )
            try:
                # Otherwise a page with a changed byte may lose rows without a word. 2 ms a megabyte.
                if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                    raise _damaged(path, found)
                connection.execute("PRAGMA journal_mode = WAL")  # others may read while one writes
                connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA trusted_schema = OFF")
            except (sqlite3.Error, UnicodeDecodeError, DamagedStore):
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """End the use of the file."""
        with self._lock:
            self._connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row that the query gives."""
        with self._lock, _explained(self.path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read within is of one moment."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written within is kept when it ends, or nothing of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def damaged(self, why: str) -> DamagedStore:
        """The error that tells the user so."""
        return _damaged(self.path, why)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, _explained(self.path):
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # the use of a closed store: ours to mend, not the user's
    except UnicodeDecodeError as error:  # SQLite quotes the file in its message
        raise _damaged(path, "its text is no text") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # the rest is detail
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
        f"{path} is not what was written to it ({why}). Put a copy of it back, or move it away and run "
        "`python -m assistant rebuild`: the starter collection comes back; add your own readings again."
    )
