"""The copies of readings' pages that were fetched: a folder for each reading, with the file and a record.

What a record doesn't speak for (a file that was cut short, altered, or left by a kill) is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from corpus.errors import GonePage
from corpus.fetching.client import Client
from corpus.fetching.download import Downloaded, download
from corpus.fetching.files import writing

FOLDER = "fetched"
"""What the folder of all copies is called, in the user's home."""

_RECORD = "record.json"
_ARCHIVED = re.compile(r"(https?://web\.archive\.org/web/\d+)(?:id_)?/(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Copy:
    """What was downloaded, and whether its text has been indexed since."""

    downloaded: Downloaded
    indexed: bool = False

    @property
    def archived_at(self) -> str | None:
        """Where people find the same copy, if it is an archive's."""
        copy = _ARCHIVED.fullmatch(self.downloaded.address)
        return f"{copy[1]}/{copy[2]}" if copy else None


def fetch_copy(addresses: Sequence[str], folder: Path, client: Client, *, refresh: bool = False) -> Copy:
    """The copy in the folder, downloaded if there is none, or if `refresh` finds another version.

    The second address is asked for where the first one's page is gone, and so on. Raises FetchError of
    the first address where none of them gives a page; the copy that was there stays.
    """
    copy = read_copy(folder)
    if copy and not refresh:
        return copy
    downloaded = _first_of(addresses, folder, client, copy.downloaded if copy else None)
    if copy is None or downloaded.sha256 != copy.downloaded.sha256:
        copy = Copy(downloaded)
        write_copy(copy, folder)
    return copy


def read_copy(folder: Path) -> Copy | None:
    """What the record in the folder speaks for; None where there is nothing, or not what was written."""
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        indexed, name = record.pop("indexed"), Path(record.pop("file")).name
        copy = Copy(Downloaded(path=folder / name, **record), indexed)
        whole = sha256(copy.downloaded.path.read_bytes()).hexdigest() == copy.downloaded.sha256
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return copy if whole else None


def write_copy(copy: Copy, folder: Path) -> None:
    """Keep the record, and nothing in the folder but it and its file."""
    record = asdict(copy.downloaded) | {"file": copy.downloaded.path.name, "indexed": copy.indexed}
    del record["path"]
    with writing(folder / _RECORD) as file:
        file.write(json.dumps(record, ensure_ascii=False, indent=1).encode())
    for path in folder.iterdir():
        if path.name not in (_RECORD, copy.downloaded.path.name):
            path.unlink()


def _first_of(
    addresses: Sequence[str], folder: Path, client: Client, before: Downloaded | None
) -> Downloaded:
    """The download of the first address whose page is not gone."""
    gone: GonePage | None = None
    for address in addresses:
        known = before if before and before.asked == address else None
        try:
            return download(address, folder, client, known)
        except GonePage as error:
            gone = gone or error
    raise gone or ValueError("There must be an address.")
