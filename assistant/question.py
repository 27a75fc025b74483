"""What the reader asks: cleaned, understood after what was said before, with its intent and language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Intent, Turn
from assistant.followup import WORDS_OF_A_SUBJECT, Exchange, Followed, Parts, follow
from assistant.intent import readings_topic, sides_of, wants_list
from assistant.language import language_of
from assistant.preamble import without_preamble
from assistant.small_talk import SmallTalk, small_talk, without_opening
from assistant.topic import content_words
from assistant.wanted import ANY, Wanted, narrows, wanted_in
from corpus.errors import QuestionError

MAX_QUESTION_CHARACTERS = 4000

EXCHANGES_REMEMBERED = 12
"""Earlier exchanges that a question can refer to."""

ANYTHING = "worker cooperatives"
"""What is looked for when readings are asked for without any subject."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and what it means.

    `text` is what the reader typed, cleaned; `understood_as` is the stand-alone question that is shown and
    can be edited. `parts` are the texts that are searched, with weights: the first is the question itself,
    or the subject of a request for readings, with weight 1. `vector_parts` go into the vector only.
    `sides` are the things a comparison is about; `wanted` which readings a request is for, of those on its
    subject, or `without_subject` of all there are.
    """

    text: str
    understood_as: str
    intent: Intent
    language: str
    parts: Parts
    vector_parts: Parts = ()
    small_talk: SmallTalk | None = None
    wants_list: bool = False
    sides: tuple[str, ...] = ()
    wanted: Wanted = ANY
    without_subject: bool = False

    @property
    def follows(self) -> bool:
        """Whether it is a question that is only understood after what was said before."""
        return self.intent == "question" and len(self.parts) > 1


def understand(question: str, history: Sequence[Turn] = ()) -> Question:
    """The question after what was said before. Raises QuestionError if it is empty or too long."""
    text = clean(question)
    if talk := small_talk(text):
        return Question(
            text=text,
            understood_as=text,
            intent="small talk",
            language=language_of(text),
            parts=((text, 1.0),),
            small_talk=talk,
        )
    asked = without_opening(text)
    earlier = _exchanges(history)
    if narrowed := narrows(asked, _subject_before(history)):
        return replace(understand(narrowed), text=text)
    topic, wanted = _requested(asked)
    if topic is not None:
        return _request(text, asked, topic, wanted, earlier)
    followed = follow(asked, earlier)
    (own, weight), *others = followed.parts
    return Question(
        text=text,
        understood_as=followed.text,
        intent="question",
        language=language_of(" ".join(part for part, _ in followed.parts)),
        parts=((without_preamble(own), weight), *others),
        vector_parts=followed.vector_parts,
        wants_list=wants_list(asked),
        sides=sides_of(followed.text),
    )


def clean(question: str) -> str:
    """The question on one line, in ordinary letters, without characters that can't be seen.

    Raises QuestionError if nothing is left, or more than `MAX_QUESTION_CHARACTERS`.
    """
    if len(question) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters, and {MAX_QUESTION_CHARACTERS:,} can be taken. "
            "Ask about the part that matters most."
        )
    text = _visible(question)
    if not text:
        raise QuestionError("The question is empty. Type a question, or a few words.")
    return text


def _visible(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text[:MAX_QUESTION_CHARACTERS])
    seen = (letter for letter in normal if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return _SPACE.sub(" ", "".join(seen)).strip()[:MAX_QUESTION_CHARACTERS]


def _requested(asked: str) -> tuple[str | None, Wanted]:
    """The subject of a request for readings, and which are wanted on it; None if it is no such request."""
    wanted, unnarrowed = wanted_in(asked)
    if wanted and (topic := readings_topic(unnarrowed, narrowed=True)) is not None:
        return topic, wanted
    return readings_topic(asked), ANY


def _subject_before(history: Sequence[Turn]) -> str | None:
    """What readings were asked for on last, '' for any; None where something else was asked since."""
    subject: str | None = None
    for turn in history:
        asked = without_opening(_visible(turn.content)) if turn.role == "user" else ""
        if asked and not narrows(asked, subject):
            subject = _requested(asked)[0]
    return subject


def _request(text: str, asked: str, topic: str, wanted: Wanted, earlier: Sequence[Exchange]) -> Question:
    """A request for readings. Without a subject it is about what was asked before, or says which it wants."""
    has_subject = bool(content_words(topic))
    earlier = earlier if has_subject or not wanted else ()
    if has_subject:
        followed = follow(topic, earlier, WORDS_OF_A_SUBJECT)
    else:
        subject = earlier[-1].question if earlier else ANYTHING
        followed = Followed(subject.rstrip(" ?.!"), ((subject, 1.0),))
    as_typed = followed.text == topic or (wanted and not has_subject)
    return Question(
        text=text,
        understood_as=asked if as_typed else f"Find readings about {followed.text}",
        intent="readings",
        language=language_of(asked),
        parts=followed.parts,
        vector_parts=followed.vector_parts,
        wanted=wanted,
        without_subject=not (has_subject or earlier),
    )


def _exchanges(history: Sequence[Turn]) -> list[Exchange]:
    """The latest questions with their answers, without small talk; of a request for readings its subject."""
    found: list[Exchange] = []
    in_small_talk = False
    for turn in history:
        content = _visible(turn.content)
        if turn.role == "user":
            in_small_talk = small_talk(content) is not None
            if not in_small_talk:
                asked = without_opening(content)
                found.append(Exchange(_requested(asked)[0] or asked))
        elif found and not in_small_talk:
            found[-1] = Exchange(found[-1].question, content)
    return found[-EXCHANGES_REMEMBERED:]
