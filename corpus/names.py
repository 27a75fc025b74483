"""People's names as reference lists want them: family name first."""

from __future__ import annotations

from dataclasses import dataclass

_PARTICLES = frozenset(
    (
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "van",
        "von",
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in two parts; `given` is empty for a name of one word."""

    family: str
    given: str

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


def personal_name(text: str) -> Name:
    """A guess: the family name is the last word with the particles before it, or all before a comma."""
    family, comma, given = text.partition(",")
    if comma and given.strip() and family.strip():
        return Name(family.strip(), given.strip())
    words = text.replace(",", " ").split()
    first = max(len(words) - 1, 0)
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))
