"""Readings as references: BibTeX, RIS, CSL-JSON, and a list in Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from corpus.names import Name, personal_name
from corpus.resource import Resource


@dataclass(frozen=True, slots=True)
class _Type:
    """What a kind of reading is called in each format.

    `container` is the BibTeX field that names what the reading is part of or comes from.
    `by_publisher`: without people, the publisher is the author.
    """

    bibtex: str
    ris: str
    csl: str
    container: str = ""
    by_publisher: bool = False


_REPORT = _Type("techreport", "RPRT", "report", "institution", by_publisher=True)
_PAGE = _Type("online", "ELEC", "webpage", "organization", by_publisher=True)
_OTHER = _Type("misc", "GEN", "document")
_TYPES: Mapping[str, _Type] = {
    "blog": _Type("online", "BLOG", "post-weblog", "organization"),
    "brief": _REPORT,
    "declaration": _Type("misc", "GEN", "document", by_publisher=True),
    "encyclopedia article": _Type("incollection", "ENCYC", "entry-encyclopedia", "booktitle"),
    "event": _Type("misc", "CONF", "event", "organization"),
    "guide": _Type("manual", "RPRT", "report", "organization", by_publisher=True),
    "handbook": _Type("book", "BOOK", "book", by_publisher=True),
    "interview": _Type("misc", "PCOMM", "interview"),
    "journal article": _Type("article", "JOUR", "article-journal", "journal"),
    "law or standard": _Type("misc", "STAT", "legislation", by_publisher=True),
    "news": _Type("online", "NEWS", "article-newspaper", "organization"),
    "organisation page": _PAGE,
    "publication": _REPORT,
    "statistics": _REPORT,
    "thematic page": _PAGE,
    "working paper": _REPORT,
}

_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}
# BibTeX counts even escaped braces, so only pairs of them may stand in a field.
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_MARKDOWN_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~!&]")
_UNSAFE_IN_ADDRESS = str.maketrans(
    {sign: quote(sign) for sign in '{}\\"<>^`| \t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029'}
)
_UNSAFE_IN_LINK = str.maketrans({"(": "%28", ")": "%29"})


def to_bibtex(resources: Sequence[Resource]) -> str:
    """One entry per reading, in UTF-8; `date`, `url` and `keywords` are read by BibLaTeX and Zotero."""
    return "\n".join(_bibtex_entry(key, resource) for key, resource in _keyed(resources))


def to_ris(resources: Sequence[Resource]) -> str:
    """One record per reading, each tag on one line."""
    return "\n".join(
        "".join(f"{tag}  - {_one_line(value)}\n" for tag, value in _ris_tags(key, resource))
        for key, resource in _keyed(resources)
    )


def to_csl_json(resources: Sequence[Resource]) -> str:
    """A JSON list of CSL items, as citeproc and Zotero read it."""
    items = [_csl_item(key, resource) for key, resource in _keyed(resources)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def to_markdown_list(resources: Sequence[Resource]) -> str:
    """A bulleted reference list, one line per reading, in the order given."""
    return "".join(f"- {_markdown_entry(resource)}\n" for resource in resources)


FORMATS: Mapping[str, Callable[[Sequence[Resource]], str]] = MappingProxyType(
    {"bibtex": to_bibtex, "ris": to_ris, "csl-json": to_csl_json, "markdown": to_markdown_list}
)
"""What a reading can be exported as."""


def _type(resource: Resource) -> _Type:
    return _TYPES.get(resource.kind, _OTHER)


def _keyed(resources: Sequence[Resource]) -> Iterator[tuple[str, Resource]]:
    """Each reading with a citation key of letters, digits, - and _ that no other one has."""
    taken: set[str] = set()
    for resource in resources:
        stem = key = re.sub(r"[^A-Za-z0-9_-]+", "-", resource.id).strip("-") or "reading"
        number = 1
        while key.casefold() in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key.casefold())
        yield key, resource


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _authors(resource: Resource) -> list[Name | str]:
    """The people, or the publisher where it answers for the text itself."""
    if resource.people:
        return [personal_name(_one_line(person), resource.language) for person in resource.people]
    return [resource.publisher] if resource.publisher and _type(resource).by_publisher else []


def _container(resource: Resource) -> str | None:
    """What a journal or encyclopedia article appeared in."""
    return resource.series if resource.kind == "journal article" and resource.series else resource.publisher


def _bibtex_entry(key: str, resource: Resource) -> str:
    kind = _type(resource)
    fields = {
        "author": " and ".join(map(_bibtex_author, _authors(resource))),
        "title": _bibtex(resource.title),
        kind.container: _bibtex(_container(resource) or ""),
        "series": "" if kind.container == "journal" else _bibtex(resource.series or ""),
        "publisher": _bibtex(resource.publisher or ""),
        "year": resource.date[:4] if resource.date else "",
        "date": resource.date or "",
        "language": _bibtex(resource.language),
        "url": (resource.url or "").translate(_UNSAFE_IN_ADDRESS),
        "keywords": _bibtex(", ".join(resource.topics)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if name and value)
    return f"@{kind.bibtex}{{{key},\n{lines}}}\n"


def _bibtex_author(author: Name | str) -> str:
    """Family, Given; any other name in braces of its own, so that it is taken whole."""
    text = _bibtex(str(author))
    return text if isinstance(author, Name) and author.given and " and " not in text else f"{{{text}}}"


def _bibtex(text: str) -> str:
    signs = _BIBTEX_SIGNS if _has_paired_braces(text) else _BIBTEX_SIGNS | _LONE_BRACES
    return "".join(signs.get(sign, sign) for sign in _one_line(text))


def _has_paired_braces(text: str) -> bool:
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in text))
    return not depths or (depths[-1] == 0 and min(depths) == 0)


def _ris_tags(key: str, resource: Resource) -> Iterator[tuple[str, str]]:
    kind = _type(resource)
    yield "TY", kind.ris
    yield "ID", key
    yield "TI", resource.title
    for author in _authors(resource):
        yield "AU", str(author)
    if kind.container in ("journal", "booktitle"):
        yield "T2", _container(resource) or ""
    elif resource.series:
        yield "T3", resource.series
    if resource.publisher:
        yield "PB", resource.publisher
    if resource.date:
        yield "PY", resource.date[:4]
        # RIS keeps a place for the parts that are not known: 2021/12//
        yield "DA", "/".join((*resource.date.split("-"), "", "", "")[:3]) + "/"
    yield "LA", resource.language
    for topic in resource.topics:
        yield "KW", topic
    if resource.url:
        yield "UR", resource.url
    yield "ER", ""


def _csl_item(key: str, resource: Resource) -> dict[str, Any]:
    kind = _type(resource)
    item: dict[str, Any] = {
        "id": key,
        "type": kind.csl,
        "title": resource.title,
        "language": resource.language,
    }
    if authors := [_csl_name(author) for author in _authors(resource)]:
        item["author"] = authors
    if kind.container in ("journal", "booktitle") and _container(resource):
        item["container-title"] = _container(resource)
    elif resource.series:
        item["collection-title"] = resource.series
    if resource.publisher:
        item["publisher"] = resource.publisher
    if resource.date:
        item["issued"] = {"date-parts": [[int(part) for part in resource.date.split("-")]]}
    if resource.url:
        item["URL"] = resource.url
    if resource.topics:
        item["keyword"] = ", ".join(resource.topics)
    return item


def _csl_name(author: Name | str) -> dict[str, str]:
    if isinstance(author, Name) and author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": str(author)}


def _markdown_entry(resource: Resource) -> str:
    """Authors (year). Title. Series. Publisher. Archived copy."""
    title = _markdown(resource.title)
    authors = "; ".join(_markdown(str(author)) for author in _authors(resource))
    year = f" ({resource.year})" if resource.year else ""
    parts = [f"{authors}{year}".strip(), _link(title, resource.url)]
    if resource.series:
        parts.append(f"*{_markdown(resource.series)}*")
    if resource.publisher and resource.publisher not in map(str, _authors(resource)):
        parts.append(_markdown(resource.publisher))
    if resource.archived_url:
        parts.append(_link("Archived copy", resource.archived_url))
    return ". ".join(part for part in parts if part) + "."


def _markdown(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\g<0>", _one_line(text))


def _link(label: str, url: str | None) -> str:
    return f"[{label}]({url.translate(_UNSAFE_IN_ADDRESS).translate(_UNSAFE_IN_LINK)})" if url else label
