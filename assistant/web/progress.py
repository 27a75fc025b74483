"""A progress bar for a start that takes long, on a terminal and in a log."""

from __future__ import annotations

from tqdm import tqdm


class IndexingBar:
    """Call it with how much is done and how much there is; it shows itself at the first call.

    What is counted after all is done is another work, with a bar of its own.
    """

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` texts are ready."""
        if self._bar is None:
            self._bar = tqdm(total=total, desc="Preparing the readings", unit=" texts")
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()
            self._bar = None
