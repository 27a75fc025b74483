"""Progress on standard error: a bar for each stage, one after the other."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tqdm import tqdm


class Bars:
    """Progress as `evaluate` tells it; use it in a `with` statement, which leaves the last bar as it is."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: tqdm[None] | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far the stage is; a new stage begins a new bar."""
        if self._bar is None or stage != self._stage or done < self._bar.n:
            self._close()
            self._stage = stage
            self._bar = tqdm(desc=stage, total=total, mininterval=0.5)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def __enter__(self) -> Self:
        """Nothing is shown before the first stage."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the last bar's line."""
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
