"""Greetings, thanks and questions about the assistant itself: known as a whole, answered in one line.

A message is small talk only if nothing else is left of it; "hello, how many co-ops are there?" is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from embeddings.terms import fold

SmallTalk = Literal[
    "help", "about the assistant", "complaint", "goodbye", "thanks", "agreement", "greeting", "no words"
]

# What can follow a phrase without adding to it.
_FILLER = r"(?: (?:there|all|everyone|again|then|so|much|very|today|now|please|dear|friend|assistant|bot))*"

# Folded phrases without punctuation. Of several kinds in one message the one that stands first is answered.
_PHRASES: Mapping[SmallTalk, str] = {
    "help": r"""
        what (?:can|do) you do|what can i (?:ask|do)(?: you| about| here| with you)?|help(?: me)?
        |can you help(?: me)?|how can you help(?: me)?|i need (?:some )?help
        |how do i use (?:this|you)
        |que (?:peux tu|pouvez vous) faire|que (?:sais|fais) tu(?: faire)?|aide(?:z)?(?: moi)?|a l aide
        |que (?:puedes|sabes) hacer|ayuda(?:me)?|puedes ayudarme|que puedo preguntar(?:te)?
    """,
    "about the assistant": r"""
        (?:who|what) are you|who (?:made|built|wrote|created) you|what (?:is|s) your name
        |are you (?:an? )?(?:real |actual )?(?:human|person|robot|bot|chatbot|machine|ai|chatgpt|real)
        |tell me about yourself|introduce yourself|how do you work|what do you know|do you speak \w+
        |qui (?:es tu|etes vous)|tu es qui|comment (?:tu )?t appelles(?: tu)?|comment fonctionnes tu
        |quien eres|que eres|como te llamas|eres (?:un )?(?:robot|humano|humana)|como funcionas
    """,
    "complaint": r"""
        (?:you are|you re|this is|that is|that s) (?:so |really |just |very )?(?:an? )?
        (?:stupid|dumb|useless|bad|wrong|rubbish|terrible|idiot|crap|nonsense|boring)(?: bot)?
        |(?:stupid|dumb|useless) (?:bot|answer|thing)|shut up|idiot|i hate you
        |(?:tu es|vous etes|c est) (?:nul|nulle|bete|stupide|inutile)|eres (?:tonto|tonta|inutil|estupido)
    """,
    "goodbye": r"""
        bye(?: bye)?|goodbye|good night|see you(?: later| soon)?|have a (?:nice|good) (?:day|evening|weekend)
        |au revoir|a bientot|bonne (?:journee|soiree|nuit)|adios|hasta (?:luego|pronto|manana)
    """,
    "thanks": r"""
        thank you|(?:many )?thanks(?: a lot)?|thx|cheers|ta|well done
        |that s (?:great|good|helpful|interesting)|merci(?: beaucoup| bien)?
        |(?:muchas |mil )?gracias|danke|grazie|obrigad[oa]
    """,
    "agreement": r"""
        ok(?:ay)?|yes|yeah|no|nope|sure|great|cool|nice|perfect|wow|awesome|got it|i see|interesting|good
        |excellent|very good|that s all|d accord|oui|non|super|parfait|si|vale|perfecto|de acuerdo
    """,
    "greeting": r"""
        hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hallo|ciao|ola
        |how are you(?: doing)?|how (?:is|s) it going|how do you do|what s up|nice to meet you
        |bonjour|bonsoir|salut|coucou|(?:comment )?ca va|comment allez vous|comment vas tu
        |hola|buen(?:os|as) (?:dias|tardes|noches)|que tal|como estas?
    """,
}

REMARKS: Mapping[str, Mapping[SmallTalk, str]] = {
    "en": {
        "help": (
            "Ask about worker cooperatives, and each sentence of the answer links to its reading; or "
            "write “find me readings about…” and a subject for a reading list."
        ),
        "about the assistant": (
            "I am a program that answers questions about worker cooperatives with sentences from a "
            "collection of readings; each sentence links to where it comes from."
        ),
        "complaint": (
            "Sorry that this did not help. Other words often do: name the country, the organisation or "
            "the year that you have in mind."
        ),
        "goodbye": "Goodbye! The readings stay here for when you come back.",
        "thanks": "You're welcome. Ask on, or open one of the readings.",
        "agreement": "All right. Ask on, or open one of the readings.",
        "greeting": "Hello! Ask me about worker cooperatives, or for readings on a subject.",
        "no words": "I can only read words: ask about worker cooperatives in a sentence or a few keywords.",
    },
    "fr": {
        "help": (
            "Posez une question sur les coopératives de travail : chaque phrase de la réponse renvoie à"
            " sa lecture. Ou écrivez « lectures sur… » et un sujet pour une liste de lectures."
        ),
        "about the assistant": (
            "Je suis un programme qui répond aux questions sur les coopératives de travail par des "
            "phrases tirées d'une collection de lectures ; chaque phrase renvoie à sa source."
        ),
        "complaint": (
            "Désolé que cela n'ait pas aidé. D'autres mots aident souvent : nommez le pays, "
            "l'organisation ou l'année."
        ),
        "goodbye": "Au revoir ! Les lectures restent ici.",
        "thanks": "Avec plaisir. Posez une autre question, ou ouvrez une des lectures.",
        "agreement": "Très bien. Posez une autre question, ou ouvrez une des lectures.",
        "greeting": (
            "Bonjour ! Posez-moi une question sur les coopératives de travail, ou demandez des lectures."
        ),
        "no words": "Je ne lis que des mots : posez une question en une phrase ou en quelques mots.",
    },
    "es": {
        "help": (
            "Pregunte sobre las cooperativas de trabajo: cada frase de la respuesta enlaza con su "
            "lectura. O escriba «lecturas sobre…» y un tema para una lista de lecturas."
        ),
        "about the assistant": (
            "Soy un programa que responde a preguntas sobre cooperativas de trabajo con frases de una "
            "colección de lecturas; cada frase enlaza con su fuente."
        ),
        "complaint": (
            "Siento que no haya ayudado. A menudo ayudan otras palabras: nombre el país, la "
            "organización o el año."
        ),
        "goodbye": "¡Hasta luego! Las lecturas siguen aquí.",
        "thanks": "De nada. Siga preguntando, o abra una de las lecturas.",
        "agreement": "Muy bien. Siga preguntando, o abra una de las lecturas.",
        "greeting": "¡Hola! Pregúnteme sobre cooperativas de trabajo, o pida lecturas sobre un tema.",
        "no words": "Solo leo palabras: pregunte con una frase o con unas pocas palabras.",
    },
}
"""What the assistant says to each kind of small talk, by language: the one place where these lines stand."""

# What may stand before a question; it goes if punctuation or a word that asks follows.
_OPENING = re.compile(
    r"(?:hi|hello|hey|dear assistant|good (?:morning|afternoon|evening|day)|thank you(?: very much)?"
    r"|thanks(?: a lot)?|ok|okay|great|cool|bonjour|bonsoir|salut|merci(?: beaucoup)?|hola|buen[oa]s \w+"
    r"|(?:muchas )?gracias)(?: (?:there|all|everyone|assistant))?"
    r"(?:\s*[,.!;:–—]+\s*|\s+(?=(?:who|what|which|when|where|why|how|is|are|do|does|did|can|could)\b))(?=\w|¿)",
    re.IGNORECASE,
)

_NOT_A_WORD = re.compile(r"[\W_]+")


def small_talk(text: str) -> SmallTalk | None:
    """The kind of small talk that the whole text is, or None."""
    plain = _NOT_A_WORD.sub(" ", fold(text)).strip()
    if not plain:
        return "no words"
    found: set[SmallTalk] = set()
    position = 0
    while position < len(plain):
        ends = {match.end(): kind for kind, match in _matches(plain, position)}
        if not ends:
            return None
        position = max(ends)
        found.add(ends[position])
    return next(kind for kind in _PHRASES if kind in found)


def without_opening(text: str) -> str:
    """The question without a greeting or thanks before it."""
    while opening := _OPENING.match(text):
        text = text[opening.end() :]
    return text


def remark(kind: SmallTalk, language: str) -> str:
    """What the assistant says to small talk, in the reader's language where it has one."""
    return REMARKS.get(language, REMARKS["en"])[kind]


def _pattern(phrases: str) -> re.Pattern[str]:
    joined = re.sub(r"\n\s*", "", phrases)
    return re.compile(f"(?:{joined}){_FILLER}(?: |$)")


_PATTERNS = {kind: _pattern(phrases) for kind, phrases in _PHRASES.items()}


def _matches(plain: str, position: int) -> Iterator[tuple[SmallTalk, re.Match[str]]]:
    for kind, pattern in _PATTERNS.items():
        if match := pattern.match(plain, position):
            yield kind, match
