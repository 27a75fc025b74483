"""What a page says about itself: citation and Dublin Core tags, Open Graph, JSON-LD, its head."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.readers.markup import attributes
from corpus.readers.metadata import Metadata
from corpus.readers.names import address_in, date_in, language_in, people_in, title_in, words_in

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_PEOPLE = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "article:published_time",
    "date",
)
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language", "content-language", "og:locale")
_SERIES = ("citation_journal_title", "citation_conference_title", "dc.source")
_RIGHTS = ("dc.rights", "dcterms.rights", "dcterms.license")

_KINDS: Mapping[str, str] = {
    "newsarticle": "news",
    "reportagenewsarticle": "news",
    "blogposting": "blog",
    "scholarlyarticle": "journal article",
    "event": "event",
    "legislation": "law or standard",
    "report": "publication",
    "book": "publication",
}
_MOST_ITEMS = 1000
_AFTER_NAME = re.compile(r"\s+[|–—»·]\s+")


def metadata_of(root: Any) -> Metadata:  # noqa: ANN401, lxml has no types
    """The fields that the page gives, from the most careful kind of tag that has them."""
    tags, items = _tags(root), list(_items(root))
    main = next((item for item in items if _kind(item)), items[0] if items else {})
    journal = _first(tags, _SERIES)
    return Metadata(
        title=title_in(_first(tags, _TITLES) or _text(main.get("headline")) or _own_title(root)),
        people=people_in(*(_all(tags, _PEOPLE) or _names(main.get("author")))),
        publisher=words_in(_first(tags, _PUBLISHERS) or next(iter(_names(main.get("publisher"))), "")),
        date=date_in(_first(tags, _DATES) or _text(main.get("datePublished"))),
        language=language_in(_language(root) or _first(tags, _LANGUAGES) or _text(main.get("inLanguage"))),
        series=words_in(journal),
        kind="journal article" if "citation_journal_title" in tags else _kind(main),
        url=address_in(_link(root, "canonical") or _first(tags, ("og:url",))),
        rights=words_in(_first(tags, _RIGHTS) or _link(root, "license")),
    )


def _tags(root: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
    """The contents of the page's meta tags by their names, in lower case."""
    tags: defaultdict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        values = attributes(meta)
        name = values.get("name") or values.get("property") or values.get("http-equiv") or ""
        if content := values.get("content", "").strip():
            tags[name.casefold()].append(content)
    return tags


def _all(tags: Mapping[str, Sequence[str]], names: Sequence[str]) -> list[str]:
    """What stands under the first of the names that has something; addresses of profiles are no names."""
    for name in names:
        if values := [value for value in tags.get(name, ()) if "://" not in value]:
            return values
    return []


def _first(tags: Mapping[str, Sequence[str]], names: Sequence[str]) -> str:
    return next((tags[name][0] for name in names if name in tags), "")


def _own_title(root: Any) -> str:  # noqa: ANN401
    """The heading that the title begins with, or holds: it often has the site's name after it."""
    titles = ["".join(title.itertext()).strip() for title in root.iter("title")]
    title = " ".join(titles[0].split()) if titles else ""
    headings = [" ".join("".join(heading.itertext()).split()) for heading in root.iter("h1")]
    parts = [words for words in headings if words and words.casefold() in title.casefold()]
    first = [words for words in parts if title.casefold().startswith(words.casefold())]
    others = [_AFTER_NAME.split(title)[0], *filter(None, headings)]
    return next(iter([*first, *parts, *filter(None, others)]), "")


def _language(root: Any) -> str:  # noqa: ANN401
    values = attributes(root)
    return values.get("lang") or values.get("xml:lang") or ""


def _link(root: Any, kind: str) -> str:  # noqa: ANN401
    for link in root.iter("link", "a"):
        values = attributes(link)
        if kind in values.get("rel", "").casefold().split() and values.get("href"):
            return values["href"]
    return ""


def _items(root: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """The objects of the page's JSON-LD, outer ones first."""
    for script in root.iter("script"):
        if "ld+json" not in attributes(script).get("type", "").casefold():
            continue
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_ITEMS):
            if not waiting:
                break
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item[:_MOST_ITEMS]
            elif isinstance(item, dict):
                yield item
                waiting.append(item.get("@graph"))


def _kind(item: Mapping[str, Any]) -> str | None:
    types = item.get("@type")
    names = [_text(name).casefold() for name in (types if isinstance(types, list) else [types])]
    return next((_KINDS[name] for name in names if name in _KINDS), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    """The names of one or several people or organisations."""
    values = value if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in values]
    return [name for name in names if name and "://" not in name]
