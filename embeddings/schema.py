"""The tables of the store, and what it says of itself."""

from __future__ import annotations

from uuid import uuid4

from corpus.errors import HomeError
from embeddings.database import Database
from embeddings.reading_rows import total

FORMAT = "2"
"""Changes with the tables and what is in them. Format 1, which had no files and no total, is taken over."""

# A fingerprint of '' marks a reading that waits for new vectors. Checksums are there because SQLite
# notices a broken page but not a changed byte within one, and a citation must be the words that were read.
# `total` is the sum of the checksums of all readings and of those withdrawn: a lost one is missed in it.
_TABLES = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS resources (
        id TEXT PRIMARY KEY,
        origin TEXT NOT NULL CHECK (origin IN ('starter', 'user')),
        fingerprint TEXT NOT NULL,
        fields TEXT NOT NULL,
        passages TEXT NOT NULL,
        checksum INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS vectors (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        vector BLOB NOT NULL,
        checksum INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS uses (
        resource TEXT NOT NULL REFERENCES resources ON DELETE CASCADE,
        vector INTEGER NOT NULL REFERENCES vectors,
        PRIMARY KEY (resource, vector)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS uses_of_vector ON uses (vector)",
    "CREATE TABLE IF NOT EXISTS withdrawn (resource TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS files (
        resource TEXT PRIMARY KEY REFERENCES resources ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        words TEXT NOT NULL,
        added TEXT NOT NULL
    ) WITHOUT ROWID""",
)

_NAMES = {"changes", "dimensions", "format", "model", "store", "total"}


def begin(database: Database, model: str, dimensions: int) -> None:
    """Make the tables, in a file that has none, and take over those of an earlier format."""
    if database.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
        _take_over(database)
        return
    meta = {
        "changes": "0",
        "dimensions": str(dimensions),
        "format": FORMAT,
        "model": model,
        "store": uuid4().hex,
        "total": "0",
    }
    with database.writing() as connection:  # another process may have begun it by now
        for table in _TABLES:
            connection.execute(table)
        connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", meta.items())


def meta(database: Database) -> dict[str, str]:
    """The store's id, format, model, dimensions, total, and how often it was changed.

    Raises DamagedStore where one of them is not there, HomeError for another version's format.
    """
    found = dict(database.rows("SELECT name, value FROM meta"))
    if found.get("format", FORMAT) != FORMAT and found.keys() >= _NAMES - {"total"}:
        raise HomeError(
            f"{database.path} was written by another version of this program (format {found['format']}): "
            "use that version, or set ASSISTANT_HOME to another folder."
        )
    if found.keys() != _NAMES:
        raise database.damaged("what it says of itself is incomplete")
    return found


def _take_over(database: Database) -> None:
    old = "SELECT 1 FROM meta WHERE (name, value) = ('format', '1')"
    if not database.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'") or not database.rows(old):
        return
    with database.writing() as connection:
        if database.rows(old):  # no other process has done it by now
            for table in _TABLES:
                connection.execute(table)
            connection.execute("INSERT INTO meta VALUES ('total', ?)", (str(total(database)),))
            connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", (FORMAT,))
