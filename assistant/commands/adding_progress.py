"""How far `add` is, on standard error: on one line that changes for a person, now and then in a log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from assistant.adding import Kept
from corpus.readers import Skipped

_EACH_SECONDS = {True: 0.2, False: 10.0}
"""Between two lines, on a terminal and elsewhere."""


class AddingProgress:
    """Call `encoding` and `told` as the work goes on, and `close` at its end."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._begun = self._shown = monotonic()
        self._folders = {Path(source).absolute().parent for source in sources}
        self._total = sum(size for source in sources for size in _sizes(Path(source)))
        self._done = self._passages = 0
        self._files: set[Path] = set()
        self._terminal = sys.stderr.isatty()

    def encoding(self, done: int, total: int) -> None:
        """So many of the texts that are encoded together are done."""
        self._show(f"{done:,} of {total:,} texts")

    def told(self, result: Kept | Skipped) -> None:
        """This file is done."""
        if isinstance(result, Kept) and result.change != "unchanged":
            self._passages += result.passages
        file = next(filter(None, (_file(folder / result.name) for folder in self._folders)), None)
        if file and file not in self._files:
            self._files.add(file)
            self._done += file.stat().st_size
        self.close()

    def close(self) -> None:
        """Leave a clean line for what is printed next."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _show(self, file: str) -> None:
        now = monotonic()
        if now - self._shown < _EACH_SECONDS[self._terminal]:
            return
        self._shown = now
        line = f"{file}; {self._whole(now - self._begun)}"
        sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()

    def _whole(self, seconds: float) -> str:
        """How much of everything is done, how fast, and how long the rest may take."""
        if not (self._done and self._total):
            return "the first of all"
        share = min(1.0, self._done / self._total)
        left = seconds / share - seconds
        speed = self._passages / seconds
        return f"{share:.0%} of all, {speed:.1f} passages a second, about {_duration(left)} left"


def _sizes(path: Path) -> list[int]:
    """Bytes of each file; none for an address."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return [file.stat().st_size for file in files if file.is_file()]


def _file(path: Path) -> Path | None:
    """The file itself, or the archive that it is in."""
    return next((each for each in (path, *path.parents) if each.is_file()), None)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
