"""The order in which the lines of a page are read: columns one after the other, tables row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.readers.content import CELLS
from corpus.readers.pdf_text import Box, Line, Page, Word

_FEWEST_LINES = 5
"""On each side, before a gap down the page is taken for one between columns."""

_CROSSING = 0.25
"""The part of the lines that may run across the gap: headings, wide tables, notes."""

_FILLED = 0.55
"""How far the lines of a column reach across it, on average: cells of a table are shorter."""

_DEEPEST = 3
"""Gaps within columns: enough for eight columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of one column. `cells` tells a row of a table."""

    text: str
    box: Box
    size: float
    bold: bool
    cells: bool


def rows_in_order(page: Page) -> list[Row]:
    """The page's lines as they are read."""
    upright = [line for line in page.lines if line.upright]
    if len(upright) * 2 < len(page.lines):
        return [_row(line) for line in page.lines]
    # What stands sideways on an upright page is a mark in the margin.
    return _ordered(_level(upright), 0)


def _level(lines: Sequence[Line]) -> list[Line]:
    """The lines, with neighbours that stand side by side as one: PDFium parts the cells of some rows."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _beside(last.words[-1].box, line.words[0].box, line.size):
            joined[-1] = replace(last, words=(*last.words, *line.words))
        else:
            joined.append(line)
    return joined


def _beside(left: Box, right: Box, size: float) -> bool:
    return right.left > left.right and abs(right.bottom - left.bottom) < 0.3 * size


def _row(line: Line) -> Row:
    """The whole line; wide gaps in it part the cells of a table."""
    cells: list[str] = []
    end: float | None = None
    for word in line.words:
        wide = end is not None and word.box.left - end > 1.5 * line.size
        if cells and not wide:
            cells[-1] += " " + word.text
        else:
            cells.append(word.text)
        end = word.box.right
    return Row(CELLS.join(cells), _around(line.words), line.size, line.bold, len(cells) > 1)


def _around(words: Sequence[Word]) -> Box:
    return Box(
        min(word.box.left for word in words),
        min(word.box.bottom for word in words),
        max(word.box.right for word in words),
        max(word.box.top for word in words),
    )


def _ordered(lines: Sequence[Line], depth: int) -> list[Row]:
    gap = _gap(lines) if depth < _DEEPEST else None
    if gap is None:
        return [_row(line) for line in lines]
    pieces = [piece for line in lines for piece in _cut(line, gap)]
    rows: list[Row] = []
    for band in _bands(pieces, gap):
        if len(band) == 1:
            rows.append(_row(band[0]))
            continue
        for column in (True, False):
            side = [line for line in band if (_around(line.words).right <= gap) == column]
            rows += _ordered(side, depth + 1)
    return rows


def _cut(line: Line, gap: float) -> Iterator[Line]:
    """The line's parts on both sides of the gap, or the line itself if it runs across."""
    left = tuple(word for word in line.words if word.box.right <= gap)
    right = tuple(word for word in line.words if word.box.left >= gap)
    if len(left) + len(right) < len(line.words):
        yield line
        return
    for words in (left, right):
        if words:
            yield replace(line, words=words)


def _bands(pieces: Iterable[Line], gap: float) -> Iterator[list[Line]]:
    """Lines across the gap alone, and what stands between them together, from the top down."""
    band: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: -_around(piece.words).top):
        box = _around(piece.words)
        if box.left < gap < box.right:
            if band:
                yield band
            yield [piece]
            band = []
        else:
            band.append(piece)
    if band:
        yield band


def _gap(lines: Sequence[Line]) -> float | None:
    """The middle of an empty strip down the page with columns of prose on both sides."""
    if len(lines) < _FEWEST_LINES:
        return None
    words = [word for line in lines for word in line.words]
    whole = _around(words)
    width = whole.right - whole.left
    best: tuple[int, float] | None = None
    for step in range(25, 76):
        position = whole.left + width * step / 100
        crossing = sum(word.box.left < position < word.box.right for word in words)
        if best is None or crossing < best[0]:
            best = crossing, position
    if best is None or best[0] > _CROSSING * len(lines):
        return None
    return _middle(words, whole, best[1])


def _middle(words: Sequence[Word], whole: Box, position: float) -> float | None:
    """The middle of the strip at the position, if there are columns of prose beside it."""
    left = [word.box for word in words if word.box.right <= position]
    right = [word.box for word in words if word.box.left >= position]
    if min(_lines(left), _lines(right)) < _FEWEST_LINES:
        return None
    edges = max(box.right for box in left), min(box.left for box in right)
    filled_left = median(box.right - box.left for box in left) / max(edges[0] - whole.left, 1)
    filled_right = median(box.right - box.left for box in right) / max(whole.right - edges[1], 1)
    if min(filled_left, filled_right) < _FILLED:
        return None
    return (edges[0] + edges[1]) / 2


def _lines(boxes: Sequence[Box]) -> int:
    """How many lines the boxes stand on."""
    return len({round(box.bottom) for box in boxes})
