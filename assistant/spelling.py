"""Misspelled words of a question, and what the collection would call them.

A word is only changed if nothing knows it: not the collection, the field's vocabulary, nor a dictionary
(`known`). Correcting too much is worse than too little, since the question is searched as corrected.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus import vocabulary
from embeddings.terms import WRITTEN_WORD, written_words

SHORTEST, LONGEST = 4, 40
"""Letters of a word that is corrected: shorter ones are near to too many others, longer ones are no words."""

TWO_ERRORS_FROM = 9
"""Letters of a word in which two errors are looked for."""

LONG_FROM = 6
FREQUENT = 5
"""A word shorter than `LONG_FROM` is only taken for one that stands at least so often in the collection."""

MOST_WORDS = 50_000
"""Words that a correction may suggest, the most frequent ones: keeps memory and time bounded."""

SUGGESTED_LANGUAGES = ("en", "fr", "es")
"""Languages of the vocabulary whose words are suggested."""

_ASKING = """
    what which who whom whose when where why how does did have has had been being would should could might
    please about explain describe define difference between compare example examples tell show give find
    list many much long often reading readings article articles study studies book books help need want
    start started people please there their because before after under these those other
"""

_LEFT_ALONE = re.compile(
    r"""["“„«][^"“”„«»]*["”»]|(?<!\w)['‘][^'‘’]*['’](?!\w)"""  # quoted
    r"""|(?<!\S)\S*[@/\\]\S*|\b\w+(?:\.\w+)+|\b\w*\d\w*"""  # addresses, codes
    r"""|\b\w{1,2}['’](?=\w)|\w+['’]t\b"""  # l', don't
)
_BEGINNINGS = ("un", "re", "non", "pre", "over", "under", "inter", "self", "anti", "multi", "micro", "sub")
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "ness", "able", "ist", "ists", "ism")

_LETTERS = 27
_RARER = 4.0
"""By how much, as a logarithm, a word must be more frequent to be preferred with one more error."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was meant, and the words changed in it: as written, as meant."""

    text: str
    changed: tuple[tuple[str, str], ...]


class Speller:
    """Suggests the collection's words for words that nothing knows."""

    def __init__(
        self,
        counts: Mapping[str, int],
        known: Collection[str] = (),
        writes: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`counts`: how often each word stands in the collection, as it is written there.

        `writes` tells of a folded word whether it stands there, though `counts` may leave it out.
        """
        self._writes = writes
        written: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for word, count in counts.items():
            written[_fold(word)][word] = count
        self._known = frozenset(written).union(known)
        totals = Counter(
            {word: sum(forms.values()) for word, forms in written.items() if _has_right_length(word)}
        )
        suggested: dict[str, list[_Word]] = defaultdict(list)
        for folded, count in totals.most_common(MOST_WORDS):
            suggested[folded[0]].append(_Word(folded, _form(written[folded]), count))
        self._suggested = {initial: tuple(words) for initial, words in suggested.items()}
        self._letters: dict[str, NDArray[np.int8]] = {}

    @classmethod
    def of(
        cls,
        counts: Mapping[str, int],
        known: Collection[str] = (),
        writes: Callable[[str], bool] = lambda _: False,
    ) -> Speller:
        """A speller of the words of a collection, as `Speller` has them, and of the field's vocabulary.

        `known` are words, in lower case and without accents, that are right but not suggested: a dictionary.
        """
        words = dict.fromkeys(chain(_ASKING.split(), _vocabulary_words()), 1) | dict(counts)
        return cls(words, known, writes)

    def correct(self, question: str, language: str = "en") -> Correction:
        """The question with its misspelled words put right.

        Left as they are: words in quotation marks, with digits or in capitals, addresses, short words, and
        names that are near to no name of the collection. In other languages than English, which have no
        dictionary, only one error is looked for, and only for words that are frequent in the collection.
        """
        alone = {at for match in _LEFT_ALONE.finditer(question) for at in range(*match.span())}
        first = WRITTEN_WORD.search(question)
        english = language == "en"
        changed: list[tuple[str, str]] = []

        def put_right(match: re.Match[str]) -> str:
            word = match.group()
            if match.start() in alone or word.isupper() or self._knows(_fold(word)):
                return word
            name = word[0].isupper() and first is not None and match.start() != first.start()
            meant = self._nearest(word, name, english)
            if meant is None:
                return word
            changed.append((word, meant))
            return meant

        return Correction(WRITTEN_WORD.sub(put_right, question), tuple(changed))

    def _knows(self, word: str) -> bool:
        """Whether the word or what it is formed from is known, or can't be judged: short, or not Latin."""
        if not _has_right_length(word) or not word.isascii() or word in self._known:
            return True
        if any(form in self._known for form in _stems(word)):
            return True
        halves = ((word[:at], word[at:]) for at in range(4, len(word) - 3))
        in_halves = any(left in self._known and right in self._known for left, right in halves)
        return in_halves or self._writes(word)

    def _nearest(self, word: str, name: bool, english: bool) -> str | None:
        """The collection's word that was most likely meant, in the case of the word written, if any."""
        folded = _fold(word)
        words, letters = self._beginning_with(folded[0])
        most = 2 if english and len(folded) >= TWO_ERRORS_FROM else 1
        apart = np.abs(letters - _letter_counts([folded])).sum(axis=1)
        best: tuple[float, str] | None = None
        for row in np.flatnonzero(apart <= 2 * most).tolist():
            candidate = words[row]
            if (name and not candidate.written[0].isupper()) or (not english and candidate.count < FREQUENT):
                continue
            errors = _errors(folded, candidate.folded)
            if errors > most or not _plausible(folded, candidate):
                continue
            score = math.log(candidate.count) - _RARER * errors
            if best is None or score > best[0]:
                best = score, candidate.written
        if best is None:
            return None
        return best[1].capitalize() if word[0].isupper() and best[1].islower() else best[1]

    def _beginning_with(self, initial: str) -> tuple[Sequence[_Word], NDArray[np.int8]]:
        """The words to suggest, and their letters, which are counted when they are first needed."""
        words = self._suggested.get(initial, ())
        letters = self._letters.get(initial)
        if letters is None:
            letters = self._letters[initial] = _letter_counts([word.folded for word in words])
        return words, letters


def _vocabulary_words() -> Iterator[str]:
    for concept in vocabulary.load().concepts:
        for language in SUGGESTED_LANGUAGES:
            for label in concept.labels.get(language, ()):
                yield from written_words(label)


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    written: str
    count: int


def _stems(word: str) -> Iterator[str]:
    """What is left of a word without an ending or a beginning, if that is long enough to mean anything."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST and stem[-1] != "s":
            yield stem
            yield f"{stem}e"
    for beginning in _BEGINNINGS:
        stem = word.removeprefix(beginning)
        if stem != word and len(stem) > SHORTEST:
            yield stem


def _plausible(written: str, meant: _Word) -> bool:
    """Whether the one is likely a slip for the other, and not another word or another form of the same word.

    What changes the last letter is mostly an ending. The first one is the same: slips seldom change it.
    """
    word = meant.folded
    same_end = written[-1] == word[-1] or written[:-3:-1] == word[-2:]
    if len(written) >= LONG_FROM:
        return same_end
    letter_changed = len(written) == len(word) and sorted(written) != sorted(word)
    return same_end and not letter_changed and meant.count >= FREQUENT


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _has_right_length(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST


def _form(forms: Mapping[str, int]) -> str:
    """How a word is written inside a sentence: in lower case if it is now and then, else as mostly."""
    lower = {form: count for form, count in forms.items() if form.islower()}
    now_and_then = 10 * sum(lower.values()) >= sum(forms.values())
    return max(lower if now_and_then else forms, key=forms.__getitem__)


def _letter_counts(words: Sequence[str]) -> NDArray[np.int8]:
    """How often each letter stands in each word, (words, letters); all but a to z count as one letter."""
    counts = np.zeros((len(words), _LETTERS), np.int8)
    for row, word in enumerate(words):
        for letter in word:
            column = ord(letter) - ord("a")
            counts[row, column if 0 <= column < _LETTERS - 1 else _LETTERS - 1] += 1
    return counts


def _errors(written: str, meant: str) -> int:
    """Letters left out, added, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, a in enumerate(written, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(meant, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == meant[j - 2] and written[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
