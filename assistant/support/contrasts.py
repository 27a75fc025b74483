"""Two things that are set against each other: what is said of the one may not be said of the other."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Tokens, common, own_words

_CONTRASTS = words("contrasts")
_FEWEST_CROSSED = 3
"""Words that are found on the other side; one less where the sentence is divided by such a word itself."""


def contrasts_are_not_crossed(evidence: Evidence) -> bool:
    """ "Unions do A, while cooperatives do B" is not told as "cooperatives do A, unions B".

    Each half of the sentence then shares words with both halves of the passage's, and other ones.
    """
    halves = [pair for line in evidence.lines for pair in _halves(line) if pair[1][0].text in _CONTRASTS]
    return not any(_are_crossed(said, given) for said in _halves(evidence.sentence) for given in halves)


def _halves(tokens: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
    """What stands before a clause begins, and from there on."""
    for at in range(1, len(tokens)):
        if tokens[at].clause != tokens[at - 1].clause:
            yield tokens[:at], tokens[at:]


def _are_crossed(said: tuple[Tokens, Tokens], given: tuple[Tokens, Tokens]) -> bool:
    first, second = own_words(*said), own_words(*reversed(said))
    given_first, given_second = own_words(*given), own_words(*reversed(given))
    straight = common(first, given_first), common(second, given_second)
    across = common(first, given_second), common(second, given_first)
    fewest = _FEWEST_CROSSED - (said[1][0].text in _CONTRASTS)
    return all(straight) and all(across) and min(sum(straight), sum(across)) >= fewest
