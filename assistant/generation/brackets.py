"""The brackets of marks and links, as far as they have come: one that is not closed yet is not decided."""

from __future__ import annotations

import unicodedata

LONGEST_LABEL = 300
LONGEST_TARGET = 2000
"""Characters that are waited for; a bracket that is not closed by then is an ordinary one."""


def until(text: str, close: str, final: bool) -> str | None:
    """From the bracket that the text begins with to the one that closes it; "" for none, None for not yet."""
    for place, sign in enumerate(text[1 : LONGEST_LABEL + 1], start=1):
        if sign == close:
            return text[: place + 1]
        if sign in "\n[【":
            return ""
    return "" if final or len(text) > LONGEST_LABEL else None


def target(text: str, final: bool) -> str | None:
    """The target of a link in its parentheses; "" for none, None for not yet."""
    if not text.startswith("("):
        return ""
    for place, sign in enumerate(text[:LONGEST_TARGET]):
        if sign == ")":
            inside = text[1:place].strip()
            return text[: place + 1] if " " not in inside or "://" in inside.partition(" ")[0] else ""
        if sign == "\n":
            return ""
    return "" if final or len(text) >= LONGEST_TARGET else None


def can_be_seen(sign: str) -> bool:
    """Whether a character may be shown: no control, no zero width, none that turns the direction of text."""
    return sign in "\n\t" or unicodedata.category(sign)[0] != "C"
