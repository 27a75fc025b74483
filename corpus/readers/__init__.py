"""Files that people have themselves, read into resources: `read` is the whole of it.

What a file says is never trusted: a process of its own reads it, under limits (see `process`).
"""

from corpus.readers.files import Known, nothing_known, read
from corpus.readers.identity import text_digest
from corpus.readers.limits import LIMITS, Limits
from corpus.readers.metadata import NOTHING_GIVEN, Metadata
from corpus.readers.outcome import Found, Outcome, Skipped, Unchanged
from corpus.readers.process import ReaderProcess

__all__ = [
    "LIMITS",
    "NOTHING_GIVEN",
    "Found",
    "Known",
    "Limits",
    "Metadata",
    "Outcome",
    "ReaderProcess",
    "Skipped",
    "Unchanged",
    "nothing_known",
    "read",
    "text_digest",
]
