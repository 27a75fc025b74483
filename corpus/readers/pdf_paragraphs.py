"""Lines joined into paragraphs, with broken words mended, headings told from text, and page starts kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.readers.content import ContentBuilder
from corpus.readers.pdf_columns import Row
from corpus.readers.pdf_text import HYPHEN

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[\x02\xad-]$")
_STARTS = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"(?:[•●▪◦‣■–—*·-]|\(?[0-9]{1,2}[.)]|\(?[a-z]\))\s")
_CONTENTS = re.compile(r"(?:[.…] ?){5}[. ]*(?:\| )?[0-9ivxlc]{1,5}$")
"""A line of the list of contents: it is found with every question, and answers none."""

_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")

_LARGER = 1.15
"""How much larger than the text a heading's letters are, at least."""

_LONGEST_HEADING = 120
_LONGEST_PARAGRAPH = 10_000
_LONGEST_WORD = 60
_SMALLEST_GAP = 0.6
"""Between paragraphs, in letters' sizes, beyond the gap that lines have."""


class Paragraphs:
    """Takes the rows of page after page, and gives the builder whole paragraphs."""

    def __init__(self, builder: ContentBuilder, pages: Sequence[Sequence[Row]]) -> None:
        self.builder = builder
        rows = [row for page in pages for row in page]
        sizes: Counter[float] = Counter()
        for row in rows:
            sizes[round(row.size * 2) / 2] += len(row.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.words = Counter(word for row in rows for word in _WORD.findall(row.text.casefold()))
        self.leading = _leading(pages, self.size)
        self.text = ""
        self.last: Row | None = None
        self.right = 0.0
        self.starts: list[int] = []
        """Where pages begin that began within the paragraph."""

    def add_page(self, rows: Iterable[Row]) -> None:
        """The page's rows, in order; its beginning is kept."""
        first = True
        for row in rows:
            clean = _clean(row.text)
            if not clean.strip(HYPHEN) or _CONTENTS.search(clean):
                continue
            if self.last and self._ends_before(row, first):
                self._finish()
            if first:
                self.starts.append(len(self.text) + 1 if self.text else 0)
            first = False
            self._append(row, clean)
        if first:
            self.starts.append(len(self.text))

    def finish(self) -> None:
        """The last paragraph, and pages that begin with nothing but headings at the very end."""
        self._finish()
        self.builder.pages += [self.builder.length for _ in self.starts]

    def _append(self, row: Row, text: str) -> None:
        if self.text:
            cut, between = seam(self.text, text, self.words)
            self.text = self.text[: len(self.text) - cut] + between + text
        else:
            self.text = text
        self.right = max(self.right, row.box.right)
        self.last = row

    def _is_heading(self, row: Row) -> bool:
        if row.cells or len(row.text) > _LONGEST_HEADING:
            return False
        if row.size >= _LARGER * self.size:
            return True
        return row.bold and row.size >= self.size - 0.5 and not _ENDS_SENTENCE.search(row.text)

    def _ends_before(self, row: Row, new_page: bool) -> bool:
        """Whether the row begins a paragraph of its own."""
        last = self.last
        if last is None:
            return True
        if row.cells or last.cells or _ITEM.match(row.text) or len(self.text) > _LONGEST_PARAGRAPH:
            return True
        if self._is_heading(row) or self._is_heading(last):
            same = self._is_heading(row) and self._is_heading(last) and abs(row.size - last.size) < 0.6
            return not same or new_page or last.box.bottom - row.box.top > row.size
        if new_page or row.box.bottom > last.box.bottom + last.size:  # another page, or another column
            return bool(_ENDS_SENTENCE.search(self.text)) or row.text[:1].isupper()
        if abs(row.size - last.size) > 0.15 * self.size:
            return True
        gap = last.box.bottom - row.box.bottom - self.leading
        short = last.box.right < self.right - 4 * last.size and _ENDS_SENTENCE.search(self.text)
        indented = row.box.left > last.box.left + row.size and _ENDS_SENTENCE.search(self.text)
        return gap > _SMALLEST_GAP * row.size or bool(short) or bool(indented)

    def _finish(self) -> None:
        """Give the builder what there is; pages that began in it begin in the builder's text."""
        text, last = self.text.replace(HYPHEN, "-"), self.last
        starts, self.starts = self.starts, []
        self.text, self.last, self.right = "", None, 0.0
        if last and self._is_heading(last):
            self.builder.heading(text)
            # The heading is no part of the text, which goes on with what follows it.
            self.starts = [0 for _ in starts]
            return
        before = self.builder.length
        self.builder.paragraph(text, "\n" if last and (last.cells or _ITEM.match(text)) else "\n\n")
        length = len(text)
        start = self.builder.length - length if self.builder.length > before else before
        self.builder.pages += [min(start + offset, self.builder.length) for offset in starts]


def _leading(pages: Sequence[Sequence[Row]], size: float) -> float:
    """The usual distance from one line of text to the next, in points."""
    steps: Counter[int] = Counter()
    for rows in pages:
        for above, below in pairwise(rows):
            step = round(above.box.bottom - below.box.bottom)
            if 0 < step <= 3 * size and abs(above.size - size) < 1:
                steps[step] += 1
    return float(steps.most_common(1)[0][0]) if steps else 1.2 * size


def _clean(text: str) -> str:
    """Ligatures as letters, letters and their accents as one."""
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return unicodedata.normalize("NFC", text).replace("\ufffe", HYPHEN).strip(" \t")


def seam(text: str, line: str, words: Counter[str]) -> tuple[int, str]:
    """How a text goes on with its next line: signs to take off its end, and what to put between.

    A word broken at the end of the line is one again. The hyphen stays where the document writes the
    word with it elsewhere, and more often than without.
    """
    broken, start = _BROKEN.search(text[-_LONGEST_WORD:]), _STARTS.match(line[:_LONGEST_WORD])
    if not broken:
        return 0, " "
    if not start or not start.group()[0].islower():
        return 1, "-"
    first, second = broken.group(1).casefold(), start.group().casefold()
    return 1, "-" if words[f"{first}-{second}"] > words[first + second] else ""
