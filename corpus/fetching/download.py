"""One address into one file, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from corpus.errors import HomeError, NoAnswer, UnfitContent
from corpus.fetching.body import beginning, too_large
from corpus.fetching.client import Client
from corpus.fetching.connection import Answer
from corpus.fetching.content import check_page, content_type, file_name

PARTIAL = ".part"
"""How the name of a file ends that is not whole yet."""

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


def download(address: str, folder: Path, client: Client | None = None) -> Downloaded:
    """What stands at the address, in a new file of the folder, which is made if there is none.

    A file of the same name is replaced, in one step. Raises FetchError where nothing was downloaded,
    HomeError where the folder can't be written to.
    """
    found = download_again(address, folder, client or Client(), None)
    if found is None:
        raise NoAnswer(address, "the host answers as if we had it already (304)", "Try again later.")
    return found


def download_again(
    address: str, folder: Path, client: Client, before: Downloaded | None
) -> Downloaded | None:
    """As `download`; None where the host says that it is still what was downloaded before."""
    with client.open(address, headers=_conditions(before)) as answer:
        if before and answer.status == 304:
            return None
        _check(answer, address, client.limits.size)
        return _kept(answer, address, folder)


def _conditions(before: Downloaded | None) -> Mapping[str, str]:
    """Headers with which the host sends nothing that we have."""
    if before is None:
        return {}
    marks = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return {name: mark for name, mark in marks.items() if mark}


def _check(answer: Answer, asked: str, size: int) -> None:
    check_page(answer, asked)
    length = str(answer.headers["Content-Length"] or "")
    if length.isdecimal() and int(length) > size:
        raise too_large(answer, size)


def _kept(answer: Answer, asked: str, folder: Path) -> Downloaded:
    first = beginning(answer.pieces, _TELLING)
    if not first:
        raise UnfitContent(str(answer.address), "the page is empty", "Try again later.")
    name = file_name(answer, first)
    size, digest = _write(chain([first], answer.pieces), folder, name)
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
    try:
        with writing(folder / name) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        remedy = "Make room, or allow writing there."
        raise HomeError(f"{folder}: can't be written to ({error.strerror}). {remedy}") from error
    return size, digest.hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole and on disk; after a failure there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=PARTIAL, delete=False) as file:
        partial = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.close()
            partial.unlink()
            raise
    partial.replace(path)
