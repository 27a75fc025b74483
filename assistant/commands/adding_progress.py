"""How far `add` is, on standard error: on one line that changes for a person, now and then in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from assistant.adding import Kept
from assistant.commands.shown import plain
from corpus.readers import Outcome, Skipped

_PAUSES = {True: 0.2, False: 10.0}
"""On a terminal, and elsewhere."""


class AddingProgress:
    """Pass what is read through `reading`, call `encoding` and `told` as the work goes on, then `close`."""

    def __init__(self, sources: Sequence[str], pause: float | None = None) -> None:
        """`pause`: seconds between two lines."""
        self._begun = self._shown = monotonic()
        self._folders = {Path(source).absolute().parent for source in sources}
        self._total = sum(size for source in sources for size in _sizes(Path(source)))
        self._read: dict[Path, int] = {}
        self._kept = self._passages = 0
        self._terminal = sys.stderr.isatty()
        self._pause = pause if pause is not None else _PAUSES[self._terminal]

    def reading(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes; each file that was read is counted by its bytes."""
        for outcome in outcomes:
            for file in filter(None, (_file(folder / outcome.name) for folder in self._folders)):
                self._read.setdefault(file, file.stat().st_size)
            self._show(f"read {plain(outcome.name)}", self._kept)
            yield outcome

    def encoding(self, done: int, total: int) -> None:
        """So many of the texts of what was read are encoded."""
        waiting = sum(self._read.values()) - self._kept
        self._show(f"encoded {done:,} of {total:,} texts", self._kept + waiting * done / total)

    def told(self, result: Kept | Skipped) -> None:
        """All that was read is kept; this is the next to be told of."""
        if isinstance(result, Kept) and result.change != "unchanged":
            self._passages += result.passages
        self._kept = sum(self._read.values())
        self.close()

    def close(self) -> None:
        """Leave a clean line for what is printed next."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _show(self, now_done: str, done: float) -> None:
        now = monotonic()
        if now - self._shown < self._pause:
            return
        self._shown = now
        line = ", ".join([now_done, *self._whole(done, now - self._begun)])
        sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()

    def _whole(self, done: float, seconds: float) -> Iterator[str]:
        """How much of everything is done, how fast, and how long the rest may take."""
        if self._passages:
            yield f"{self._passages / seconds:.1f} passages a second"
        if done and self._total:
            share = min(1.0, done / self._total)
            yield f"{share:.0%} of all, about {_duration(seconds / share - seconds)} left"


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
