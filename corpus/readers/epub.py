"""E-books: the chapters in the order of the package's spine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from corpus.readers.archive import member, open_archive
from corpus.readers.content import Content, ContentBuilder, UnreadableError
from corpus.readers.hidden import remove_hidden
from corpus.readers.limits import Limits
from corpus.readers.markup import EntitiesError, add_blocks, attributes, local_name, parse_html, parse_xml
from corpus.readers.metadata import Metadata
from corpus.readers.names import address_in, date_in, language_in, people_in, title_in, words_in

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/rights.xml"
_MOST_CHAPTERS = 2000


def read_epub(data: bytes, limits: Limits) -> Content:
    """The book's own words; UnreadableError if it is damaged, locked or asks for too much."""
    with open_archive(data, limits) as archive:
        if _ENCRYPTION in archive.namelist():
            raise UnreadableError("The e-book is locked by its seller (DRM). Ask for a copy without that.")
        package = _package_name(archive, limits)
        root = parse_xml(member(archive, package, limits))
        builder = ContentBuilder()
        for chapter in _spine(root, str(PurePosixPath(package).parent)):
            _add_chapter(member(archive, chapter, limits), builder)
    return builder.content(_metadata(root))


def _package_name(archive: ZipFile, limits: Limits) -> str:
    for element in parse_xml(member(archive, _CONTAINER, limits)).iter():
        if local_name(element) == "rootfile" and (name := element.get("full-path")):
            return str(name)
    raise UnreadableError("The e-book doesn't say where its chapters are. Get the file again.")


def _spine(root: Any, folder: str) -> Iterator[str]:  # noqa: ANN401, lxml has no types
    """The files of the chapters, each once; tables of contents are left out."""
    manifest: dict[str, Mapping[str, str]] = {}
    order: list[str] = []
    for element in root.iter():
        values = attributes(element)
        if local_name(element) == "item":
            manifest[values.get("id", "")] = values
        elif local_name(element) == "itemref" and values.get("linear") != "no":
            order.append(values.get("idref", ""))
    for name in list(dict.fromkeys(order))[:_MOST_CHAPTERS]:
        values = manifest.get(name, {})
        if "html" in values.get("media-type", "") and "nav" not in values.get("properties", "").split():
            yield normpath(f"{folder}/{unquote(values.get('href', '').partition('#')[0])}")


def _add_chapter(data: bytes, builder: ContentBuilder) -> None:
    try:
        root = parse_xml(data)
    except EntitiesError:
        raise
    except UnreadableError:
        root = parse_html(data)
    remove_hidden(root)
    add_blocks(root, builder)


def _metadata(root: Any) -> Metadata:  # noqa: ANN401
    """The Dublin Core fields of the package."""
    values: dict[str, list[str]] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and "purl.org/dc/" in element.tag:
            words = "".join(element.itertext()).strip()
            values.setdefault(local_name(element), []).append(words)
    first = {name: texts[0] for name, texts in values.items()}
    return Metadata(
        title=title_in(first.get("title", "")),
        people=people_in(*values.get("creator", [])),
        publisher=words_in(first.get("publisher", "")),
        date=date_in(first.get("date", "")),
        language=language_in(first.get("language", "")),
        rights=words_in(first.get("rights", "")),
        url=address_in(first.get("source", "")),
        kind="publication",
    )
