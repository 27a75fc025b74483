"""The kind of thing a question asks for (a date, a number, a name …), and whether a sentence holds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Literal

from embeddings.terms import STOP_WORDS, content_words, fold, stem, words

Kind = Literal["date", "number", "person", "place", "reason", "name", "definition", "other"]

# Folded; what stands first in the question counts. English, French and Spanish.
_ASKS: Mapping[Kind, re.Pattern[str]] = {
    "date": re.compile(
        r"\b(?:when|(?:what|which) (?:year|date|day|month|decade|century|time)|how old|how long ago|quand"
        r"|quelle (?:annee|date)|quel (?:jour|mois|siecle)|en que (?:ano|fecha|siglo)|cuando"
        r"|que (?:ano|fecha))\b"
    ),
    "number": re.compile(
        r"\b(?:how (?:many|much|long|far|often|large|big|tall|high|wide|deep|fast|heavy)"
        r"|what (?:percent|percentage|number|proportion|share|part|amount|fraction|population|ratio)"
        r"|number of|turnover|cost|price|combien|pourcentage|nombre de|cuant[oa]s?|que porcentaje|numero)\b"
    ),
    "person": re.compile(
        r"\b(?:who|whom|whose|qui|quien|quienes|(?:what|which) (?:person|people|man|woman|president|king"
        r"|queen|emperor|author|scientist|actor|actress|singer|artist|player|coach|general|pope))\b"
    ),
    "place": re.compile(
        r"\b(?:where|ou est|donde|(?:what|which) (?:city|country|state|place|region|town|area|county"
        r"|continent|river|nation))\b"
    ),
    "reason": re.compile(r"\b(?:why|pourquoi|por que|what (?:caused|causes|reason|led))\b"),
    "name": re.compile(
        r"\b(?:what (?:is|are|was|were) (?:the )?(?:name|title|nickname|term|word|called)|named|called)\b"
        r"|^(?:which|what) \w+ (?:is|was|are|were|did|has|had)\b"
    ),
    "definition": re.compile(
        r"^\W*(?:(?:what|who) (?:is|are|was|were)\b(?:\W+[\w-]+){1,5}\W*$|define\b|definition of\b"
        r"|what does\b.{1,60}\bmean\b|qu.est.ce qu|c.est quoi\b|que (?:es|son)\b(?:\W+[\w-]+){1,5}\W*$)"
    ),
}

_YEAR = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2})(?=s?\b)")
_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|century|centuries|siècle|siglo|BC|AD|decade|spring|summer|autumn|winter"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_COUNTED = re.compile(r"\b(?:how many|combien de|cuant[oa]s)\b(?P<thing>.{1,40})")
_NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion trillion dozen half third quarter twice once none double triple several
    un une deux trois quatre cinq sept huit neuf dix cent mille
    uno una dos tres cuatro cinco seis siete ocho nueve diez cien mil
    """.split()  # noqa: SIM905 - a list of 70 strings would fill the screen
)
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w’'.-]*")
_CAUSE = re.compile(
    r"\b(?:because|due to|since|as a result|in order to|so that|therefore|thus|caused?|causes|led to|leads to"
    r"|reasons?|owing to|result(?:ed|s|ing)? (?:of|in|from)|for fear|thanks to"
    r"|to (?:avoid|prevent|help|make|get|protect|allow|ensure|reduce|increase|keep|provide|improve)"
    r"|parce que|car|afin|pour|porque|debido|para)\b",
    re.IGNORECASE,
)

_IS = re.compile(r"\b(?:is|are|was|were|means?|est|sont|es|son|significa)\b", re.IGNORECASE)
_DEFINES = re.compile(r"\bd[ée]fin(?:es|ed as|ición|it|en|e)\b(?P<thing>.{1,60})", re.IGNORECASE)

NEAR = 4
"""Words within which a number is followed by what it counts: "52,767 worker cooperatives"."""

A_NUMBER = 0.6
"""How well another number holds the one asked for."""

DEFINITION_SPARE = 3
"""Words that may stand beside what is defined: "In French law a Scop is …"."""

LIKELY = 0.7
"""How well a month holds a date, or a number in words a number: less surely than digits do."""


def kind_asked(question: str) -> Kind:
    """What sort of thing would answer the question."""
    folded = fold(question)
    found = {kind: match.start() for kind, asks in _ASKS.items() if (match := asks.search(folded))}
    return min(found, key=found.__getitem__, default="other")


def counted(question: str) -> str:
    """The stem of what is counted: of "cooperatives" in "how many worker cooperatives"; or nothing."""
    found = _COUNTED.search(fold(question))
    named = list(takewhile(lambda word: word not in STOP_WORDS, words(found["thing"]))) if found else []
    things = (word for word in named if word.endswith("s") and not word.endswith("ss"))
    return stem(next(things, named[0])) if named else ""


def holds(kind: Kind, sentence: str, asked: frozenset[str], thing: str = "") -> float:
    """From 0 to 1: whether the sentence has such a thing that the question (its words: `asked`) has not.

    `thing` is the stem of what a number should count (`counted`).
    """
    match kind:
        case "date":
            if any(year not in asked for year in _YEAR.findall(sentence)):
                return 1.0
            return LIKELY if _TIME.search(sentence) else 0.0
        case "number":
            return _holds_number(sentence, asked, thing)
        case "person" | "place" | "name":
            return float(any(_new_name(match, asked) for match in _CAPITALISED.finditer(sentence)))
        case "reason":
            return float(_CAUSE.search(sentence) is not None)
        case "definition":
            return float(_defines(sentence, asked))
        case "other":
            return 0.0


def _holds_number(sentence: str, asked: frozenset[str], thing: str) -> float:
    """A number of the thing itself, of anything, in words, or none."""
    tokens = words(sentence)
    new = [at for at, word in enumerate(tokens) if word.isdigit() and word not in asked]
    if new:
        counts = any(thing in map(stem, tokens[at + 1 : at + 1 + NEAR]) for at in new)
        return 1.0 if counts or not thing else A_NUMBER
    spelled = frozenset(tokens) & _NUMBER_WORDS
    return LIKELY if spelled - asked else 0.0


def _defines(sentence: str, asked: frozenset[str]) -> bool:
    """Whether the sentence says what the thing asked about is, or that somebody defines it."""
    wanted = {stem(word) for word in asked - STOP_WORDS}
    if defines := _DEFINES.search(sentence):
        return bool(wanted) and wanted <= {stem(word) for word in content_words(defines["thing"])}
    verb = _IS.search(sentence)
    before = {stem(word) for word in content_words(sentence[: verb.start()])} if verb else set()
    return bool(wanted) and wanted <= before and len(before) <= len(wanted) + DEFINITION_SPARE


def _new_name(match: re.Match[str], asked: frozenset[str]) -> bool:
    name = frozenset(words(match.group())) - STOP_WORDS
    return match.start() > 0 and not match.group()[0].islower() and not name <= asked
