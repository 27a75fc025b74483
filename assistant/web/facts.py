"""What the page says of the collection as a whole, counted once for each state of it."""

from __future__ import annotations

from threading import Lock

from assistant.web.protocol import PageAssistant
from assistant.web.sharing import collection_fingerprint
from assistant.web.view import CollectionFigures, collection_figures


class Facts:
    """Figures and fingerprint of a collection, always of its present state. Threads may share it."""

    def __init__(self, assistant: PageAssistant) -> None:
        self._assistant = assistant
        self._lock = Lock()
        self._state = ""
        self._figures = CollectionFigures(0, 0, 0, ())
        self._fingerprint = ""

    @property
    def figures(self) -> CollectionFigures:
        """Numbers of readings, notes and languages, and the topics with most readings."""
        self._count()
        return self._figures

    @property
    def fingerprint(self) -> str:
        """What a link is compared by."""
        self._count()
        return self._fingerprint

    def _count(self) -> None:
        with self._lock:
            state = self._assistant.state
            if state == self._state:
                return
            resources = self._assistant.resources
            self._figures = collection_figures(resources)
            self._fingerprint = collection_fingerprint(resources)
            self._state = state
