"""What a file can hold: a text, other files, or records about readings."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.readers.content import Content
from corpus.readers.records import Damage, Record


@dataclass(frozen=True, slots=True)
class Members:
    """An archive's files that can be read, and those that can't, with the reason."""

    names: tuple[str, ...]
    bad: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """A bibliography's entries, and those that can't be read, with the reason."""

    records: tuple[Record, ...]
    bad: tuple[Damage, ...] = ()


Held = Content | Members | Records
