"""`backup` and `restore`: all readings as one file, and back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from assistant.commands.shown import count
from assistant.settings import Settings
from corpus.errors import DatabaseError
from embeddings.backup import back_up
from embeddings.backup import restore as restore_backup
from embeddings.encoder import Encoder
from embeddings.turns import turn


def backup(options: Namespace, _: Encoder | None) -> int:
    """Write the backup; others may go on asking and adding. Raises HomeError."""
    contents = back_up(_home(), options.file)
    readings = count(contents.readings, "reading")
    print(f"Backed up {readings} to {options.file} ({contents.size / 1e6:.1f} MB), model {contents.model}.")
    return 0


def restore(options: Namespace, _: Encoder | None) -> int:
    """Put the backup in the place of what is there. Raises HomeError."""
    home = _home()
    with turn(home):
        contents, aside = restore_backup(home, options.file)
    print(f"Restored {count(contents.readings, 'reading')} to {home}, model {contents.model}.")
    if aside:
        print(f"The damaged file that was there is now {aside}.")
    return 0


def _home() -> Path:
    """The folder of the store. Raises DatabaseError where it is not there but in a database."""
    settings = Settings.load()
    if settings.store:
        raise DatabaseError(
            "ASSISTANT_STORE names a PostgreSQL database, which has its own programs for this: "
            "`pg_dump --format=custom --schema=coop_assistant` and `pg_restore --clean`."
        )
    return settings.home
