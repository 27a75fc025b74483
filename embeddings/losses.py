"""Whether the store that is there has lost what its index was made from."""

from __future__ import annotations

import logging
from pathlib import Path

from embeddings import snapshot

_REMEDY = "`python -m assistant restore FILE` puts a backup back, or add your own readings again."

_log = logging.getLogger(__name__)


def tell_of_missing(home: Path, file: Path) -> bool:
    """Whether a store is begun; logged where one was before: it is emptied, or an index of it is there."""
    if file.exists() and file.stat().st_size > 1:  # SQLite takes smaller ones for new
        return False
    if file.is_file():
        _log.warning("%s was empty and is begun anew. %s", file, _REMEDY)
    elif any(home.glob("*.snapshot")):
        _log.warning("%s is missing and is begun anew. %s", file, _REMEDY)
    return True


def tell_of_lost_changes(home: Path, file: Path, state: str) -> None:
    """Log that the store is older than its index, as it is after a damage to the log that is beside it."""
    indexed = (snapshot.stamp(home, "index") or {}).get("state", "")
    lost = _changes(indexed) - _changes(state)
    if lost > 0:
        _log.warning("%s has lost the last %d changes that were made to it. %s", file, lost, _REMEDY)


def _changes(state: str) -> int:
    number = state.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
