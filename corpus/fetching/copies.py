"""The copies of readings' pages that were fetched: a folder for each reading, with the file and a record.

What a record doesn't speak for (a file that was cut short, altered, or left by a kill) is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from corpus.errors import GonePage, HomeError
from corpus.fetching.client import Client
from corpus.fetching.download import Downloaded, download
from corpus.fetching.files import writing

FOLDER = "fetched"
"""What the folder of all copies is called, in the user's home."""

_RECORD = "record.json"
_ARCHIVED = re.compile(r"(https?://web\.archive\.org/web/[0-9]+)(id_)?/(.+)", re.DOTALL)


def copy_folder(home: Path, reading_id: str) -> Path:
    """Where the copy of a reading's page is, if it was fetched."""
    return home / FOLDER / reading_id


def forget_copy(home: Path, reading_id: str) -> None:
    """Take a reading's copy away, if there is one. Raises HomeError where that fails."""
    folder = copy_folder(home, reading_id)
    try:
        if folder.exists():
            rmtree(folder)
    except OSError as error:
        raise HomeError(f"{folder}: can't be removed ({error.strerror}). Remove it yourself.") from error


def fetch_copy(
    addresses: Sequence[str], folder: Path, client: Client, *, refresh: bool = False
) -> Downloaded:
    """The copy in the folder; downloaded if there is none, or if `refresh` finds another version.

    The second address is asked for where the page at the first is gone, and so on. Raises FetchError,
    GonePage of the first address if all are gone; a copy that was there stays.
    """
    copy = read_copy(folder)
    if copy and not refresh:
        return copy
    downloaded = _first_of(addresses, folder, client, copy)
    if copy is None or downloaded.sha256 != copy.sha256:
        copy = downloaded
        _write_record(copy, folder)
    return copy


def read_copy(folder: Path) -> Downloaded | None:
    """What the record in the folder speaks for; None where there is nothing, or not what was written."""
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        path = folder / Path(record.pop("file")).name
        copy = Downloaded(path=path, **record)
        whole = sha256(path.read_bytes()).hexdigest() == copy.sha256
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return copy if whole else None


def archived_copy(copy: Downloaded) -> str | None:
    """Where people find what was downloaded, if that was an archive's copy; else None."""
    found = _ARCHIVED.fullmatch(copy.address)
    return f"{found[1]}/{found[3]}" if found else None


def _write_record(copy: Downloaded, folder: Path) -> None:
    """Keep the record, and nothing in the folder but it and its file."""
    record = {"file": copy.path.name, **asdict(copy)}
    del record["path"]
    with writing(folder / _RECORD) as file:
        file.write(json.dumps(record, ensure_ascii=False, indent=1).encode())
    for path in folder.iterdir():
        if path.name not in (_RECORD, copy.path.name):
            path.unlink(missing_ok=True)


def _first_of(
    addresses: Sequence[str], folder: Path, client: Client, before: Downloaded | None
) -> Downloaded:
    """The download of the first address whose page is not gone."""
    gone: GonePage | None = None
    for address in map(_as_it_was, addresses):
        known = before if before and before.asked == address else None
        try:
            return download(address, folder, client, known)
        except GonePage as error:
            gone = gone or error
    raise gone or ValueError("There must be an address.")


def _as_it_was(address: str) -> str:
    """An archive's copy as it was, without the archive's frame and with its own links."""
    found = _ARCHIVED.fullmatch(address)
    return f"{found[1]}id_/{found[3]}" if found else address
