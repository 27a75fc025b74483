"""Names and numbers that must stay with what the passage says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.support.evidence import Evidence
from assistant.support.lexicon import words
from assistant.support.tokens import Token, common

_BE, _OF = words("be"), words("of")


def directions_agree(evidence: Evidence) -> bool:
    """From A to B is not from B to A."""
    if _turned(evidence):
        return False
    said = list(_from_to(evidence.sentence))
    given = [pair for line in evidence.lines for pair in _from_to(line)]
    return not any(a.matches(y) and b.matches(x) for a, b in said for x, y in given)


def _turned(evidence: Evidence) -> bool:
    """Whether "a loan to the cooperative" is called "a loan from the cooperative"."""
    said = set(_directed(evidence.sentence))
    given = {directed for line in evidence.lines for directed in _directed(line)}
    return any(
        (one, way, two) not in given and (one, "from" if way == "to" else "to", two) in given
        for one, way, two in said
    )


def _directed(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """A word, "to" or "from", and the next word of the same clause."""
    for before, way, *after in zip(tokens, tokens[1:], tokens[2:], (*tokens[3:], None), strict=False):
        if way.text not in ("to", "from") or not before.content:
            continue
        goal = next((t for t in after if t is not None and t.content and t.clause == way.clause), None)
        if goal:
            yield before.stem, way.text, goal.stem


def _from_to(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for at, token in enumerate(tokens):
        counts = token.text == "de" and any(t.number for t in tokens[at + 1 : at + 2])
        if not counts and token.text not in ("from", "desde"):
            continue
        to = next(
            (i for i in range(at + 2, min(at + 14, len(tokens))) if tokens[i].text in ("to", "hasta", "a")),
            None,
        )
        if to is None:
            continue
        start = next((t for t in tokens[at + 1 : to] if t.content), None)
        end = next((t for t in tokens[to + 1 : to + 4] if t.content), None)
        if start and end:
            yield start, end


def members_are_not_wholes(evidence: Evidence) -> bool:
    """ "A is one of the parts of B" is not said where the passage says that B is one of A's."""
    said = set(_memberships(evidence.sentence))
    return not any((whole, part) in said for line in evidence.lines for part, whole in _memberships(line))


def _memberships(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Pairs of names A and B out of "A is the … of B" and "A, the … of B"."""
    for at, token in enumerate(tokens[1:], start=1):
        is_said = token.text in _BE or (
            token.text in ("the", "a", "one") and token.clause == tokens[at - 1].clause + 1
        )
        if not is_said:
            continue
        clause = tokens[at - 1].clause
        parts = {other.stem for other in tokens[:at] if other.clause == clause and other.kind == "name"}
        later = range(at + 1, min(at + 12, len(tokens)))
        first = next(
            (i for i in later if tokens[i].clause == token.clause and tokens[i].kind == "name"), None
        )
        if first is not None and any(other.text in _OF for other in tokens[first - 2 : first]):
            yield from ((part, tokens[first].stem) for part in parts)


def nothing_is_crossed(evidence: Evidence) -> bool:
    """Two names or numbers, each in a clause of its own, don't change places."""
    anchors = [
        token for token in evidence.sentence if token.kind in ("name", "number") and token.text != "one"
    ]
    for at, one in enumerate(anchors):
        for two in anchors[at + 1 :]:
            apart = one.clause != two.clause and one.kind == two.kind and not one.matches(two)
            if apart and any(_crosses(evidence.sentence, one, two, line) for line in evidence.lines):
                return False
    return True


def _crosses(said: Sequence[Token], one: Token, two: Token, line: Sequence[Token]) -> bool:
    """Whether what is said of one is given of two, and the other way about."""
    clauses: dict[int, list[Token]] = {}
    for token in line:
        clauses.setdefault(token.clause, []).append(token)
    ones = [words for words in clauses.values() if any(one.matches(word) for word in words)]
    twos = [words for words in clauses.values() if any(two.matches(word) for word in words)]
    if not ones or not twos or any(words in twos for words in ones):
        return False
    of_one = [t for t in said if t.clause == one.clause and t.kind == "word"]
    of_two = [t for t in said if t.clause == two.clause and t.kind == "word"]
    straight = max(common(of_one, words) for words in ones) + max(common(of_two, words) for words in twos)
    crossed = max(common(of_one, words) for words in twos), max(common(of_two, words) for words in ones)
    return all(crossed) and sum(crossed) > straight + 1
