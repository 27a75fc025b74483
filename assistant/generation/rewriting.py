"""A follow-up question written out by a model, so that it can be understood without the conversation."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from threading import Event, Timer

from assistant.answer import Turn
from assistant.generation.failure import ModelFailure
from assistant.generation.model import LanguageModel
from assistant.generation.prompts import to_stand_alone
from assistant.question import clean
from assistant.small_talk import small_talk
from corpus.errors import QuestionError
from embeddings.terms import content_words, stem

SECONDS = 2.0
"""A reader doesn't wait longer for a better wording."""

LONGEST = 300
"""Characters: more is no question, but an answer or a speech."""

MOST_TOKENS = 120

KNOWN = 0.7
"""What must have been said before, of the question's words: a model that says other things asks its own."""

_log = logging.getLogger(__name__)


def stand_alone(
    question: str, history: Sequence[Turn], model: LanguageModel, seconds: float = SECONDS
) -> str | None:
    """The stand-alone question; None where the model fails, takes too long or asks something else."""
    late = Event()
    timer = Timer(seconds, late.set)
    timer.daemon = True
    timer.start()
    try:
        with closing(model.stream(to_stand_alone(question, history), MOST_TOKENS, late)) as pieces:
            written = "".join(piece for piece in pieces if isinstance(piece, str))
    except ModelFailure as failure:
        _log.info("%s rewrote no question: %s", model.name, failure)
        return None
    finally:
        timer.cancel()
    return _believed(written, question, history)


def _believed(written: str, question: str, history: Sequence[Turn]) -> str | None:
    """What was written, if it is one question made of words that were said."""
    lines = [line.strip() for line in written.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > LONGEST:
        return None
    try:
        asked = clean(lines[0].strip('"“”«»* '))
    except QuestionError:
        return None
    said = _stems(" ".join([question, *(turn.content for turn in history)]))
    words = _stems(asked)
    if not words or small_talk(asked) or len(words & said) < KNOWN * len(words):
        return None
    return asked


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text)))
