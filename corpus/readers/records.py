"""What bibliographies hold: records, with the abstracts they carry and the files they point to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.readers.metadata import Metadata
from corpus.readers.names import address_in, date_in, language_in, title_in, words_in

MOST_RECORDS = 20_000
"""What is read of one bibliography."""

_LONGEST_ABSTRACT = 20_000

_KINDS: Mapping[str, str] = {
    "article": "journal article",
    "jour": "journal article",
    "ejour": "journal article",
    "article-journal": "journal article",
    "news": "news",
    "article-newspaper": "news",
    "blog": "blog",
    "post-weblog": "blog",
    "book": "publication",
    "techreport": "publication",
    "report": "publication",
    "rprt": "publication",
    "manual": "guide",
    "incollection": "publication",
    "chapter": "publication",
    "chap": "publication",
    "stat": "law or standard",
    "legislation": "law or standard",
    "encyc": "encyclopedia article",
    "entry-encyclopedia": "encyclopedia article",
    "interview": "interview",
}


Damage = tuple[str, str]
"""Where an entry can't be read, and why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry. `key` tells it from others wherever it stands; `files` are paths as the entry has them."""

    key: str
    name: str
    abstract: str
    files: tuple[str, ...]
    found: Metadata


def make_record(
    *,
    kind: str,
    key: str,
    doi: str,
    abstract: str,
    files: Iterable[str],
    title: str,
    people: Sequence[str],
    date: str,
    publisher: str,
    series: str,
    url: str,
    language: str,
    rights: str,
) -> Record:
    """A record, from what the formats call by other names."""
    doi = doi.strip().removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/")
    found = Metadata(
        title=title_in(title),
        kind=_KINDS.get(kind.casefold()),
        people=tuple(name for name in (words_in(person, 120) for person in people) if name),
        date=date_in(date),
        publisher=words_in(publisher),
        series=words_in(series),
        url=address_in(url) or (address_in(f"https://doi.org/{doi}") if doi else None),
        language=language_in(language),
        rights=words_in(rights),
    )
    name = found.title or key or "record"
    identity = "\n".join((doi.casefold() or found.url or "", name.casefold(), found.date or ""))
    return Record(identity, name, abstract.strip()[:_LONGEST_ABSTRACT], tuple(files), found)


def listed(value: object) -> Sequence[object]:
    """The values of a field that holds one or several."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)
