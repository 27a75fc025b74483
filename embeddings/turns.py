"""Programs that change a home take turns: two that add the same files would do the work twice."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import HomeError

FILE = "writer.lock"
"""Empty; the system frees it when the program that holds it ends, however it ends."""

_PAUSE = 0.1

_log = logging.getLogger(__name__)


@contextmanager
def turn(home: Path) -> Iterator[None]:
    """Wait, with a line of the log, until no other program changes this home; then be the one that does.

    Raises HomeError where the folder can't be used.
    """
    path = home / FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise HomeError(
            f"{path} can't be opened ({error}). Give yourself the right to write there, or set "
            "ASSISTANT_HOME to another folder."
        ) from error
    try:
        if not _taken(lock):
            _log.warning("Another program is adding to or changing %s: waiting until it is done.", home)
            while not _taken(lock):
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(lock)


if sys.platform == "win32":
    import msvcrt

    def _taken(lock: int) -> bool:
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(lock: int) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
