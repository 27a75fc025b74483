"""Is a sentence word for word in a passage?"""

from __future__ import annotations

_MARKS = str.maketrans(dict.fromkeys('"“”«»„‟') | {"’": "'", "‘": "'", "ʼ": "'"})
_STOPS = ".!?…。！？ '"
_MOST_PLACES = 100
"""Where words are found more often than this, they are no sentence but a way to keep us busy."""

_ENDS = frozenset(".!?…。！？؟।)]")


def is_verbatim(sentence: str, passage: str) -> bool:
    """Whether the sentence is in the passage as a whole sentence or more.

    The case of the first letter, white space, quotation marks and the final stop don't count. A piece of a
    sentence is no quotation: "hold one vote" is in "do not hold one vote".
    """
    wanted = _plain(sentence).strip(_STOPS)
    if not wanted:
        return False
    texts = [*passage.split("\n"), passage] if "\n" in passage else [passage]
    forms = {wanted, wanted[0].swapcase() + wanted[1:]}
    return any(_stands_alone(form, _plain(text)) for text in texts for form in forms)


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())


def _stands_alone(wanted: str, text: str) -> bool:
    """Whether the words stand in the text with a sentence's end, or the text's, on both sides."""
    at = text.find(wanted)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return False
        end = at + len(wanted)
        before, after = text[max(0, at - 3) : at].rstrip(" '"), text[end : end + 3].lstrip(" '")
        if (not before or before[-1] in _ENDS) and (not after or after[0] in _ENDS):
            return True
        at = text.find(wanted, at + 1)
    return False
