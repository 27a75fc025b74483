"""Follow-up questions: "and in France?", "who founded it?", "why?" are read with what was asked before.

No model: rules write the stand-alone question that is shown, and the search mixes the turns by weights
that were measured on two collections of conversations (docs/quality.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language import language_of
from assistant.topic import PLACE, content_words, names_in, place_in, topic_of

WORDS_THAT_STAND_ALONE = 4
"""A question stands alone with so many words of its own, or two with a name or where it asks what a thing is,
and nothing that points back."""

WORDS_OF_A_SUBJECT = 2
"""A request for readings says what they shall be about in fewer words than a question."""

WORDS_IN_ANOTHER_LANGUAGE = 3
"""Who turns to another language begins anew more often than not: a word less is asked for."""

BEFORE = 0.3
"""Weight of the question before, if it stood alone; the question itself has 1."""

BEFORE_AND_FIRST = 0.2
"""Otherwise the weight of the question before, and of the last one that stood alone."""

ANSWER = 0.2
"""Weight of the answer before in the vector. Its words only do harm: they find what was read already."""

SHOWN_CHARACTERS = 160

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|that|these|those|he|she|him|his|her|hers|ones|such|same|others?"
    r"|another|else|both|either|former|latter|elles|ils|cela|ça|celle-ci|celui-ci|ceux-ci|ce dernier|leurs?"
    r"|ellos|ellas|eso|esto|esa|ese|esos|esas|allí|ahí)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b"
    r"(?! (?:is|are|was|were|been|be|exist|any|an?|some)\b)"
    r"|\b(?:the|this|that|which|each|first|second|third|last|next) one\b(?! of\b)|\bone(?=\s*(?:[?.!,]|$))",
    re.IGNORECASE,
)
_OWNED = re.compile(r"its|theirs?", re.IGNORECASE)
_MANY = re.compile(r"(?:people|women|men|children|\S*[^\W\ds]s)", re.IGNORECASE)
"""A word for more than one, as far as its ending tells."""

_DEFINES = re.compile(
    r"(?:what(?: is|['’]s)|define) an? |qu['’]est[- ]ce qu['’]une? |¿?qu[eé] es una? |was ist eine? ",
    re.IGNORECASE,
)
"""Who asks what a thing is begins anew, in however few words: "What is a worker cooperative?"."""

_GOES_ON = re.compile(
    r"(?:and|but|so|then|or|what about|how about|and what about|and how about|et|mais|y|e|pero|und)\b[\s,]*",
    re.IGNORECASE,
)
_MOST_WORDS_GOING_ON = 4
_ONLY_PLACE = re.compile(
    r"(?P<place>(?:in|at|en|au|aux|à) (?:(?:the|la|le|el) )?[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3})\s*[?.!]*"
)

_EMPTY_IT = re.compile(
    r"\bit\b(?= (?:is |was )?(?:possible|true|necessary|hard|easy|difficult|legal to|worth|takes?\b))"
    r"|(?<=\bdoes )it(?= (?:take|cost|matter)\b)",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"(?:\S*[^\s,;.:!?] ){0,11}\S+\s*[?.!]*")
"""One clause of at most a dozen words: in longer ones a pronoun may mean something of their own."""

_OWNING = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_IT = re.compile(r"\bit\b(?!['’])", re.IGNORECASE)
_THEM = re.compile(r"\b(?:they|them)\b(?!['’])", re.IGNORECASE)
_THERE = re.compile(r"\bthere\b", re.IGNORECASE)
_THAT_THING = re.compile(r"\b(?:this|that|these|those|the same) (?P<thing>[\w-]+)", re.IGNORECASE)

Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question and what was answered; the answer is empty where there was none."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as it is understood after others.

    `text` is the stand-alone question to show. `parts` are texts with their weights, to be mixed in vectors
    and words alike; `vector_parts` are mixed into the vector only.
    """

    text: str
    parts: Parts
    vector_parts: Parts = ()


def follow(text: str, earlier: Sequence[Exchange], words: int | None = None) -> Followed:
    """The question as understood after the earlier exchanges; one that stands alone is left as it is.

    With so many `words` of its own, if nothing else is said as many as a question needs, it does.
    """
    if not earlier or stands_alone(text, words or _words_needed(text, earlier[-1].question)):
        return Followed(text, ((text, 1.0),))
    before = earlier[-1]
    since = _last_alone(earlier)
    first = earlier[since].question
    context: Parts = ((first, BEFORE),)
    if before is not earlier[since]:
        context = ((before.question, BEFORE_AND_FIRST), (first, BEFORE_AND_FIRST))
    answer: Parts = ((before.answer, ANSWER),) if before.answer else ()
    return Followed(_shown(text, earlier[since:]), ((text, 1.0), *context), answer)


def _points_back(text: str) -> bool:
    """Whether something in the question stands for what was said before it.

    "Their" and "its" may stand for what the question names itself: "drivers who own their company".
    """
    for found in _POINTS_BACK.finditer(text):
        before = text[: found.start()]
        owned = _OWNED.fullmatch(found.group())
        if owned and owned.group().lower() == "its" and names_in(before):
            continue
        if owned and owned.group().lower() != "its" and any(map(_MANY.fullmatch, content_words(before))):
            continue
        return True
    return False


def stands_alone(text: str, words: int = WORDS_THAT_STAND_ALONE) -> bool:
    """Whether the question says by itself what it is about."""
    own = len({word.lower() for word in content_words(text)})
    if _points_back(text) or (own <= _MOST_WORDS_GOING_ON and _GOES_ON.match(text)):
        return False
    return own >= words or (own >= 2 and bool(_DEFINES.match(text) or names_in(text)))


def _last_alone(earlier: Sequence[Exchange]) -> int:
    """The number of the last question that stands alone, 0 if none does."""
    for number in range(len(earlier) - 1, 0, -1):
        text = earlier[number].question
        if stands_alone(text, _words_needed(text, earlier[number - 1].question)):
            return number
    return 0


def _words_needed(text: str, before: str) -> int:
    turned = language_of(text) != language_of(before)
    return WORDS_IN_ANOTHER_LANGUAGE if turned else WORDS_THAT_STAND_ALONE


def _shown(text: str, earlier: Sequence[Exchange]) -> str:
    """The stand-alone question to show, each earlier one first understood after those before it."""
    reference = earlier[0].question
    topic = topic_of(reference)
    for exchange in earlier[1:]:
        rewritten = _rewritten(exchange.question, reference, topic)
        reference = rewritten or reference
        topic = topic_of(rewritten or exchange.question)
    if rewritten := _rewritten(text, reference, topic):
        return rewritten
    says_what = topic and content_words(text) and not _points_back(text)
    return f"{text} — {topic if says_what else _shortened(reference)}"


def _rewritten(text: str, reference: str, topic: str) -> str | None:
    """The question with what it leaves out put in from the one before; None if that would not read well."""
    return (
        _elsewhere(text, reference, topic)
        or _for_another(text, reference, topic)
        or _with_topic(text, topic)
        or _with_place(text, reference)
    )


def _elsewhere(text: str, reference: str, topic: str) -> str | None:
    """ "And in France?" after a question on Italy, or on no place: the same question there."""
    place = _ONLY_PLACE.fullmatch(_GOES_ON.sub("", text, count=1))
    if not place:
        return None
    if PLACE.search(reference):
        return PLACE.sub(lambda _: place["place"], reference, count=1)
    return None if topic in names_in(reference) else f"{reference.rstrip(' ?.!')} {place['place']}?"


def _for_another(text: str, reference: str, topic: str) -> str | None:
    """ "What about Uralungal?" after a question on Mondragon: the same question on the other."""
    goes_on = _GOES_ON.match(text)
    other = text[goes_on.end() :].strip(" ?.!") if goes_on else ""
    if not other or not other[0].isupper() or len(other.split()) > _MOST_WORDS_GOING_ON:
        return None
    known = topic if topic in names_in(reference) else " ".join(place_in(reference).split()[1:])
    return reference.replace(known, other, 1) if known and known in reference else None


def _with_topic(text: str, topic: str) -> str | None:
    """The first word that stands for the topic, replaced by it."""
    if not topic or topic in text or not _SIMPLE.fullmatch(text):
        return None
    plural = topic[0].islower() and topic.endswith("s") and not topic.endswith("ss")
    name = topic[0].isupper()
    named = _THAT_THING.search(text)
    if named and named["thing"].lower().rstrip("s") in topic.lower():
        return _put(text, named, topic)
    if (owning := _OWNING.search(text)) and (name or plural == (owning.group().lower() == "their")):
        return _put(text, owning, f"{topic}'" if plural else f"{topic}'s")
    pronoun = (_THEM if plural else _IT).search(text)
    return _put(text, pronoun, topic) if pronoun and not _EMPTY_IT.search(text) else None


def _with_place(text: str, reference: str) -> str | None:
    place = place_in(reference)
    there = _THERE.search(text) if place and _points_back(text) else None
    return _put(text, there, place) if there else None


def _put(text: str, found: re.Match[str], words: str) -> str:
    if not text[: found.start()].strip(" ¿"):
        words = words[0].upper() + words[1:]
    return text[: found.start()] + words + text[found.end() :]


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rsplit(' ', 1)[0]}…"
