"""The language of a question, by its script and its little words; English until the words say otherwise.

Questions are too short for a statistical identifier, which also takes longer to load than to answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

DEFAULT = "en"

_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
}
"""Scripts that tell a language nearly by themselves; kana before Han, since Japanese uses both."""

# Words that are frequent in one language, with a few of the field's own for questions without any other.
# A word that several languages share stands in each, so that it decides nothing between them.
_LITTLE_WORDS: Mapping[str, str] = {
    "en": """
        the of and to in is are was were what who how why when where which do does did for on with
        from by about it that this their they can has have be a an at as or not no there i me my you
        your any some like s t d m ll cooperative cooperatives worker workers
    """,
    "fr": """
        le la les des du de un une et est sont en au aux dans pour par sur avec que qui quoi quel
        quelle quels quelles comment pourquoi combien quand où dont ce cette ces il elle ils elles
        ne pas plus se sa ses leur leurs y a ont été être d l qu bonjour merci coopérative
        coopératives travail salariés entreprise entreprises ouvrière
    """,
    "es": """
        el la los las de del un una y en es son fue por para con que qué quién quiénes cómo cuál
        cuáles cuándo cuánto cuántos cuántas dónde como cuando donde quien se su sus al lo no más o
        a ha hay han está este esta hola gracias cooperativa cooperativas trabajo trabajadores
        empresa empresas sobre laboral
    """,
    "it": """
        il lo la i gli le di del della dei delle degli un una e è in nel nella per con che chi come
        quando perché quanto quanti quante dove quale quali sono si su al alla non più da dal ha
        hanno cosa cooperativa cooperative lavoro lavoratori impresa imprese soci
    """,
    "pt": """
        o a os as de do da dos das um uma e é em no na nos nas por para com que quem como quando
        onde quanto quantos quantas qual quais são se não mais ao à foi há tem cooperativa
        cooperativas trabalho trabalhadores empresa empresas sobre porque
    """,
    "de": """
        der die das den dem des ein eine einer einem und ist sind war waren in im am an auf für von
        vom mit zu zum zur wer was wie warum wann wo welche welchem welchen welcher welches wurde
        werden hat haben nicht es sich bei aus nach genossenschaft genossenschaften arbeiter
    """,
}
_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}

# Letters of one language, counted only in words without a capital: a name says nothing about the question.
_LETTERS: Mapping[str, frozenset[str]] = {
    "fr": frozenset("àâèêëîïôùûçœé"),
    "es": frozenset("áéíóúñ¿¡"),
    "it": frozenset("àèéìòù"),
    "pt": frozenset("ãõâêôçáéíóú"),
    "de": frozenset("äöüß"),
}

_WORD = re.compile(r"[¿¡]|[^\W\d_]+")


@lru_cache(maxsize=2048)
def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that a question is written in. It is remembered for a while."""
    for language, script in _SCRIPTS.items():
        if len(script.findall(text)) * 2 > len(_WORD.findall(text)):
            return language
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    counts = {
        language: sum(word in little for word in lower) + _own_letters(words, language)
        for language, little in _WORDS.items()
    }
    best = max(counts, key=lambda language: (counts[language], language == DEFAULT))
    return best if counts[best] > counts[DEFAULT] else DEFAULT


def _own_letters(words: list[str], language: str) -> int:
    letters = _LETTERS.get(language, frozenset())
    return sum(not letters.isdisjoint(word) for word in words if not word[0].isupper())
