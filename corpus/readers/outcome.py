"""What became of a file: it was read, it is as it was, or it was skipped for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.resource import Resource


@dataclass(frozen=True, slots=True)
class Found:
    """A reading. `name` is the file as the user knows it, `archive.zip/inner.pdf` inside an archive.

    `fingerprint` changes with the file's bytes, with what was given about it, and with how files are read.
    """

    name: str
    resource: Resource
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A reading that the caller has already, from the same bytes: it was not read again."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that gave no reading. `reason` is whole sentences: what happened, and what to do."""

    name: str
    reason: str


Outcome = Found | Unchanged | Skipped
