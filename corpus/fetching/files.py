"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from corpus.errors import HomeError

PARTIAL = ".part"
"""How the name of a file ends that is not whole yet; a kill leaves it behind."""


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole and on disk; after a failure there is none.

    Raises HomeError where it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=PARTIAL, delete=False) as file:
            partial = Path(file.name)
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                file.close()
                partial.unlink()
                raise
        partial.replace(path)
    except OSError as error:
        remedy = "Make room, or allow writing there."
        raise HomeError(f"{path}: can't be written ({error.strerror}). {remedy}") from error
