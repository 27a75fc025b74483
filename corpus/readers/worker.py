"""The program of the reading process: a line of JSON says what to read, a line of JSON what it holds.

It limits itself before it opens anything, and ends when its standard input does. An error that nobody
thought of ends it; whoever asked sees that, and starts another.
"""

from __future__ import annotations

import json
import math
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from corpus.readers.archive import too_large, unpacked
from corpus.readers.content import Content, ScannedError, UnreadableError
from corpus.readers.formats import read_bytes
from corpus.readers.held import Records
from corpus.readers.limits import Limits
from corpus.readers.metadata import Metadata
from corpus.readers.records import Record
from corpus.readers.spoken import language_of
from corpus.readers.wire import to_wire

_ANY_TEXT = "Each member of the cooperative has one vote. " * 4
_DEEPEST_CALLS = 3000
"""Calls within calls: pages are nested, and the libraries follow them down."""


class Opened:
    """The archive that was opened last, so that its files need it unpacked once only."""

    def __init__(self) -> None:
        self.key: tuple[object, ...] = ()
        self.data = b""

    def read(self, path: Path, members: tuple[str, ...], limits: Limits) -> bytes:
        """The bytes of a file, or of what stands under a name in the archive that it is."""
        if not members:
            return _bytes_of(path, limits)
        status = path.stat()
        key = (path, members[:-1], status.st_mtime_ns, status.st_size)
        if self.key != key:
            self.key, self.data = (), b""
            self.data = unpacked(_bytes_of(path, limits), members[:-1], limits)
            self.key = key
        return unpacked(self.data, members[-1:], limits)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limits.file_bytes:
            raise UnreadableError(too_large(limits))
        return file.read(size)


def answer(job: dict[str, Any], opened: Opened, limits: Limits) -> dict[str, Any]:
    """What the file holds, or why it can't be read."""
    members = tuple(job["members"])
    try:
        data = opened.read(Path(job["path"]), members, limits)
        held = read_bytes(data, members[-1] if members else job["path"], limits)
    except ScannedError as error:
        return {"is": "scanned", "reason": str(error)}
    except UnreadableError as error:
        return {"is": "unreadable", "reason": str(error)}
    except OSError as error:
        return {"is": "unreadable", "reason": f"The file can't be read: {error.strerror or error}."}
    except (MemoryError, RecursionError) as error:
        return {"is": type(error).__name__}
    spoken = language_of(held.text) if isinstance(held, Content) else None
    if isinstance(held, Records):
        held = replace(held, records=tuple(map(_with_language, held.records)))
    return {**to_wire(held), "spoken": spoken, "bytes": len(data)}


def _with_language(record: Record) -> Record:
    """The record with its abstract's language, if it names none itself."""
    spoken = Metadata(language=language_of(record.abstract))
    return replace(record, found=record.found.over(spoken))


def main() -> None:
    """Answer job after job, until there are no more."""
    limits = Limits(**json.loads(sys.argv[1]))
    replies = _replies()
    language_of(_ANY_TEXT)  # loads the identifier, which writes a file for a moment
    _limit(limits)
    sys.setrecursionlimit(_DEEPEST_CALLS)
    opened = Opened()
    for line in sys.stdin.buffer:
        _allow_cpu(limits.cpu_seconds)
        replies.write(json.dumps(answer(json.loads(line), opened, limits)).encode() + b"\n")
        replies.flush()


def _replies() -> BinaryIO:
    """Standard output for the replies alone: what libraries print goes nowhere."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return replies


def _limit(limits: Limits) -> None:
    """No more memory than allowed, no files written, no memory dumped. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hardest = resource.getrlimit(kind)[1]
        allowed = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        resource.setrlimit(kind, (allowed, allowed))


def _allow_cpu(seconds: int) -> None:
    """So much processor time from now on, and the process is ended."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hardest = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + seconds, hardest))


if __name__ == "__main__":
    main()
