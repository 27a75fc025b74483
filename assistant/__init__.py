"""Ask a collection of readings and get an answer in which every sentence names what backs it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerSentence, Citation, Reading, Turn, Usage
from corpus.filters import Filters

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = [
    "Answer",
    "AnswerSentence",
    "Assistant",
    "Citation",
    "Filters",
    "Reading",
    "Turn",
    "Usage",
]

# NumPy reads it when it is first imported. A question's products of matrices are so small that threads which
# share one wait for each other longer than they work; questions that arrive together have a thread each.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def __getattr__(name: str) -> object:
    """`Assistant` is imported when it is first wanted: the nouns are cheap, its libraries are not."""
    if name == "Assistant":
        from assistant.assistant import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
