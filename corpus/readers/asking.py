"""What the readers of files, archives and bibliographies share: whom they ask, and what tells bytes apart."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from corpus.check import LANGUAGES
from corpus.readers.assemble import assemble
from corpus.readers.content import ScannedError, UnreadableError
from corpus.readers.limits import MIB, Limits
from corpus.readers.metadata import Metadata
from corpus.readers.names import words_in
from corpus.readers.ocr import advice, recognise
from corpus.readers.place import Place
from corpus.readers.process import ReaderProcess
from corpus.readers.wire import content_from
from corpus.resource import Resource

VERSION = 1
"""Of the readers: with another one, files are read again though their bytes are the same."""

_LONGEST_SHOWN = 500


class Asker:
    """Asks the reading process about places, with the letters of scans recognised if that is wanted."""

    def __init__(self, process: ReaderProcess, ocr: bool, known: Callable[[str, str], bool]) -> None:
        self.process = process
        self.limits = process.limits
        self.ocr = ocr
        self.known = known

    def ask(self, place: Place, language: str | None) -> Mapping[str, Any]:
        """What the file holds, as the process tells it; UnreadableError says why it holds nothing."""
        try:
            return self.process.ask(place.path, place.members)
        except ScannedError as error:
            if not self.ocr:
                raise UnreadableError(f"{error} {advice()}") from error
            if place.members:
                raise UnreadableError(f"{error} Unpack the archive and add the file with --ocr.") from error
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "recognised.pdf"
            recognise(place.path, result, language, self.limits)
            return self.process.ask(result)


def resource_from(reply: Mapping[str, Any], id_: str, given: Metadata, name: str) -> Resource:
    """The reading that the process told of; ValueError, KeyError or TypeError if it told of none."""
    spoken = reply["spoken"] if reply["spoken"] in LANGUAGES else None
    return assemble(id_, content_from(reply), given, spoken, shown(name))


def digest_of(path: Path, limits: Limits) -> str:
    """The SHA-256 of the file; UnreadableError for anything but a file of a size that is read."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("It is neither a file nor a folder.")
    if status.st_size > limits.file_bytes:
        raise UnreadableError(f"The file is larger than {limits.file_bytes // MIB:,} MiB. Add it in parts.")
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def fingerprint_of(*parts: str) -> str:
    """Another one for other parts, and for another version of the readers."""
    return sha256("\0".join((str(VERSION), *parts)).encode(errors="replace")).hexdigest()


def shown(text: str) -> str:
    """A name or a reason as it may be shown and kept: on one line, without hidden characters."""
    return words_in(text, _LONGEST_SHOWN) or "?"
