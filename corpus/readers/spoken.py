"""The language that a text is written in, by py3langid."""

from __future__ import annotations

import py3langid

from corpus.check import LANGUAGES

_LEAST = 100
"""Letters and signs: of less, the identifier's word is worth less than the file's own."""

_SAMPLE = 6000


def language_of(text: str) -> str | None:
    """The ISO 639-1 code; nothing for texts that are too short to tell."""
    if len(text) < _LEAST:
        return None
    # The beginning is often a cover, a list of contents or an imprint in another language.
    middle = max(len(text) // 2 - _SAMPLE // 2, 0)
    code = str(py3langid.classify(text[middle : middle + _SAMPLE])[0])
    return code if code in LANGUAGES else None
