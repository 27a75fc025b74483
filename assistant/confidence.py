"""How sure it is that the collection answers a question, from 0 to 1, and from where on it is answered.

One logistic model for every collection, and one for questions in other languages than the vectors know; how
they were found and what they do is in docs/quality.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

THRESHOLD = 0.5
"""Less sure than this, a question is not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for an answer, of its first sentence unless said otherwise.

    closeness       the best sum, over all sentences, of the cosines of sentence and passage with the question
    context         the share of the question that is met in or around it (`Matches.in_context`)
    mass            how much the question says (`Matches.mass`)
    titled          cosine of "Title: sentence" with the question
    asks            whether the question asks for a certain kind of thing: a date, a number, a name …
    held            how well the sentence holds such a thing, 0 to 1
    number_missing  whether a number of the question stands in neither its passage nor its title
    most_missing    the most idf that one word of the question leaves unmet in or around it
    subject         how near the question is to what the passages have in common: its product with their mean
    """

    closeness: float
    context: float
    mass: float
    titled: float
    asks: bool
    held: float
    number_missing: bool
    most_missing: float
    subject: float


def confidence(evidence: Evidence, *, follows: bool = False, foreign: bool = False) -> float:
    """The model's probability that the question is answered.

    One that is only understood after others (`follows`) is met in fewer words, since it counts theirs too.
    The vectors know English: of a question in another language (`foreign`) they tell little, and the words
    that are met count for more.
    """
    matched = evidence.context * math.log1p(evidence.mass)
    logit = _foreign(evidence, matched) if foreign else _english(evidence, matched, follows)
    return 1 / (1 + math.exp(-logit))


def _english(evidence: Evidence, matched: float, follows: bool) -> float:
    return (
        -9.5
        + 4.6 * evidence.closeness
        + 2.6 * evidence.context
        + 1.3 * matched
        + 3.2 * evidence.titled
        - 0.7 * evidence.asks
        - 0.7 * evidence.asks * (1 - evidence.held)
        - 1.9 * evidence.number_missing
        - 0.16 * evidence.most_missing
        + 5.0 * evidence.subject
        + 1.25 * follows
    )


def _foreign(evidence: Evidence, matched: float) -> float:
    return (
        -11.9
        + 3.0 * evidence.closeness
        + 5.7 * matched
        + 4.5 * evidence.titled
        - 0.9 * evidence.asks
        - 0.8 * evidence.asks * (1 - evidence.held)
        - 1.25 * evidence.number_missing
    )
