"""The address that opens a reading at the words that are quoted from it.

PDFs open at a page (`#page=7`, RFC 8118), web pages at the words themselves (`#:~:text=first,last`, the
text fragments of https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

import re
from urllib.parse import quote

from corpus.resource import Resource

_DIRECTIVE = ":~:"
_BLOCK = re.compile(r"\n|\s\|\s")
"""Between paragraphs, and between the cells of a table: no part of a fragment may reach across."""

_FEWEST_WORDS = 4
_MOST_WORDS = 12
"""A longer quotation is named by its first and its last words, so many that they stand nowhere before."""


def link_to(resource: Resource, start: int, end: int) -> str | None:
    """The address of the characters `start` to `end`; nothing if the reading has none.

    Notes, and words with a source of their own, link to the plain address: the words don't stand there.
    """
    url = resource.url_at(start)
    if url is None or resource.notes or url != resource.url:
        return url
    if page := resource.page_at(start):
        return f"{url.partition('#')[0]}#page={page}"
    start, end = _whole_words(resource.text, start, end)
    headings = [resource.title, *(section.heading for section in resource.sections)]
    fragment = _text_fragment(resource.text[start:end], "\n".join((*headings, resource.text[:start])))
    if not fragment:
        return url
    address, _, anchor = url.partition("#")
    return f"{address}#{anchor.partition(_DIRECTIVE)[0]}{_DIRECTIVE}text={fragment}"


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, and the rest of the words in which it begins and ends."""
    while 0 < start < end and _is_within_word(text, start):
        start -= 1
    while start < end < len(text) and _is_within_word(text, end):
        end += 1
    return start, end


def _is_within_word(text: str, position: int) -> bool:
    return text[position - 1].isalnum() and text[position].isalnum()


def _text_fragment(quoted: str, before: str) -> str:
    """The words, or their first and last ones, as the fragment writes them; empty if there are none.

    `before` is what a browser finds first: the page's own headings, and the text up to the words.
    """
    blocks = [block.split() for block in _BLOCK.split(quoted)]
    blocks = [words for words in blocks if any(map(str.isalnum, "".join(words)))]
    if not blocks:
        return ""
    if len(blocks) == 1 and len(blocks[0]) <= _MOST_WORDS:
        return _encoded(blocks[0])
    first = _enough(blocks[0], before, at_end=False)
    rest = len(blocks[0]) - len(first) if len(blocks) == 1 else len(blocks[-1])
    last = _enough(blocks[-1][-rest:], quoted.rsplit(" ", 1)[0], at_end=True)
    return f"{_encoded(first)},{_encoded(last)}"


def _enough(words: list[str], before: str, at_end: bool) -> list[str]:
    """As many words as it takes to stand nowhere before, if twelve do."""
    for count in range(_FEWEST_WORDS, _MOST_WORDS + 1):
        chosen = words[-count:] if at_end else words[:count]
        if " ".join(chosen) not in before:
            break
    return chosen


def _encoded(words: list[str]) -> str:
    """With every sign that has a meaning in a fragment written as its number; '-' has one too."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
