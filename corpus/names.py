"""People's names as reference lists want them: family name first."""

from __future__ import annotations

from dataclasses import dataclass

_PARTICLES = "abdel abu al bin da das de del della den der di dos du el ibn la las le los van von y"

# Given names of Spanish speakers alone: whoever begins with one has two family names after the given ones.
_SPANISH = (
    "alejandro alfonso álvaro andrés beatriz carlos carmen concepción consuelo diego dolores eduardo "
    "enrique esperanza esteban eugenia felipe fernando francisco gemma gonzalo graciela guadalupe guillermo "
    "gustavo hernán ignacio inés isabel jaime javier jesús joaquín jorge josé josefa juan leticia lourdes "
    "lucía luis luz macarena manuel maría mariano martín matías mercedes miguel mónica montserrat nicolás "
    "nuria óscar pablo paloma pedro pilar rafael ramón raúl ricardo rocío rodrigo rosario salvador santiago "
    "sofía soledad susana tomás valeria verónica vicente ximena yolanda"
)

# These are names of others too: they tell nothing by standing first, but are given names after another one.
_SHARED = (
    "ana angélica antonia antonio clara cristina daniel david elena eleonora elisa emilia emilio federico "
    "fernanda florencia gabriel gabriela hugo inácio laura magdalena marcelo marina mario marta natalia "
    "patricia paula roberto rosa sergio silvia teresa valentina victoria"
)

_PARTICLE = frozenset(_PARTICLES.split())
_SPANISH_GIVEN = frozenset(_SPANISH.split())
_GIVEN = _SPANISH_GIVEN | frozenset(_SHARED.split())
_PATRONYMIC = ("ez", "éz")

# Family names of two words that no rule tells from a second given name.
_DOUBLE = frozenset({"cabot venton", "gordon nembhard", "jones austin", "negri zamagni", "perrin massebiaux"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in two parts; `given` is empty for a name of one word."""

    family: str
    given: str

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


def personal_name(text: str, language: str = "en") -> Name:
    """A guess: the family name is the last word with the particles before it, or all before a comma.

    Of a Spanish name, or one in a Spanish text (`language`, ISO 639-1), it is all after the given names.
    """
    family, comma, given = text.partition(",")
    if comma and given.strip() and family.strip():
        return Name(family.strip(), given.strip())
    words = text.replace(",", " ").split()
    first = _spanish_family(words) if _is_spanish(words, language) else max(len(words) - 1, 0)
    if " ".join(words[-2:]).casefold() in _DOUBLE:
        first = len(words) - 2
    while first > 1 and words[first - 1].casefold() in _PARTICLE:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def _is_spanish(words: list[str], language: str) -> bool:
    """Whether two family names may stand here: by the given name, a first family name in -ez, or the text."""
    if len(words) < 3:
        return False
    first = words[0].casefold().split("-")
    return language == "es" or first[0] in _SPANISH_GIVEN or words[-2].casefold().endswith(_PATRONYMIC)


def _spanish_family(words: list[str]) -> int:
    """Where the family names begin: after the first word, and the given names and initials that follow it."""
    first = 1
    while first < len(words) - 1 and (words[first].casefold() in _GIVEN or _is_initial(words[first])):
        first += 1
    return first


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (len(word) < 4 and word.endswith("."))
