"""How much one file may ask of the machine before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes, seconds and counts. A file beyond one of them is skipped, and the next one is read."""

    file_bytes: int = 200 * MIB
    """The largest file that is opened, also inside an archive."""
    text_characters: int = 20_000_000
    """The longest text that one file may hold: a hundred thick books."""
    memory_bytes: int = 2048 * MIB
    """What the reading process may address."""
    cpu_seconds: int = 120
    """Processor time for one file."""
    wall_seconds: float = 300.0
    """Time for one file by the clock."""
    archive_files: int = 5_000
    """Files in one archive."""
    archive_bytes: int = 1024 * MIB
    """What the files of one archive may come to when unpacked."""
    archive_ratio: int = 200
    """How many times its packed size a file of an archive may have, if it is over a megabyte."""
    archive_depth: int = 3
    """Archives within archives."""
    ocr_seconds: float = 1800.0
    """Time for recognising the letters of one scanned file."""


LIMITS = Limits()
"""Enough for the longest real publications, on a small laptop."""
