"""What each field of a reading may hold; every offence is reported with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from corpus.front_matter import Field, Report, plain

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia "
    "id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo "
    "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
    "ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
    "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

KINDS = (
    "blog",
    "brief",
    "declaration",
    "document",
    "encyclopedia article",
    "event",
    "guide",
    "handbook",
    "interview",
    "journal article",
    "law or standard",
    "news",
    "organisation page",
    "publication",
    "statistics",
    "thematic page",
    "working paper",
)
"""What a reading can be; a document is a file that doesn't say what it is."""

URL_KINDS = ("copy", "library record", "publisher", "republication")
"""What can stand at a reading's address."""

LANGUAGES = frozenset(_ISO_639_1.split())
"""The two-letter codes of ISO 639-1."""

ADDRESS_REMEDY = "Write the whole address, beginning with http:// or https://."

LISTS = ("people", "places", "topics", "alternative_urls")
FLAGS = ("listed_by_ilo", "notes")
REQUIRED = ("title", "kind", "language")
FIELDS = (
    "title",
    "series",
    "kind",
    "people",
    "publisher",
    "date",
    "language",
    "places",
    "topics",
    "url",
    "archived_url",
    "url_kind",
    "alternative_urls",
    "work",
    "listed_by_ilo",
    "notes",
    "rights",
)
"""All fields, in the order in which they are written."""

_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def shown(text: str, characters: int = 60) -> str:
    """The beginning of what a file says, on one line, short enough for a message."""
    text = " ".join(plain(text).split())
    return text if len(text) <= characters else text[: characters - 1] + "…"


def is_web_address(text: str) -> bool:
    """Whether the text is an http or https address that names a host and no user."""
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """Whether the text is a real day, month or year: YYYY-MM-DD, YYYY-MM or YYYY."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def check_required(fields: Mapping[str, Field], report: Report) -> None:
    """Report every field that a reading can't do without."""
    for name in REQUIRED:
        if name not in fields or not fields[name].values:
            line = fields[name].line if name in fields else 1
            report(line, f"The field '{name}' is missing.", f"Add a line '{name}: …' to the header.")


def check_fields(fields: Mapping[str, Field], topics: Container[str], report: Report) -> dict[str, Any]:
    """The fields as `Resource` takes them; whatever is wrong with them is reported."""
    for name, field in fields.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, 1)
            remedy = f"Did you mean '{near[0]}'?" if near else f"Use some of: {', '.join(FIELDS)}."
            report(field.line, f"There is no field '{shown(name)}'.", remedy)
        elif field.many and name not in LISTS:
            report(field.line, f"The field '{name}' holds a list.", "Write one text after the colon.")
        else:
            _check_values(name, field, topics, report)
    if "url_kind" in fields and "url" not in fields:
        report(fields["url_kind"].line, "There is a url_kind but no url.", "Add the url, or remove url_kind.")
    return {name: _value(name, field) for name, field in fields.items() if name in FIELDS and field.values}


def _value(name: str, field: Field) -> str | tuple[str, ...] | bool:
    texts = tuple(text for text, _ in field.values)
    if name in LISTS:
        return texts
    return texts[0] == "true" if name in FLAGS else texts[0]


def _check_values(name: str, field: Field, topics: Container[str], report: Report) -> None:
    for text, line in field.values:
        if wrong := offence(name, text, topics):
            report(line, *wrong)


def offence(name: str, text: str, topics: Container[str]) -> tuple[str, str] | None:
    """What is wrong with one value of a field, and what to do."""
    value = shown(text)
    match name:
        case "url" | "archived_url" | "alternative_urls" if not is_web_address(text):
            return f"'{value}' is not a web address.", ADDRESS_REMEDY
        case "date" if not is_date(text):
            return f"'{value}' is not a date.", "Write YYYY, YYYY-MM or YYYY-MM-DD in quotes."
        case "language" if text not in LANGUAGES:
            return f"The language '{value}' is unknown.", "Use a code of two letters, such as en, es or fr."
        case "kind" if text not in KINDS:
            return f"The kind '{value}' is unknown.", f"Use one of: {', '.join(KINDS)}."
        case "url_kind" if text not in URL_KINDS:
            return f"The url_kind '{value}' is unknown.", f"Use one of: {', '.join(URL_KINDS)}."
        case "topics" if text not in topics:
            return f"The topic '{value}' is unknown.", "Use one of the topics in corpus/topics.yaml."
        case "listed_by_ilo" | "notes" if text not in ("true", "false"):
            return f"'{value}' is neither true nor false.", "Write true or false."
    return None
