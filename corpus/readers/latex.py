"""The little LaTeX that stands in BibTeX files, as the letters that it means."""

from __future__ import annotations

import re
import unicodedata

_MARKS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
}
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "textquoteright": "’",
    "textendash": "–",
    "textemdash": "—",
    "guillemotleft": "«",
    "guillemotright": "»",
}
_ACCENT = re.compile(
    r"""\\(?:([`'^~"=.])\s*|([cvuHkr])(?=[\s{]))\s*\{?\s*(\\[ij](?![A-Za-z])|[^\W\d_])\s*\}?"""
)
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*(?:\{{\}})?")
_SIGN = re.compile(r"\\([&%$#_{}])")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*")
_KEPT = "\ue000"
"""Stands for a brace that is shown, while those that aren't are taken out."""


def from_latex(text: str) -> str:
    """The text without commands and braces, its accents on their letters."""
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
    text = text.replace("\\textbackslash", "\\\\").replace("~", " ")
    text = _SIGN.sub(lambda found: {"{": _KEPT, "}": _KEPT + _KEPT}.get(found[1], found[1]), text)
    text = _COMMAND.sub("", text).replace("{", "").replace("}", "").replace("\\\\", "\\")
    text = text.replace(_KEPT * 2, "}").replace(_KEPT, "{")
    return " ".join(text.replace("---", "—").replace("--", "–").split())


def _accented(found: re.Match[str]) -> str:
    letter = found[3].removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _MARKS[found[1] or found[2]])
