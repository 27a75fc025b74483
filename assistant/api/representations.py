"""A reading in the form that a program asks for: by the Accept header, or by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from assistant.web.addresses import safe_address
from corpus.resource import Resource

Format = Literal["json", "bibtex", "ris", "csl-json", "markdown"]

MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {
        "json": "application/json",
        "bibtex": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl-json": "application/vnd.citationstyles.csl+json",
        "markdown": "text/markdown",
    }
)
"""What a reading can be had as, the one that we like best first."""

_ENDINGS = {"json": "json", "bibtex": "bib", "ris": "ris", "csl-json": "json", "markdown": "md"}


def accepted(accept: str) -> Format | None:
    """The format that an Accept header likes best (RFC 9110, 12.5.1); None where none of ours will do."""
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    qualities = {name: _quality(media_type, ranges) for name, media_type in MEDIA_TYPES.items()}
    best = max(qualities, key=lambda name: qualities[name])
    return best if qualities[best] > 0 else None


def media_type(name: Format) -> str:
    """What the Content-Type says."""
    kind = MEDIA_TYPES[name]
    return kind if kind.endswith("json") else f"{kind}; charset=utf-8"


def file_name(resource: Resource, name: Format) -> str:
    """A name to save the reading under: letters, digits, - and _ only."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", resource.id).strip("-")[:80] or "reading"
    return f"{stem}.{_ENDINGS[name]}"


def summary(resource: Resource) -> dict[str, Any]:
    """What is known about a reading, without its text. An address that is none to open is left out."""
    return {
        "id": resource.id,
        "title": resource.title,
        "kind": resource.kind,
        "language": resource.language,
        "notes": resource.notes,
        "series": resource.series,
        "people": list(resource.people),
        "publisher": resource.publisher,
        "date": resource.date,
        "places": list(resource.places),
        "topics": list(resource.topics),
        "url": safe_address(resource.url),
        "url_kind": resource.url_kind,
        "archived_url": safe_address(resource.archived_url),
        "work": resource.work_id,
        "rights": resource.rights,
    }


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(",")[:50]:
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        if re.fullmatch(r"[01](\.\d{0,3})?", quality, re.ASCII) and "/" in kind:
            yield kind, float(quality)


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the range that names the type most exactly."""
    family = f"{media_type.partition('/')[0]}/*"
    for pattern in (media_type, family, "*/*"):
        found = [quality for kind, quality in ranges if kind == pattern]
        if found:
            return max(found)
    return 0.0
