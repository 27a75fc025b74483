"""Files, folders, archives and bibliographies, one reading after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from corpus.readers.asking import Asker
from corpus.readers.folder import files_below
from corpus.readers.limits import LIMITS, Limits
from corpus.readers.metadata import NOTHING_GIVEN, Metadata
from corpus.readers.outcome import Outcome
from corpus.readers.place import Place, in_order
from corpus.readers.process import ReaderProcess
from corpus.readers.reading import Reading, without_address

Known = Callable[[str, str], bool]
"""Whether the reading with this id was read before, with this fingerprint."""


def nothing_known(_id: str, _fingerprint: str) -> bool:
    """Everything is read."""
    return False


def read(
    path: Path,
    given: Metadata = NOTHING_GIVEN,
    *,
    limits: Limits = LIMITS,
    ocr: bool = False,
    known: Known = nothing_known,
    process: ReaderProcess | None = None,
) -> Iterator[Outcome]:
    """Every reading in a file, folder, archive or bibliography, in a fixed order, as each is read.

    `given` overrides what files say about themselves; with `given.url` a file is the page at that
    address, and its id follows from the address. `ocr` recognises the letters of scanned PDFs.
    `process` is used and left open, for callers that read many paths; its limits then hold.
    No file raises an error: what can't be read is `Skipped`.
    """
    with ExitStack() as stack:
        reader = process or stack.enter_context(ReaderProcess(limits))
        reading = Reading(Asker(reader, ocr, known))
        if not path.is_dir():
            yield from reading.outcomes(Place(path, (), path.name), given)
            return
        found, skipped = files_below(path)
        for file in sorted(found, key=lambda file: in_order(str(file))):
            name = str(file.relative_to(path.parent))
            yield from reading.outcomes(Place(file, (), name), without_address(given))
        yield from skipped
