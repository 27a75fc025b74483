"""Running heads, running feet and page numbers: lines in the margins that many pages share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.readers.pdf_columns import Row
from corpus.readers.pdf_text import Box

_MARGIN = 0.15
"""The part of the page's height, at the top and at the bottom, where running lines stand."""

_OUTERMOST = 2
"""Lines at each end of the page that can be running ones."""

_FEWEST_PAGES = 2
_SHARE = 0.3
"""Of the pages: left and right pages have heads of their own, and chapters begin without."""

_LARGEST = 1.1
"""How large a running line is, at most, beside the text: a chapter's heading is larger."""

_NUMBER = re.compile(r"\b(?:\d{1,4}|[ivxlc]{1,7})\b")
_ALONE = "#"
"""Stands for a line that is nothing but a number: it is a page's, even where pages are counted anew."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def without_running_lines(pages: Sequence[list[Row]], bounds: Sequence[Box]) -> list[list[Row]]:
    """The pages without what repeats in their margins, but for the page's own number."""
    size = _text_size(pages)
    keys = [
        {index: set(_keys(rows[index].text, number)) for index in _outer(rows, edges, size)}
        for number, (rows, edges) in enumerate(zip(pages, bounds, strict=True))
    ]
    counts = Counter(key for page in keys for key in set().union(*page.values()))
    enough = max(_FEWEST_PAGES, _SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= enough or key == _ALONE}
    return [
        [row for index, row in enumerate(rows) if running.isdisjoint(page.get(index, ()))]
        for rows, page in zip(pages, keys, strict=True)
    ]


def _text_size(pages: Sequence[list[Row]]) -> float:
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _outer(rows: Sequence[Row], edges: Box, size: float) -> Iterator[int]:
    """The lines in the margins that may be running ones, by their place in the rows."""
    depth = _MARGIN * (edges.top - edges.bottom)
    order = sorted(range(len(rows)), key=lambda index: -rows[index].box.top)
    for rank, index in enumerate(order):
        box = rows[index].box
        at_top = rank < _OUTERMOST and box.bottom >= edges.top - depth
        at_bottom = rank >= len(order) - _OUTERMOST and box.top <= edges.bottom + depth
        if (at_top or at_bottom) and rows[index].size <= _LARGEST * size:
            yield index


def _keys(text: str, page: int) -> Iterator[str]:
    """The line as it is, and with each number as its distance from the page's place in the file.

    So 'Page 3 of 10' and 'Page 4 of 10' share a key if they are on pages that follow each other,
    and 'In 1956 …' and 'In 1961 …' don't. A number at the line's end counts by itself, since heads
    of chapters differ in their words.
    """
    words = text.casefold()
    yield _ALONE if _NUMBER.fullmatch(words.strip("-–— ")) and len(words) < 10 else words
    for number in _NUMBER.finditer(words):
        distance = f"#{_value(number.group()) - page}"
        yield f"{words[: number.start()]}{distance}{words[number.end() :]}"
        if number.start() == 0 or number.end() == len(words):
            yield distance


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
