"""What a request for readings says of them besides their subject: languages, years, makers, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.intent import HAS_WRITTEN, READINGS_NAMED
from assistant.language import language_of
from assistant.topic import PLACE
from corpus.filters import EVERYTHING, Filters

_LANGUAGES = {
    "ar": r"arabic|arabe|[áa]rabe",
    "de": r"german|allemand|alem[áa]n",
    "en": r"english|anglais|ingl[ée]s",
    "es": r"spanish|castilian|espagnol|espa[ñn]ol|castellano",
    "fr": r"french|fran[çc]ais|franc[ée]s",
    "it": r"italian|italien|italiano",
    "ja": r"japanese|japonais|japon[ée]s",
    "ko": r"korean|cor[ée]en|coreano",
    "pt": r"portuguese|portugais|portugu[ée]s",
    "zh": r"chinese|chinois|chino",
}
_A_LANGUAGE = "|".join(_LANGUAGES.values())

_THEN = (
    r"(?=\s*(?:$|[?.!,;]|(?:about|on|by|from|in|since|before|after|until|between|regarding|concerning|dealing"
    r"|that|which|published|written|and|please|sur|de|depuis|avant|apr[èe]s|portant|sobre|desde|antes)\b))"
)
"""What may follow: "in Spanish cooperatives" names no language."""

_PUBLISHED = r"(?:published|written|dated|available|publi[ée]e?s|[ée]crite?s|publicad[oa]s|escrit[oa]s)"
_NAMED = rf"(?:{READINGS_NAMED}|been (?:published|written))(?:\s+(?:that|which) (?:are|were|was))?"

_IN_LANGUAGES = (
    re.compile(
        rf"\s*\b(?:{_PUBLISHED}\s+)?(?:in|en)\s+"
        rf"(?P<languages>(?:{_A_LANGUAGE})(?:(?:,| or| and| et| ou| o| y)\s+(?:{_A_LANGUAGE}))*)\b{_THEN}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<languages>{_A_LANGUAGE})[- ]language\b", re.IGNORECASE),
)

_YEAR = r"(?:1[89]|20)\d\d"
_YEARS = (
    rf"(?:(?:between|from|entre|de)\s+(?P<first>{_YEAR})\s*(?:and|to|until|et|y|[àa]|-|–)\s*(?P<last>{_YEAR})"
    rf"|(?:since|depuis|desde)\s+(?P<since>{_YEAR})|from\s+(?P<from>{_YEAR})\s+on(?:wards?)?"
    rf"|(?:from )?(?:after|apr[èe]s|despu[ée]s de)\s+(?P<after>{_YEAR})"
    rf"|(?:from )?(?:before|avant|antes de)\s+(?P<before>{_YEAR})"
    rf"|(?:until|up to|jusqu'en|hasta)\s+(?P<until>{_YEAR})"
    rf"|(?:(?:from|in|of|de|en)\s+)?(?:the\s+)?(?P<decade>{_YEAR})s"
    rf"|(?:from|in|of|de|en)\s+(?P<year>{_YEAR}))"
)
_LONG_SINCE = r"\s+(?=(?:since|after|before|depuis|apr[èe]s|avant|desde|despu[ée]s|antes)\b)"
_OF_YEARS = (
    re.compile(rf"(?P<kept>\b{_NAMED})\s+(?:{_PUBLISHED}\s+)?{_YEARS}{_THEN}", re.IGNORECASE),
    re.compile(rf"(?P<kept>)\s*\b{_PUBLISHED}\s+{_YEARS}{_THEN}", re.IGNORECASE),
    re.compile(rf"(?P<kept>\b(?:by|{_NAMED}\s+from)\s[^?]{{2,60}}?)\s+{_YEARS}(?=[\s?.!]*$)", re.IGNORECASE),
    re.compile(rf"(?P<kept>){_LONG_SINCE}{_YEARS}(?=[\s?.!]*$)", re.IGNORECASE),
)
"""Beside what is asked for, after "published" or an author, or at the end; other years are a subject's."""

_RECENT = r"(?:newest|latest|most recent|recent|derni[èe]re?s?|[úu]ltim[oa]s|nouve(?:aux|lles)|nuev[oa]s)"
_RECENT_AFTER = r"(?:(?:les|l[oa]s)?\s*(?:plus|m[áa]s)\s+)?(?:r[ée]cente?s?|recientes?|nuev[oa]s)"
_NEWEST = (
    re.compile(rf"\b{_RECENT}\s+(?P<kept>(?:[\w-]+\s+){{0,2}}?{READINGS_NAMED}\b)", re.IGNORECASE),
    re.compile(rf"(?P<kept>\b{READINGS_NAMED})\s+{_RECENT_AFTER}\b", re.IGNORECASE),
)

_REQUESTS = {"en": ("readings", "about"), "es": ("lecturas", "sobre"), "fr": ("lectures", "sur")}
"""What readings are called, and what stands before their subject."""

_GOES_ON = re.compile(
    r"^(?:(?:and|but|or|et|mais|ou|y|pero|o)\s+)?"
    r"(?:(?:only|just|what about|how about|seulement|solo|s[óo]lo)\s+)?"
    r"(?:(?:the|those|any|les|ceux|las?|los?)\s+)*|\s+(?:ones?|please)$",
    re.IGNORECASE,
)
"""What stands around such a request where it goes on from one before."""

_BY = (
    re.compile(
        rf"\b(?:{READINGS_NAMED}|{_PUBLISHED})\s+(?:{_PUBLISHED}\s+)?(?:by|from|par|por)\s+(?P<by>[^?!;:]+?)"
        r"(?=\s+(?:about|on|regarding|concerning|dealing with|sur|sobre)\b|[\s?.!]*$)",
        re.IGNORECASE,
    ),
    re.compile(rf"{HAS_WRITTEN.format('by')}(?=[\s?.!]*$)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The readings that are wanted of those on a subject, and whether the newest come first.

    `by` is the name that may be that of a person or a publisher; it stays in the subject.
    """

    filters: Filters = EVERYTHING
    newest_first: bool = False
    by: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said of them."""
        return bool(self.filters) or self.newest_first or bool(self.by)

    def within(self, filters: Filters) -> Filters | None:
        """These among those that pass the filters; None where the filters want other languages."""
        own = self.filters
        if own.languages and filters.languages and own.languages.isdisjoint(filters.languages):
            return None
        first = [year for year in (own.year_from, filters.year_from) if year is not None]
        last = [year for year in (own.year_to, filters.year_to) if year is not None]
        return replace(
            filters,
            languages=own.languages & filters.languages or own.languages or filters.languages,
            year_from=max(first, default=None),
            year_to=min(last, default=None),
        )


ANY = Wanted()
"""Whatever is on the subject."""


def wanted_in(text: str) -> tuple[Wanted, str]:
    """What a request says of the readings, and the request without it. Of another text it means nothing."""
    filters, newest = EVERYTHING, False
    for form in _IN_LANGUAGES:
        if found := form.search(text):
            filters = replace(filters, languages=_codes(found["languages"]))
            text = f"{text[: found.start()]} {text[found.end() :]}"
    for form in _OF_YEARS:
        if found := form.search(text):
            first, last = _first_and_last(found)
            filters = replace(filters, year_from=first, year_to=last)
            text = f"{text[: found.start()]}{found['kept']}{text[found.end() :]}"
            break
    for form in _NEWEST:
        if found := form.search(text):
            newest = True
            text = f"{text[: found.start()]}{found['kept']}{text[found.end() :]}"
    text = " ".join(text.split())
    named = next(filter(None, (form.search(text) for form in _BY)), None)
    return Wanted(filters, newest, named["by"] if named else ""), text


def narrows(text: str, subject: str | None) -> str | None:
    """The request that goes on from one for readings on the subject: "and in Spanish?", "only since 2015".

    None where it says more than which readings, or a place, or where none were asked for (no `subject`).
    """
    if subject is None:
        return None
    language = language_of(text)
    readings, about = _REQUESTS.get(language, _REQUESTS["en"])
    which = _GOES_ON.sub("", text.strip(" ?.!¿¡")).strip()
    for request in (f"{readings} {which}", f"{which} {readings}"):
        wanted, rest = wanted_in(request)
        if wanted and not wanted.by and rest == readings:
            return f"{request} {about} {subject}" if subject else request
    return f"{readings} {about} {subject} {which}" if subject and PLACE.fullmatch(which) else None


def _codes(languages: str) -> frozenset[str]:
    return frozenset(code for code, names in _LANGUAGES.items() if re.search(names, languages, re.IGNORECASE))


def _first_and_last(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The years that a request names, both included."""
    years = {name: int(year) for name, year in found.groupdict().items() if year and name != "kept"}
    match years:
        case {"first": first, "last": last}:
            return min(first, last), max(first, last)
        case {"since": year} | {"from": year}:
            return year, None
        case {"after": year}:
            return year + 1, None
        case {"before": year}:
            return None, year - 1
        case {"until": year}:
            return None, year
        case {"decade": year}:
            return year // 10 * 10, year // 10 * 10 + 9
    return years["year"], years["year"]
