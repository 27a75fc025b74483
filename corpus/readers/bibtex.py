"""BibTeX files, as Zotero, JabRef and others write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bibtexparser.entrypoint import parse_string

from corpus.readers.latex import from_latex
from corpus.readers.records import MOST_RECORDS, Damage, Record, make_record
from corpus.readers.text import decode

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AND = re.compile(r"\s+and\s+")
_FILE = re.compile(r"^[^:;]*:(?P<path>(?:[A-Za-z]\\?:)?[^:;]+):[^:;]*$")
_PUBLISHERS = ("publisher", "institution", "organization", "school")


def read_bibtex(data: bytes) -> tuple[list[Record], list[Damage]]:
    """The records, and what could not be read, with the reason."""
    library = parse_string(decode(data))
    records = []
    for entry in library.entries[:MOST_RECORDS]:
        raw = {field.key.casefold(): str(field.value) for field in entry.fields}
        records.append(_bibtex_record(entry.entry_type.casefold(), entry.key, raw))
    failed = [
        (f"line {(block.start_line or 0) + 1}", f"The entry is damaged: {_short(block.error)}. Correct it.")
        for block in library.failed_blocks
    ]
    return records, failed


def _short(error: object) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")


def _bibtex_record(kind: str, key: str, raw: Mapping[str, str]) -> Record:
    fields = {name: from_latex(value) for name, value in raw.items() if name not in ("file", "url", "doi")}
    people = _AND.split(raw.get("author") or raw.get("editor") or "")
    month = fields.get("month", "")[:3].casefold()
    number = f"-{_MONTHS.index(month) + 1:02}" if month in _MONTHS else ""
    year = fields.get("year", "")
    return make_record(
        kind=kind,
        key=key,
        doi=raw.get("doi", ""),
        abstract=fields.get("abstract", ""),
        files=_files(raw.get("file", "")),
        title=fields.get("title", ""),
        people=[from_latex(person) for person in people],
        date=fields.get("date") or (year + number if year else ""),
        publisher=next((fields[name] for name in _PUBLISHERS if name in fields), ""),
        series=fields.get("journal") or fields.get("journaltitle") or fields.get("series", ""),
        url=raw.get("url", "").replace("\\", ""),
        language=fields.get("langid") or fields.get("language", ""),
        rights=fields.get("copyright", ""),
    )


def _files(text: str) -> tuple[str, ...]:
    r"""The paths of a `file` field: plain, or `title:path:type;…` with `\:`, `\;` and `\\` for the signs."""
    safe = text.replace("\\;", "\ue001").replace("\\:", "\ue002").replace("\\\\", "\\")
    paths = []
    for part in safe.split(";"):
        match = _FILE.match(part)
        path = match["path"] if match else part
        paths.append(path.replace("\ue001", ";").replace("\ue002", ":").strip())
    return tuple(path for path in paths if path)
