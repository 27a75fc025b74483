"""HTML and XML as trees, parsed without external entities, and their words in blocks.

Nothing is fetched and no entity is expanded; libxml2's own limits on depth and size stay in force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.entities import html5
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from corpus.front_matter import plain
from corpus.readers.content import ContentBuilder, UnreadableError
from corpus.readers.text import decode

_CHARSET = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})|encoding\s*=\s*["']([\w-]{2,40})["']"""
)
_DECLARED_WITHIN = 2048
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_KEPT_ENTITIES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))

_NO_LETTERS = "\ufffe\uffff"
"""As with control characters, a tree can be made with them, but not changed any more."""

_BY_NUMBER = re.compile(rf"[{_NO_LETTERS}]|&#(?:[xX](?P<hex>[0-9A-Fa-f]{{1,8}})|(?P<number>[0-9]{{1,8}}));?")

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb", "hr"))
_ITEMS = frozenset(("li", "item", "dt", "dd"))
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dl div fieldset figcaption figure footer form "
    "header list main nav ol p pre quote section summary table tbody tfoot thead title ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LONGEST_CELL = 400
"""A row with a longer cell is no table's: the page was laid out with it."""


class EntitiesError(UnreadableError):
    """The XML declares entities: they can grow without end, or name files."""


def parse_html(data: bytes) -> Any:  # noqa: ANN401, lxml has no types
    """The page's root element, however untidy the page is."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else None
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        # Without signs that nobody sees: trees refuse some of them later.
        text = _BY_NUMBER.sub(_letter, plain(decode(data, encoding)))
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("The page is empty or damaged. Save it again from the browser.") from error
    return root


def _letter(found: re.Match[str]) -> str:
    """A reference to a letter as it stands, but a space for what is none."""
    number = int(found["hex"], 16) if found["hex"] else int(found["number"] or 0)
    is_none = number < ord(" ") and chr(number) not in "\t\n\r"
    return " " if is_none or number in map(ord, _NO_LETTERS) else found[0]


def parse_xml(data: bytes) -> Any:  # noqa: ANN401
    """The root element; UnreadableError if it is not well-formed. Entities of HTML are its letters."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else None
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", plain(decode(data, encoding)))
    text = _ENTITY.sub(
        lambda found: found[0] if found[1] in _KEPT_ENTITIES else html5.get(found[1], found[0]), text
    )
    if "<!ENTITY" in text:
        raise EntitiesError(
            "The file's XML declares words of its own to be replaced, as only files made to do harm do."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"The file's XML is damaged: {error}. Get the file again.") from error


def local_name(element: Any) -> str:  # noqa: ANN401
    """The element's name without its namespace; nothing for entities and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def remove(element: Any) -> None:  # noqa: ANN401
    """Take the element out of its tree, and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


@dataclass(slots=True)
class _Blocks:
    """Gathers words until a block ends; cells until their row ends."""

    builder: ContentBuilder
    words: list[str] = field(default_factory=list)
    cells: list[str] | None = None
    rows: int = 0

    def end_block(self, name: str) -> None:
        text = "".join(self.words)
        self.words.clear()
        if self.rows:
            if self.cells is None or not text.strip():
                return
            if self.cells and name not in _CELLS:
                self.cells[-1] = f"{self.cells[-1]}\n{text}"
            else:
                self.cells.append(text)
        elif name in _HEADINGS:
            self.builder.heading(text)
        else:
            self.builder.paragraph(text, "\n" if name in _ITEMS else "\n\n")

    def end_row(self) -> None:
        cells, self.cells = self.cells or [], None
        if len(cells) == 1 or any(len(cell) > _LONGEST_CELL for cell in cells):
            for cell in cells:
                self.builder.paragraph(cell)
        else:
            self.builder.row(cells)


def add_blocks(root: Any, builder: ContentBuilder) -> None:  # noqa: ANN401
    """The words of an HTML tree, or of the tree that trafilatura makes of one, block by block."""
    blocks = _Blocks(builder)
    preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        if event == "start":
            preformatted += name == "pre"
            _start(blocks, name)
            blocks.words.append(_words(element.text, preformatted > 0) if name else "")
        else:
            _end(blocks, name)
            preformatted -= name == "pre"
            if element is not root:
                blocks.words.append(_words(element.tail, preformatted > 0))
    blocks.end_block("")


def _words(text: str | None, preformatted: bool) -> str:
    """The text as a browser shows it: line ends in the source are white space."""
    return (text or "") if preformatted else (text or "").replace("\n", " ").replace("\r", " ")


def _start(blocks: _Blocks, name: str) -> None:
    if name in _ROWS:
        blocks.end_block("")
        if blocks.rows == 0:
            blocks.cells = []
        blocks.rows += 1
    elif name in _CELLS and blocks.rows == 1:
        blocks.words.clear()
    elif name in _BREAKS:
        blocks.words.append("\n")
    elif name in _BLOCKS or name in _HEADINGS or name in _ITEMS:
        blocks.end_block("")


def _end(blocks: _Blocks, name: str) -> None:
    if name in _CELLS:
        blocks.end_block(name)
    elif name in _ROWS and blocks.rows:
        blocks.rows -= 1
        if blocks.rows == 0:
            blocks.end_row()
    elif name in _BLOCKS or name in _HEADINGS or name in _ITEMS:
        blocks.end_block(name)


def attributes(element: Any) -> Mapping[str, str]:  # noqa: ANN401
    """The element's attributes by their names in lower case."""
    return {str(name).casefold(): str(value) for name, value in element.attrib.items()}
