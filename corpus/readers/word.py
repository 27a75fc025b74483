"""DOCX files: the body in its order, tables row by row, headings, and the core properties."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.archive import DAMAGE, open_archive
from corpus.readers.content import Content, ContentBuilder, UnreadableError
from corpus.readers.limits import Limits
from corpus.readers.markup import local_name
from corpus.readers.metadata import Metadata
from corpus.readers.names import date_in, language_in, people_in, title_in

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading \d", re.IGNORECASE)
_TINY = 4
"""Half points, as Word counts: letters of two points."""


def read_word(data: bytes, limits: Limits) -> Content:
    """The document's own words; UnreadableError if it is damaged or asks for too much."""
    open_archive(data, limits).close()
    try:
        document = docx.Document(io.BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        builder = ContentBuilder()
        _add(document.element.body, styles, builder)
        found = _metadata(document.core_properties)
    except (*DAMAGE, OpcError, AttributeError, TypeError, etree.LxmlError) as error:
        raise UnreadableError("The DOCX file is damaged. Open it in a word processor and save it.") from error
    return builder.content(found)


def _add(container: Any, styles: dict[str, str], builder: ContentBuilder) -> None:  # noqa: ANN401, lxml
    """Paragraphs and tables in their order, also those within content controls."""
    for block in _blocks(container):
        if block.tag == f"{_WORD}p":
            _add_paragraph(block, styles, builder)
        else:
            for row in block.iterchildren(f"{_WORD}tr"):
                builder.row([_text(cell) for cell in row.iterchildren(f"{_WORD}tc", f"{_WORD}sdt")])


def _blocks(container: Any) -> Iterator[Any]:  # noqa: ANN401
    waiting = list(container.iterchildren())[::-1]
    while waiting:
        block = waiting.pop()
        if block.tag in (f"{_WORD}p", f"{_WORD}tbl"):
            yield block
        elif local_name(block) in ("sdt", "sdtcontent", "customxml", "ins", "smarttag"):
            waiting += list(block.iterchildren())[::-1]


def _add_paragraph(paragraph: Any, styles: dict[str, str], builder: ContentBuilder) -> None:  # noqa: ANN401
    properties = paragraph.find(f"{_WORD}pPr")
    style = _value(properties, "pStyle")
    name = styles.get(style or "", style or "")
    level = _value(properties, "outlineLvl")
    if _HEADING.match(name) or name == "Title" or (level is not None and level != "9"):
        builder.heading(_text(paragraph))
    else:
        is_item = properties is not None and properties.find(f"{_WORD}numPr") is not None
        builder.paragraph(_text(paragraph), "\n" if is_item or name.startswith("List") else "\n\n")


def _value(properties: Any, name: str) -> str | None:  # noqa: ANN401
    element = properties.find(f"{_WORD}{name}") if properties is not None else None
    return element.get(f"{_WORD}val") if element is not None else None


def _text(element: Any) -> str:  # noqa: ANN401
    """The words that show; a fallback for old programs says again what stands beside it."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        name = local_name(node)
        if name == "t":
            parts.append(node.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "tab":
            parts.append(" ")
        elif name == "nobreakhyphen":
            parts.append("-")
        elif name not in ("fallback", "del", "movefrom", "ppr", "rpr") and not _is_hidden(node, name):
            if name == "p" and parts:
                parts.append("\n")
            waiting += list(node.iterchildren())[::-1]
    return "".join(parts)


def _is_hidden(run: Any, name: str) -> bool:  # noqa: ANN401
    """Whether a run is hidden, tiny, or white without anything behind it."""
    properties = run.find(f"{_WORD}rPr") if name == "r" else None
    if properties is None:
        return False
    vanish = properties.find(f"{_WORD}vanish")
    if vanish is not None and vanish.get(f"{_WORD}val") not in ("0", "false", "off"):
        return True
    size = _value(properties, "sz") or ""
    if size.isdecimal() and int(size) <= _TINY:
        return True
    shaded = any(properties.find(f"{_WORD}{mark}") is not None for mark in ("shd", "highlight"))
    return (_value(properties, "color") or "").upper() == "FFFFFF" and not shaded


def _metadata(core: Any) -> Metadata:  # noqa: ANN401
    created = core.created
    return Metadata(
        title=title_in(core.title or ""),
        people=people_in(core.author or ""),
        date=date_in(created.date().isoformat()) if created else None,
        language=language_in(core.language or ""),
    )
