"""The tables of the store, and what it says of itself."""

from __future__ import annotations

from uuid import uuid4

from corpus.errors import HomeError
from embeddings.database import Database

FORMAT = "1"
"""Changes with the tables and with what is in them."""

# A fingerprint of '' marks a reading that waits for new vectors. Checksums are there because SQLite
# notices a broken page but not a changed byte within one, and a citation must be the words that were read.
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
)


def begin(database: Database, model: str, dimensions: int) -> None:
    """Make the tables, in a file that has none."""
    if database.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
        return
    meta = {
        "changes": "0",
        "dimensions": str(dimensions),
        "format": FORMAT,
        "model": model,
        "store": uuid4().hex,
    }
    with database.writing() as connection:  # another process may have begun it by now
        for table in _TABLES:
            connection.execute(table)
        connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", meta.items())


def meta(database: Database) -> dict[str, str]:
    """The store's id, format, model, dimensions, and how often it was changed.

    Raises DamagedStore where one of them is not there, HomeError for another version's format.
    """
    found = dict(database.rows("SELECT name, value FROM meta"))
    if found.keys() != {"changes", "dimensions", "format", "model", "store"}:
        raise database.damaged("what it says of itself is incomplete")
    if found["format"] != FORMAT:
        raise HomeError(
            f"{database.path} was written by another version of this program (format {found['format']}): "
            "use that version, or set ASSISTANT_HOME to another folder."
        )
    return found
