"""A bibliography's records: each a reading, from the file it points to or from its abstract."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.asking import Asker, digest_of, fingerprint_of, resource_from, shown
from corpus.readers.assemble import assemble
from corpus.readers.content import Content, UnreadableError
from corpus.readers.identity import id_of_record
from corpus.readers.metadata import Metadata
from corpus.readers.outcome import Found, Outcome, Skipped, Unchanged
from corpus.readers.place import Place
from corpus.readers.records import Record


class RecordReader:
    """Reads the records of the bibliography at a place; `digest` is that of its outermost file."""

    def __init__(self, asker: Asker, place: Place, digest: str) -> None:
        self.asker = asker
        self.place = place
        self.digest = digest
        self.brought: set[str] = set()
        """The addresses of the files that were read, or tried."""

    def outcomes(self, record: Record, given: Metadata) -> Iterator[Outcome]:
        """The record's reading: its first file that can be read, or else its abstract."""
        name = shown(f"{self.place.name}: {record.name}")
        id_ = id_of_record(record.name, record.key)
        about = given.over(record.found)
        for file in record.files:
            try:
                outcome = self._file(file, name, id_, about)
            except UnreadableError as error:
                yield Skipped(shown(file), shown(str(error)))
            except OSError as error:
                yield Skipped(shown(file), f"The file can't be read: {error.strerror or error}.")
            except (KeyError, TypeError, ValueError):
                yield Skipped(shown(file), "What was read of the file makes no sense. Save it anew.")
            else:
                yield outcome
                return
        yield self._abstract(record, name, id_, about)

    def _file(self, file: str, name: str, id_: str, about: Metadata) -> Outcome:
        target = self.place.beside(file)
        if target is None:
            raise UnreadableError("It does not lie beside the bibliography. Add the file itself.")
        self.brought.add(target.address)
        digest = self.digest if target.members else digest_of(target.path, self.asker.limits)
        fingerprint = fingerprint_of(digest, *target.members, repr(about))
        if self.asker.known(id_, fingerprint):
            return Unchanged(name, id_)
        reply = self.asker.ask(target, about.language)
        if reply["is"] != "Content":
            raise UnreadableError("A record's file must be a text. Add the file itself.")
        return Found(name, resource_from(reply, id_, about, target.name), fingerprint)

    def _abstract(self, record: Record, name: str, id_: str, about: Metadata) -> Outcome:
        if not record.abstract.strip():
            return Skipped(
                name, "It has neither an abstract nor a file beside it. Add its text or its address."
            )
        fingerprint = fingerprint_of(record.abstract, repr(about))
        if self.asker.known(id_, fingerprint):
            return Unchanged(name, id_)
        return Found(
            name, assemble(id_, Content(record.abstract), about, None, shown(self.place.name)), fingerprint
        )
