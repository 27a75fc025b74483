"""Titles, people and dates as files write them, as a reading's fields hold them."""

from __future__ import annotations

import re

from corpus.check import LANGUAGES, is_date, is_web_address
from corpus.front_matter import plain

_PROGRAM = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel) - |\.(?:docx?|pdf|odt|rtf|indd|qxd|pptx?)$", re.I
)
_NO_TITLE = re.compile(r"(?:untitled|untitled document|document\d*|title|layout \d+|slide \d+)", re.I)
_NO_PERSON = re.compile(
    r"(?:unknown|anonymous|author|admin(?:istrator)?|user|owner|root|pc|python-docx)\d*", re.I
)
_SEPARATORS = re.compile(r"\s*(?:;|\band\b|&|\|)\s*")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_LONGEST_TITLE = 300
_LONGEST_NAME = 120
_LONGEST_LIST = 5000
_MOST_PEOPLE = 50


def words_in(text: str, longest: int = _LONGEST_TITLE) -> str | None:
    """The text on one line, cut where it can't be what it claims to be; nothing if it says nothing."""
    words = " ".join(plain(text).split())
    return words[:longest].strip() or None


def title_in(text: str) -> str | None:
    """The title, if a person wrote it."""
    title = words_in(_PROGRAM.sub("", " ".join(text[:_LONGEST_LIST].split())))
    return None if title is None or _NO_TITLE.fullmatch(title) else title


def people_in(*texts: str) -> tuple[str, ...]:
    """The people named in each text, parted by semicolons or 'and', or by commas after full names."""
    people: list[str] = []
    for text in texts:
        for part in _SEPARATORS.split(" ".join(plain(text[:_LONGEST_LIST]).split())):
            commas = [name.strip() for name in part.split(",")]
            # 'Huet, Tim' is one person, 'Tim Huet, Ana Ruiz' are two.
            names = commas if all(" " in name for name in commas) else [part]
            people += [name for name in (words_in(name, _LONGEST_NAME) for name in names) if name]
    known = [name for name in dict.fromkeys(people) if not _NO_PERSON.fullmatch(name) and "@" not in name]
    return tuple(known[:_MOST_PEOPLE])


def date_in(text: str) -> str | None:
    """The day, month or year with which the text begins, as YYYY-MM-DD, YYYY-MM or YYYY."""
    match = _DAY.match(text.strip())
    if not match:
        return None
    year, month, day = match.groups()
    parts = [year, *(f"{int(part):02}" for part in (month, day) if part)]
    return next((date for n in (3, 2, 1) if is_date(date := "-".join(parts[:n]))), None)


def language_in(text: str) -> str | None:
    """The language of a tag such as 'fr-CA' or 'fr_CA'."""
    code = re.split(r"[-_]", text.strip().casefold())[0]
    code = _THREE_LETTERS.get(code, code)
    return code if code in LANGUAGES else None


def address_in(text: str) -> str | None:
    """The web address, if it is one."""
    address = text.strip()
    return address if is_web_address(address) else None


_THREE_LETTERS = {"eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "deu": "de"}
"""What e-books and library records write for the commonest languages."""
