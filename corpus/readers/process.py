"""The process that reads files: it has little memory and little time, and is replaced when it fails."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from corpus.readers.limits import LIMITS, Limits


class ReaderProcess:
    """Reads one file after another; started when first needed, stopped by `close`."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits

    def close(self) -> None:
        """Stop the process, if it runs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
