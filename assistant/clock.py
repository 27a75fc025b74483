"""How long each stage of an answer took."""

from __future__ import annotations

from time import perf_counter


class Clock:
    """Counts from its making; `laps` are milliseconds by stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {"understand": 0.0, "search": 0.0, "write": 0.0}
        self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """Give the time since the last lap to this stage."""
        now = perf_counter()
        self.laps[stage] += 1000 * (now - self._last)
        self._last = now
