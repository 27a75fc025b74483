"""One file's way to its readings: asked of the reading process, and for archives and bibliographies again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.readers.asking import Asker, digest_of, fingerprint_of, resource_from, shown
from corpus.readers.attached import RecordReader
from corpus.readers.content import UnreadableError
from corpus.readers.held import Members, Records
from corpus.readers.identity import id_of_file, id_of_page
from corpus.readers.metadata import Metadata
from corpus.readers.outcome import Found, Outcome, Skipped, Unchanged
from corpus.readers.place import Place, in_order
from corpus.readers.wire import members_from, records_from


@dataclass(slots=True)
class _Archive:
    """What may still be read of an outermost archive, and what tells its bytes from others."""

    digest: str
    files: int
    bytes: int


class Reading:
    """Reads places. What a bibliography brought is not read a second time by itself."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.limits = asker.limits
        self.brought: set[str] = set()

    def outcomes(self, place: Place, given: Metadata) -> Iterator[Outcome]:
        """Every reading in the file at the place, or why there is none."""
        try:
            digest = digest_of(place.path, self.limits)
        except UnreadableError as error:
            yield Skipped(shown(place.name), str(error))
        except OSError as error:
            reason = f"The file can't be read: {error.strerror or error}. Check the path and its permissions."
            yield Skipped(shown(place.name), reason)
        else:
            archive = _Archive(digest, self.limits.archive_files, self.limits.archive_bytes)
            yield from self._outcomes(place, given, archive)

    def _outcomes(self, place: Place, given: Metadata, archive: _Archive) -> Iterator[Outcome]:
        if place.address in self.brought:
            return
        id_ = id_of_page(given.url) if given.url else id_of_file(place.address)
        fingerprint = fingerprint_of(archive.digest, *place.members, repr(given))
        if self.asker.known(id_, fingerprint):
            yield Unchanged(shown(place.name), id_)
            return
        try:
            reply = self.asker.ask(place, given.language)
            archive.bytes -= int(reply["bytes"])
            match reply["is"]:
                case "Members":
                    yield from self._members(place, members_from(reply), given, archive)
                case "Records":
                    yield from self._records(place, records_from(reply), given, archive)
                case _:
                    resource = resource_from(reply, id_, given, place.name)
                    yield Found(shown(place.name), resource, fingerprint)
        except UnreadableError as error:
            yield Skipped(shown(place.name), shown(str(error)))
        except (KeyError, TypeError, ValueError):
            yield Skipped(shown(place.name), "What was read of the file makes no sense. Save it anew.")

    def _members(
        self, place: Place, members: Members, given: Metadata, archive: _Archive
    ) -> Iterator[Outcome]:
        if len(place.members) >= self.limits.archive_depth:
            raise UnreadableError(
                f"Archives are read {self.limits.archive_depth} deep. Unpack this one and add the folder."
            )
        of_each = without_address(given)
        for name, reason in members.bad:
            yield Skipped(shown(f"{place.name}/{name}"), shown(reason))
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
            yield Skipped(shown(f"{place.name}, {where}"), shown(reason))
        if not records.records and not records.bad:
            raise UnreadableError("The bibliography has no entries.")
        of_each = without_address(given) if len(records.records) > 1 else given
        reader = RecordReader(self.asker, place, archive.digest)
        for record in records.records:
            yield from reader.outcomes(record, of_each)
        self.brought |= reader.brought


def without_address(given: Metadata) -> Metadata:
    """What can be given for many readings at once."""
    return replace(given, title=None, url=None, url_kind=None, archived_url=None)
