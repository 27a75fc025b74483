"""One file's way to its readings: asked of the reading process, and for archives and bibliographies again."""

from __future__ import annotations

import posixpath
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from corpus.check import LANGUAGES
from corpus.readers.assemble import assemble
from corpus.readers.content import Content, ScannedError, UnreadableError
from corpus.readers.held import Members, Records
from corpus.readers.identity import id_of_file, id_of_page, id_of_record
from corpus.readers.limits import MIB, Limits
from corpus.readers.metadata import Metadata
from corpus.readers.names import words_in
from corpus.readers.ocr import advice, recognise
from corpus.readers.outcome import Found, Outcome, Skipped, Unchanged
from corpus.readers.process import ReaderProcess
from corpus.readers.records import Record
from corpus.readers.wire import content_from, members_from, records_from

VERSION = 1
"""Of the readers: with another one, files are read again though their bytes are the same."""

_LONGEST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is: on the disk, or in an archive under the names on the way there; `name` is shown."""

    path: Path
    members: tuple[str, ...]
    name: str

    @property
    def address(self) -> str:
        """What no other file has, as long as this one stays where it is."""
        return "!".join((str(self.path.resolve()), *self.members))

    def inside(self, member: str) -> Place:
        """The file of an archive."""
        return Place(self.path, (*self.members, member), f"{self.name}/{member}")

    def beside(self, file: str) -> Place | None:
        """The file that a bibliography here points to; nothing if it lies outside its folder."""
        target = unquote(file) if file.startswith("file:") else file
        target = target.removeprefix("file://").replace("\\", "/")
        if self.members:
            folder = posixpath.dirname(self.members[-1])
            inner = posixpath.normpath(posixpath.join(folder, target))
            if inner.startswith(("/", "..")) or not inner.startswith(folder):
                return None
            return Place(self.path, (*self.members[:-1], inner), target)
        folder_path = self.path.resolve().parent
        path = (folder_path / target).resolve()
        return Place(path, (), target) if path.is_relative_to(folder_path) else None


@dataclass(slots=True)
class _Archive:
    """What may still be read of an outermost archive, and what tells its bytes from others."""

    digest: str
    files: int
    bytes: int


class Reading:
    """Reads places with one process. What a bibliography brought is not read a second time by itself."""

    def __init__(self, process: ReaderProcess, ocr: bool, known: Callable[[str, str], bool]) -> None:
        self.process = process
        self.limits = process.limits
        self.ocr = ocr
        self.known = known
        self.brought: set[str] = set()

    def outcomes(self, place: Place, given: Metadata) -> Iterator[Outcome]:
        """Every reading in the file at the place, or why there is none."""
        try:
            digest = _digest_of(place.path, self.limits)
        except UnreadableError as error:
            yield Skipped(_shown(place.name), str(error))
        except OSError as error:
            reason = f"The file can't be read: {error.strerror or error}. Check the path and its permissions."
            yield Skipped(_shown(place.name), reason)
        else:
            archive = _Archive(digest, self.limits.archive_files, self.limits.archive_bytes)
            yield from self._outcomes(place, given, archive)

    def _outcomes(self, place: Place, given: Metadata, archive: _Archive) -> Iterator[Outcome]:
        if place.address in self.brought:
            return
        id_ = id_of_page(given.url) if given.url else id_of_file(place.address)
        fingerprint = _fingerprint(archive.digest, *place.members, repr(given))
        if self.known(id_, fingerprint):
            yield Unchanged(_shown(place.name), id_)
            return
        try:
            reply = self._ask(place, given.language)
            archive.bytes -= int(reply["bytes"])
            match reply["is"]:
                case "Members":
                    yield from self._members(place, members_from(reply), given, archive)
                case "Records":
                    yield from self._records(place, records_from(reply), given, archive)
                case _:
                    resource = assemble(id_, content_from(reply), given, _spoken(reply), _shown(place.name))
                    yield Found(_shown(place.name), resource, fingerprint)
        except UnreadableError as error:
            yield Skipped(_shown(place.name), _shown(str(error)))
        except (KeyError, TypeError, ValueError):
            yield Skipped(_shown(place.name), "What was read of the file makes no sense. Save it anew.")

    def _ask(self, place: Place, language: str | None) -> Mapping[str, Any]:
        """What the file holds; letters of scans are recognised first, if that was asked for."""
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

    def _members(
        self, place: Place, members: Members, given: Metadata, archive: _Archive
    ) -> Iterator[Outcome]:
        if len(place.members) >= self.limits.archive_depth:
            raise UnreadableError(
                f"Archives are read {self.limits.archive_depth} deep. Unpack this one and add the folder."
            )
        of_each = without_address(given)
        for name, reason in members.bad:
            yield Skipped(_shown(f"{place.name}/{name}"), _shown(reason))
        for name in sorted(members.names, key=in_order):
            archive.files -= 1
            if archive.files < 0 or archive.bytes < 0:
                raise UnreadableError(
                    "With what is in it, the archive is too large. Unpack it and add the folder."
                )
            yield from self._outcomes(place.inside(name), of_each, archive)

    def _records(
        self, place: Place, records: Records, given: Metadata, archive: _Archive
    ) -> Iterator[Outcome]:
        for where, reason in records.bad:
            yield Skipped(_shown(f"{place.name}, {where}"), _shown(reason))
        if not records.records and not records.bad:
            raise UnreadableError("The bibliography has no entries.")
        of_each = without_address(given) if len(records.records) > 1 else given
        for record in records.records:
            yield from self._record(place, record, of_each, archive)

    def _record(self, place: Place, record: Record, given: Metadata, archive: _Archive) -> Iterator[Outcome]:
        """The record's reading: its first file that can be read, or else its abstract."""
        name = _shown(f"{place.name}: {record.name}")
        id_ = id_of_record(record.name, record.key)
        about = given.over(record.found)
        for file in record.files:
            target = place.beside(file)
            if target is None:
                yield Skipped(_shown(file), "It does not lie beside the bibliography. Add the file itself.")
                continue
            try:
                digest = archive.digest if target.members else _digest_of(target.path, self.limits)
                fingerprint = _fingerprint(digest, *target.members, repr(about))
                self.brought.add(target.address)
                if self.known(id_, fingerprint):
                    yield Unchanged(name, id_)
                    return
                reply = self._ask(target, about.language)
                if reply["is"] != "Content":
                    raise UnreadableError("A record's file must be a text. Add the file itself.")
                resource = assemble(id_, content_from(reply), about, _spoken(reply), _shown(target.name))
                yield Found(name, resource, fingerprint)
                return
            except UnreadableError as error:
                yield Skipped(_shown(file), _shown(str(error)))
            except OSError as error:
                yield Skipped(_shown(file), f"The file can't be read: {error.strerror or error}.")
        yield self._abstract(name, id_, record, about, place)

    def _abstract(self, name: str, id_: str, record: Record, about: Metadata, place: Place) -> Outcome:
        if not record.abstract.strip():
            return Skipped(
                name, "It has neither an abstract nor a file beside it. Add its text or its address."
            )
        fingerprint = _fingerprint(record.abstract, repr(about))
        if self.known(id_, fingerprint):
            return Unchanged(name, id_)
        resource = assemble(id_, Content(record.abstract), about, None, _shown(place.name))
        return Found(name, resource, fingerprint)


def in_order(name: str) -> tuple[bool, str]:
    """Bibliographies first, since they know more of the files beside them than these say themselves."""
    return not name.casefold().endswith((".bib", ".bibtex", ".ris", ".json")), name


def without_address(given: Metadata) -> Metadata:
    """What can be given for many readings at once."""
    return replace(given, title=None, url=None, url_kind=None, archived_url=None)


def _digest_of(path: Path, limits: Limits) -> str:
    """The SHA-256 of the file; UnreadableError for anything but a file of a size that is read."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("It is neither a file nor a folder.")
    if status.st_size > limits.file_bytes:
        raise UnreadableError(f"The file is larger than {limits.file_bytes // MIB:,} MiB. Add it in parts.")
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _fingerprint(*parts: str) -> str:
    return sha256("\0".join((str(VERSION), *parts)).encode(errors="replace")).hexdigest()


def _spoken(reply: Mapping[str, Any]) -> str | None:
    spoken = reply.get("spoken")
    return spoken if isinstance(spoken, str) and spoken in LANGUAGES else None


def _shown(text: str) -> str:
    """A name or a reason as it may be shown and kept: on one line, without hidden characters."""
    return words_in(text, _LONGEST_SHOWN) or "?"
