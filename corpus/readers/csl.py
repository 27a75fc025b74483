"""CSL-JSON files, as Zotero and citeproc write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from corpus.readers.content import UnreadableError
from corpus.readers.records import MOST_RECORDS, Record, listed, make_record
from corpus.readers.text import decode

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def read_csl(data: bytes) -> list[Record]:
    """The records; UnreadableError if the JSON is no list of them."""
    try:
        items = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The JSON file is damaged. Export it again.") from error
    if isinstance(items, dict) and isinstance(items.get("items"), list):
        items = items["items"]
    items = items if isinstance(items, list) else [items]
    if not items or not all(isinstance(item, dict) and "type" in item for item in items):
        raise UnreadableError("The JSON file is no bibliography. Export references as CSL JSON.")
    return [_csl_record(item) for item in items[:MOST_RECORDS]]


def _csl_record(item: Mapping[str, Any]) -> Record:
    def text(name: str) -> str:
        value = item.get(name)
        return value if isinstance(value, str) else ""

    return make_record(
        kind=text("type"),
        key=str(item.get("id", "")),
        doi=text("DOI"),
        abstract=_TAG.sub("", text("abstract")),
        files=[
            str(file) for file in listed(item.get("file") or item.get("attachments")) if isinstance(file, str)
        ],
        title=_TAG.sub("", text("title")),
        people=[_csl_name(name) for name in listed(item.get("author") or item.get("editor"))],
        date=_csl_date(item.get("issued")),
        publisher=text("publisher"),
        series=text("container-title") or text("collection-title"),
        url=text("URL"),
        language=text("language"),
        rights="",
    )


def _csl_name(name: object) -> str:
    if not isinstance(name, dict):
        return ""
    parts = [name.get("given"), name.get("non-dropping-particle"), name.get("family"), name.get("literal")]
    return " ".join(part for part in parts if isinstance(part, str))


def _csl_date(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(str(part) for part in parts[0][:3])
    return str(issued.get("raw") or issued.get("literal") or "")
