"""Another file in the place of a damaged store, which is kept under a name of its own."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path


def put_in_place(path: Path, new: Path) -> Path | None:
    """Give a whole, closed SQLite file the name of another, and say what that one is called now, if any.

    At every moment one of the two has the name. Whoever had the old one open sees the new one at the next
    use (see `Database`). Raises OSError.
    """
    _sync(new)
    aside = _set_aside(path) if path.exists() else None
    for log in (f"{path}-wal", f"{path}-shm"):  # they belong to the old one, and would be read into the new
        Path(log).unlink(missing_ok=True)
    new.replace(path)
    return aside


def _set_aside(path: Path) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.name}.damaged-{now}")
    if path.is_dir():
        return path.rename(aside)
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        shutil.copyfile(path, aside)
    log = Path(f"{path}-wal")
    if log.exists():
        log.replace(f"{aside}-wal")
    return aside


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
