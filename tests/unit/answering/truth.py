"""Whether the reason given for a reading is true, judged without the code that gives it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

import corpus
from assistant.answer import Reading
from corpus.resource import Resource

_ABOUT = re.compile(r"also (?:with (?P<people>.+)|(?:on (?P<topics>[^,]+))?(?:, |\b)(?:in (?P<places>.+))?)")
_MENTIONS = re.compile(r"both mention (“[^”]+”)(?: and (“[^”]+”))?")


def is_true(reading: Reading, others: Sequence[Resource]) -> bool:
    """Whether the reading says what it is said to say, or shares it all with one of the others."""
    said, quotes, quoted = reading.why.partition(": ")
    if quotes and said in ("says", "says something near"):
        return quoted.removesuffix(" …") in reading.resource.text
    return any(
        all(_shares(part, reading.resource, other) for part in reading.why.split("; ")) for other in others
    )


def _shares(part: str, one: Resource, other: Resource) -> bool:
    """Whether the part of a reason names nothing but what both readings have, or mention."""
    about = _ABOUT.fullmatch(part)
    if about:
        return all(
            _are_common(named, set(getattr(one, field)) & set(getattr(other, field)))
            for field, named in about.groupdict().items()
            if named
        )
    mentions = _MENTIONS.fullmatch(part)
    terms = [term.strip("“”") for term in mentions.groups() if term] if mentions else []
    return bool(terms) and all(_mentions(one, term) and _mentions(other, term) for term in terms)


def _are_common(named: str, common: set[str]) -> bool:
    """Whether the words are one or two of what is common, and nothing else."""
    common = common - {"Global"}
    return named in common or any(named == f"{one} and {other}" for one in common for other in common)


def _mentions(resource: Resource, term: str) -> bool:
    """Whether the term or one of its synonyms, in any language and number, stands in the text."""
    text = _plain(resource.text)
    return any(re.search(_pattern(label), text) for label in (term, *_synonyms().get(term, ())))


def _pattern(label: str) -> str:
    """The words of the label one after the other, each with any ending, and little words between them."""
    words = re.findall(r"\w+", _plain(label))
    stems = [word[: max(3, len(word) - 2)] if len(word) > 3 else word for word in words]
    return r"\b" + r"\w*\W+(?:\w{1,5}\W+){0,2}?".join(map(re.escape, stems)) + r"\w*"


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return re.sub(r"\bco-op", "coop", text)


@cache
def _synonyms() -> Mapping[str, Sequence[str]]:
    """The vocabulary as its file has it: every label of a concept, by the preferred one."""
    file = Path(corpus.__file__).with_name("vocabulary.yaml")
    sections = yaml.safe_load(file.read_text("utf-8"))
    return {
        label: [text for texts in entry.values() if isinstance(texts, list) for text in texts]
        for label, entry in sections["field"].items()
    }
