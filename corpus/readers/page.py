"""Web pages: the main text without menus, under its headings, and what the page says about itself."""

from __future__ import annotations

from typing import Any

from trafilatura import bare_extraction

from corpus.readers.content import Content, ContentBuilder
from corpus.readers.hidden import remove_hidden
from corpus.readers.markup import add_blocks, parse_html
from corpus.readers.page_metadata import metadata_of

_LEAST = 200
"""Characters: with less, the page has another shape than trafilatura looks for, and is taken whole."""


def read_page(data: bytes) -> Content:
    """The page's own words, as a browser would find them in it."""
    root = parse_html(data)
    found = metadata_of(root)
    remove_hidden(root)
    builder = _main_text(root)
    if builder.length < _LEAST:
        whole = _whole_text(root)
        if whole.length > 2 * builder.length:
            builder = whole
    return builder.content(found)


def _main_text(root: Any) -> ContentBuilder:  # noqa: ANN401, lxml has no types
    builder = ContentBuilder()
    # The date would be guessed from the text; what the page says about itself is read elsewhere.
    document = bare_extraction(root, favor_recall=True, include_comments=False, with_metadata=False)
    body = getattr(document, "body", None)
    if body is not None:
        add_blocks(body, builder)
    return builder


def _whole_text(root: Any) -> ContentBuilder:  # noqa: ANN401
    builder = ContentBuilder()
    for name in ("nav", "header", "footer", "aside", "form", "button", "select"):
        for element in list(root.iter(name)):
            if element.getparent() is not None:
                element.drop_tree()
    add_blocks(root, builder)
    return builder
