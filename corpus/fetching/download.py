"""One address into one file, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path

from corpus.errors import UnfitContent
from corpus.fetching.answer import Answer
from corpus.fetching.body import beginning, too_large
from corpus.fetching.client import Client
from corpus.fetching.content import as_written, check_page, content_type, file_name
from corpus.fetching.files import writing

_TELLING = 16  # bytes by which a PDF is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A file, and where it is from. `asked` led to `address`; `time` is in UTC, as ISO 8601 writes it.

    `etag` and `modified` are the host's own marks of this version, `sha256` is ours, of the file's bytes.
    """

    path: Path
    asked: str
    address: str
    time: str
    content_type: str
    size: int
    sha256: str
    etag: str | None = None
    modified: str | None = None


def download(
    address: str, folder: Path, client: Client | None = None, before: Downloaded | None = None
) -> Downloaded:
    """What stands at the address, in a file of the folder, which is made if there is none.

    A file of the same name is replaced, in one step. Where the host says that its page is still the one
    that was downloaded `before`, that is given back. Raises FetchError where nothing was downloaded,
    HomeError where the folder can't be written to.
    """
    client = client or Client()
    with client.open(address, headers=_conditions(before)) as answer:
        if before and answer.status == 304:
            return before
        check_page(answer, address)
        _check_length(answer, client.limits.size)
        return _kept(answer, address, folder)


def _conditions(before: Downloaded | None) -> Mapping[str, str]:
    """Headers with which the host sends nothing that we have."""
    if before is None:
        return {}
    marks = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return {name: mark for name, mark in marks.items() if mark}


def _check_length(answer: Answer, size: int) -> None:
    length = str(answer.headers["Content-Length"] or "")
    if length.isdecimal() and int(length) > size:
        raise too_large(answer, size)


def _kept(answer: Answer, asked: str, folder: Path) -> Downloaded:
    first = beginning(answer.pieces, _TELLING)
    if not first:
        raise UnfitContent(str(answer.address), "the page is empty", "Try again later.")
    name = file_name(answer, first)
    size, digest = _write(as_written(answer, chain([first], answer.pieces), name), folder, name)
    return Downloaded(
        path=folder / name,
        asked=asked,
        address=str(answer.address),
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        content_type=content_type(answer),
        size=size,
        sha256=digest,
        etag=answer.headers["ETag"],
        modified=answer.headers["Last-Modified"],
    )


def _write(pieces: Iterable[bytes], folder: Path, name: str) -> tuple[int, str]:
    """The size and SHA-256 of the new file, which is on disk whole when this returns."""
    digest, size = sha256(), 0
    with writing(folder / name) as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()
