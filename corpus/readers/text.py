"""Plain text: its encoding, and its paragraphs."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from statistics import median

from corpus.front_matter import plain
from corpus.readers.content import Content, ContentBuilder, UnreadableError
from corpus.readers.pdf_paragraphs import seam

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WRAPPED = 50
"""Characters: lines of this length and more were broken by a margin, shorter ones by their author."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in the encoding that its first bytes name, that is declared, UTF-8 or Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for name in (declared or "utf-8", "utf-8"):
        try:
            return data.decode(codecs.lookup(name).name)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding that `decode` knows."""
    start = data[:8192]
    return b"\0" in start and not any(start.startswith(mark) for mark, _ in _MARKS)


def read_text(data: bytes) -> Content:
    """The paragraphs; lines that a margin broke are joined."""
    if is_binary(data):
        raise UnreadableError("The file is not text, whatever its name says. Save it as text or PDF.")
    text = plain(decode(data))
    words = Counter(_WORD.findall(text.casefold()))
    builder = ContentBuilder()
    for paragraph in _PARAGRAPHS.split(text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if len(lines) > 1 and median(map(len, lines[:-1])) >= _WRAPPED:
            builder.paragraph(_joined(lines, words))
        else:
            builder.paragraph("\n".join(lines))
    return builder.content()


def _joined(lines: list[str], words: Counter[str]) -> str:
    """The lines as one, with broken words mended."""
    parts = lines[:1]
    for line in lines[1:]:
        cut, between = seam(parts[-1], line, words)
        parts[-1] = parts[-1][: len(parts[-1]) - cut]
        parts.append(between + line)
    return "".join(parts)
