"""What a sentence may not say unless the passage does: names, words, denials, opposites, quantities."""

from __future__ import annotations

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Token

NEW_WORDS = 0.3
"""The share of a sentence's words that the passage may lack; chosen on the tuning pairs."""

_ALL, _PART, _MOST, _LESS_THAN_MOST = words("all"), words("part"), words("most"), words("less_than_most")
_NONE, _ONLY, _EXCLUDE = words("none"), words("only"), words("exclude")
_OBLIGED, _MUST, _MAY = words("obliged"), words("must"), words("may")
_BOUNDS = words("bounds")


def names_are_there(evidence: Evidence) -> bool:
    """Every name is in the passage, by itself or by another form that is known for it."""
    return all(evidence.covered(token) for token in evidence.sentence if token.kind == "name")


def words_are_covered(evidence: Evidence) -> bool:
    """Nearly all that the sentence says stands in the passage."""
    content = [token for token in evidence.sentence if token.content]
    new = [token for token in content if not evidence.covered(token)]
    return bool(content) and len(new) <= NEW_WORDS * len(content) and len(content) - len(new) >= 2


def denials_agree(evidence: Evidence) -> bool:
    """What is denied in one is not affirmed in the other."""
    denied = {token.clause for token in evidence.sentence if token.negated}
    given = {token.clause for token in evidence.passage if token.negated}
    turned = {token.clause for token in evidence.sentence if _said_by_denying_the_opposite(evidence, token)}
    for token in evidence.sentence:
        matches = evidence.near_matches(token) if token.kind == "word" and token.clause not in turned else []
        if not matches:
            continue
        if token.negated and all(match.clause not in given for match in matches):
            return False
        if token.clause not in denied and all(match.negated for match in matches):
            return False
    return True


def _said_by_denying_the_opposite(evidence: Evidence, token: Token) -> bool:
    """Whether one says "slower" where the other says "not as fast"."""
    near = evidence.near[token.clause]
    return not evidence.near_matches(token) and any(
        token.opposes(t) and token.negated != t.negated for t in near
    )


def no_antonym(evidence: Evidence) -> bool:
    """No word stands where the passage has its opposite, unless one of both is denied."""
    for at, token in enumerate(evidence.sentence):
        if token.kind in ("number", "name") or not token.opposites or _is_bound(evidence.sentence, at):
            continue
        near = evidence.near[token.clause]
        known = bool(evidence.near_matches(token))
        for place, other in enumerate(near):
            opposed = token.opposes(other) and token.negated == other.negated and not _is_bound(near, place)
            if opposed and (not known or _of_the_same(evidence.sentence, at, near, place)):
                return False
    return True


def _of_the_same(said: tuple[Token, ...], at: int, given: tuple[Token, ...], place: int) -> bool:
    """Whether two opposites are said of the same next word: "rising incomes", "falling incomes"."""
    both = said[at + 1 : at + 2], given[place + 1 : place + 2]
    return all(tokens and tokens[0].kind == "word" for tokens in both) and both[0][0].stem == both[1][0].stem


def _is_bound(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether this word belongs to a number: "more than 400", "at least ten", "a majority of 51 per cent"."""
    return any(token.number for token in tokens[at + 1 : at + 3]) and tokens[at].text in _BOUNDS


def quantities_agree(evidence: Evidence) -> bool:
    """All, most, none, only and must are said where the passage says them."""
    said = {token.text for token in evidence.sentence}
    near = {token.text for tokens in evidence.near.values() for token in tokens}
    if said & _ALL and not near & _ALL and (near & _PART):
        return False
    if _part_is_called_all(evidence):
        return False
    if _said_of_all(evidence.sentence) and not near & _ALL and _is_a_share(evidence):
        return False
    if "none" in said and not near & _NONE and near & (_PART | _ALL):
        return False
    if _excludes(evidence.sentence) and not near & _ONLY:
        return False
    if said & _OBLIGED and not near & _MUST and near & _MAY:
        return False
    return not (said & _MOST and not near & (_MOST | _ALL) and near & _LESS_THAN_MOST)


def _said_of_all(tokens: tuple[Token, ...]) -> bool:
    """Whether something is said of all, or of none, and not of a share: "half of all workers"."""
    for at, token in enumerate(tokens):
        of_a_share = any(t.number for t in tokens[max(0, at - 2) : at])
        if token.text == "none" or (token.text in _ALL and not of_a_share):
            return True
    return False


def _part_is_called_all(evidence: Evidence) -> bool:
    """Whether "all unions" is said where the passage tells of "many unions", and never of all."""
    for at, token in enumerate(evidence.sentence[:-1]):
        counted = next((t for t in evidence.sentence[at + 1 : at + 4] if t.kind == "word"), None)
        if token.text not in _ALL or counted is None:
            continue
        near = evidence.near[counted.clause]
        told = [
            {t.text for t in near[max(0, place - 2) : place]}
            for place, other in enumerate(near)
            if counted.matches(other)
        ]
        if any(before & _PART for before in told) and not any(before & _ALL for before in told):
            return True
    return False


def _is_a_share(evidence: Evidence) -> bool:
    """Whether the passage counts a share that is not the whole."""
    numbers = [token.number for tokens in evidence.near.values() for token in tokens if token.number]
    return any(n.measure == "%" and n.value < 100 for n in numbers)


def _excludes(tokens: tuple[Token, ...]) -> bool:
    """Whether "only" or its like is said, other than of a number."""
    return any(
        token.text in _EXCLUDE and not any(t.number for t in tokens[at + 1 : at + 2])
        for at, token in enumerate(tokens)
    )
