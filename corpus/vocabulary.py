"""The words of the field: what is asked in one word, or one language, is found in another.

`vocabulary.yaml` holds the concepts. Those of `field` widen a search whatever the language of the question;
those of `places` and `words` only translate, since an everyday word widened finds everything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import yaml

LANGUAGES = ("en", "fr", "es", "it", "pt", "ja")
SECTIONS = ("field", "places", "words")

_FILE = Path(__file__).with_name("vocabulary.yaml")
_WORD = re.compile(r"co-op\w*|[^\W_]+", re.IGNORECASE)
_LONGEST = 8
"""Words of a label that is looked for, articles and prepositions left out."""

# "coopérative de travailleurs" is also meant by "coopératives des travailleurs".
_ARTICLES = (
    "a the of to le la les l un une de du des d au aux el los las del al lo il gli i uno una di dei delle "
    "della degli dello dell all nell o os as do da dos das um uma c j m n s t qu"
)
_SMALL = frozenset(_ARTICLES.split())


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing of the field: its preferred English label, and by language all labels, `en` included."""

    label: str
    section: str
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept found at characters `start` to `end` of a question, where it is called `used`."""

    concept: Concept
    start: int
    end: int
    used: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The concept's labels in other words, English ones first: without the one that the question uses."""
        by_language = (self.concept.labels.get(language, ()) for language in LANGUAGES)
        labels = dict.fromkeys(chain.from_iterable(by_language))
        return tuple(label for label in labels if label.casefold() != self.used.casefold())

    @property
    def is_preferred(self) -> bool:
        """Whether the question calls it by its preferred label, in whatever form."""
        return list(_keys(self.used)) == list(_keys(self.concept.label))


class Vocabulary:
    """Concepts, found in questions by their labels."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._by_keys: dict[tuple[str, ...], dict[str, Concept]] = {}
        self._longest_from: dict[str, int] = {}
        """By the first key of a label, how many keys the longest one has that begins with it."""
        for language in LANGUAGES:
            for keys, concept in _index(self.concepts, language).items():
                self._by_keys.setdefault(keys, {})[language] = concept
        for keys in filter(None, self._by_keys):
            self._longest_from[keys[0]] = max(len(keys), self._longest_from.get(keys[0], 0))

    def expand(self, question: str, language: str = "en") -> tuple[Expansion, ...]:
        """The concepts of a question in this language (ISO 639-1), in order, by the longest label each.

        `words` are looked for in the question's own language alone: "come" is "how" in Italian only.
        """
        keys, words = _words(question)
        order = tuple(dict.fromkeys((language, *LANGUAGES)))
        found: list[Expansion] = []
        position = 0
        while position < len(words):
            concept, length = self._longest(keys, position, order)
            if concept:
                start, end = words[position].start(), words[position + length - 1].end()
                found.append(Expansion(concept, start, end, question[start:end]))
            position += length
        return tuple(found)

    def gloss(self, question: str, language: str) -> str | None:
        """The question's concepts in English, with its names and numbers, in order; None without a concept.

        It is no translation, but bridges a question in another language to English readings.
        """
        found = self.expand(question, language)
        if not found:
            return None
        covered = {at for expansion in found for at in range(expansion.start, expansion.end)}
        labels = {expansion.start: expansion.concept.label for expansion in found}
        names = _names(question)
        return " ".join(
            text for at, text in sorted((names | labels).items()) if at in labels or at not in covered
        )

    def untold(self, question: str, language: str) -> str:
        """The words of a question that its gloss leaves out, small ones too."""
        told = {at for found in self.expand(question, language) for at in range(found.start, found.end)}
        told |= _names(question).keys()
        return " ".join(word.group() for word in _WORD.finditer(question) if word.start() not in told)

    def reworded(self, question: str, stays: Callable[[str], bool]) -> str | None:
        """An English question with the preferred labels of its concepts of `field`; None if it has them.

        "What do rag pickers gain?" is what do waste pickers gain: so the readings call them. A label of
        which `stays` is true stays as it is.
        """
        found = [e for e in self.expand(question) if e.concept.section == "field" and not e.is_preferred]
        found = [expansion for expansion in found if not stays(expansion.used)]
        if not found:
            return None
        starts, ends = [0, *(e.end for e in found)], [*(e.start for e in found), len(question)]
        between = [question[start:end] for start, end in zip(starts, ends, strict=True)]
        return "".join(chain(*zip(between, (e.concept.label for e in found), strict=False), between[-1:]))

    def widening(self, question: str, language: str = "en") -> str | None:
        """The other labels of the question's concepts of `field`, for a search to count a little; or None."""
        found = (e for e in self.expand(question, language) if e.concept.section == "field")
        return ". ".join(label for expansion in found for label in expansion.labels) or None

    def _longest(
        self, keys: tuple[str, ...], position: int, order: Sequence[str]
    ) -> tuple[Concept | None, int]:
        """The concept with the longest label that stands at this position, and how many keys it takes.

        A single word counts in the question's language and in English, so that "genre" is no French.
        """
        most = min(self._longest_from.get(keys[position], 0), _LONGEST, len(keys) - position)
        for length in range(most, 0, -1):
            by_language = self._by_keys.get(keys[position : position + length], {})
            for language in order:
                concept = by_language.get(language)
                if concept is None:
                    continue
                foreign_term = concept.section == "field" and (length > 1 or language == "en")
                if language == order[0] or foreign_term:
                    return concept, length
        return None, 1


@cache
def load() -> Vocabulary:
    """The product's own vocabulary, read once."""
    sections = yaml.load(_FILE.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but strings
    return Vocabulary(
        [
            _concept(section, label, entry)
            for section in SECTIONS
            for label, entry in sections[section].items()
        ]
    )


def _concept(section: str, label: str, entry: Mapping[str, Sequence[str]]) -> Concept:
    labels = {language: tuple(entry[language]) for language in LANGUAGES if language in entry}
    return Concept(label, section, {"en": (label, *entry.get("also", ())), **labels})


def _index(concepts: Sequence[Concept], language: str) -> dict[tuple[str, ...], Concept]:
    """The concepts by the keys of their labels in a language; of two with the same label the first."""
    index: dict[tuple[str, ...], Concept] = {}
    for concept in concepts:
        for label in concept.labels.get(language, ()):
            index.setdefault(tuple(_keys(label)), concept)
    return index


def _keys(label: str) -> Iterator[str]:
    return (key for key in map(_key, _WORD.findall(label.lower())) if key not in _SMALL)


def _words(text: str) -> tuple[tuple[str, ...], list[re.Match[str]]]:
    """The keys of the words that count, and where each of them stands."""
    keyed = [(_key(match[0].lower()), match) for match in _WORD.finditer(text)]
    counting = [(key, match) for key, match in keyed if key not in _SMALL]
    return tuple(key for key, _ in counting), [match for _, match in counting]


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """What the forms of a word share: plain endings of plural and gender cut off, then accents folded."""
    word = word.replace("-", "")
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    if word.endswith("õe"):
        word = word[:-2] + "ão"
    elif word == "coop":
        word = "cooperativ"
    elif len(word) > 4 and word[-1] in "aeio":
        word = word[:-1]
    elif len(word) > 3 and word[-1] == "y":
        word = word[:-1] + "i"
    return word if word.isascii() else _folded(word)


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _names(question: str) -> dict[int, str]:
    """Words with a capital or a digit, by where they start, but for a capital at the question's start."""
    words = list(_WORD.finditer(question))
    return {
        word.start(): word.group()
        for number, word in enumerate(words)
        if any(c.isdigit() for c in word.group())
        or (word.group()[0].isupper() and (number or word.group().isupper()) and len(word.group()) > 1)
    }
