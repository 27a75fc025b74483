"""The closed word lists of the support check, read from `lexicon.yaml`; what each is for stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
_FILE: dict[str, Any] = yaml.load(Path(__file__).with_name("lexicon.yaml").read_bytes(), _LOADER)  # noqa: S506, a safe loader


def words(name: str) -> frozenset[str]:
    """The list of this name; KeyError if there is none."""
    return frozenset(_FILE["words"][name].split())


def groups(name: str) -> dict[str, set[int]]:
    """A word to the numbers of the lines of `synonyms` or `aliases` that it stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_FILE[name]):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return found


def values(name: str) -> dict[str, float]:
    """Words for numbers, of the kind of this name, and their values."""
    lines: dict[float, str] = _FILE["numbers"][name]
    return {word: float(value) for value, line in lines.items() for word in line.split()}


PHRASES: dict[str, str] = _FILE["phrases"]
"""A phrase, and the one word that means the same."""

NEGATING_PAIRS = frozenset(tuple(pair.split()) for pair in _FILE["pairs"])
"""Two words that together deny what follows them."""

ANTONYMS = tuple(tuple(frozenset(side.split()) for side in line.split("|")) for line in _FILE["antonyms"])
"""Pairs of sets: words of one side deny words of the other."""

MEASURES = {word: measure for measure, line in _FILE["measures"].items() for word in line.split()}
"""Words that say what a number measures, and one name for each measure."""
