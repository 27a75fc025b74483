"""How often each client may do something: a bucket of tokens that fills again evenly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from assistant.service.clients import household

MOST_CLIENTS = 10_000
"""So many clients are remembered; beyond them the one that was away longest begins anew."""


class Rate:
    """`per_minute` times a minute for each client, which may also come all at once. Threads may share it."""

    def __init__(self, per_minute: int, now: Callable[[], float] = monotonic) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str) -> float:
        """Seconds until this client may go on; 0 lets it go on and counts it."""
        client, now = household(client), self._now()
        with self._lock:
            tokens, since = self._buckets.pop(client, (self._most, now))
            tokens = min(self._most, tokens + (now - since) * self._per_second)
            missing = max(0.0, 1 - tokens)
            self._buckets[client] = (tokens if missing else tokens - 1, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return missing / self._per_second
