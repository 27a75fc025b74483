"""A sentence beside a passage: which words of the one stand where in the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.support.lexicon import words
from assistant.support.rounding import rounded
from assistant.support.tokens import Token, parse

_LINKS = words("links")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What every rule looks at. `lines` are the passage's sentences, `near` those that best tell a clause."""

    sentence: tuple[Token, ...]
    passage: tuple[Token, ...]
    lines: tuple[tuple[Token, ...], ...]
    near: dict[int, tuple[Token, ...]]
    known: frozenset[str]
    initials: tuple[str, ...]
    spelled_out: frozenset[str]

    @classmethod
    def of(cls, sentence: str, passage: str) -> Evidence:
        """Read both, and find for each clause of the sentence where the passage tells most of it."""
        given = parse(passage)
        said = rounded(parse(sentence), given)
        by_line: dict[int, list[Token]] = {}
        for token in given:
            by_line.setdefault(token.sentence, []).append(token)
        lines = tuple(tuple(line) for line in by_line.values())
        known = frozenset(key for token in given for key in token.keys)
        near = {clause: _nearest(said, clause, lines) for clause in {token.clause for token in said}}
        return cls(said, given, lines, near, known, _initials(given), _spelled_out(said, given))

    def matches(self, token: Token) -> list[Token]:
        """The passage's tokens that mean the same as this one of the sentence, wherever they stand."""
        return [other for other in self.passage if token.matches(other)]

    def near_matches(self, token: Token) -> list[Token]:
        """The same, only in those sentences of the passage that tell most of the token's clause."""
        found = [other for other in self.near[token.clause] if token.matches(other)]
        return [other for other in found if other.stem == token.stem] or found

    def covered(self, token: Token) -> bool:
        """Whether the passage has this word at all, or a name's initials, or the name of these initials."""
        return self.is_initials(token) or not self.known.isdisjoint(token.keys)

    def is_initials(self, token: Token) -> bool:
        """Whether a name is short for names of the passage, or a part of what its initials are short for."""
        if token.kind != "name" or not self.known.isdisjoint(token.keys):
            return False
        long = len(token.text) > 2
        return token.text in self.spelled_out or (long and any(token.text in run for run in self.initials))


def _nearest(said: tuple[Token, ...], clause: int, lines: tuple[tuple[Token, ...], ...]) -> tuple[Token, ...]:
    """The tokens of the lines that share most with the clause, and with the whole sentence half as much."""
    scores = []
    for line in lines:
        keys = {key for token in line if token.content for key in token.keys}
        shared = [token for token in said if token.content and not keys.isdisjoint(token.keys)]
        scores.append(sum(1.0 if token.clause == clause else 0.5 for token in shared))
    best = max(scores, default=0.0)
    return tuple(token for line, score in zip(lines, scores, strict=True) if score >= best for token in line)


def _runs(tokens: tuple[Token, ...]) -> Iterator[list[Token]]:
    """Names that stand together, with no more than an "of the" between them: "Congress of Trade Unions"."""
    run: list[Token] = []
    for token in tokens:
        if token.kind == "name":
            run.append(token)
        elif token.text not in _LINKS:
            yield run
            run = []
    yield run


def _initials(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple("".join(token.text[0] for token in run) for run in _runs(tokens) if len(run) > 1)


def _spelled_out(said: tuple[Token, ...], given: tuple[Token, ...]) -> frozenset[str]:
    """The words of those names in the sentence whose initials the passage has."""
    known = {token.text for token in given if token.kind == "name"}
    runs = (run for run in _runs(said) if len(run) > 1 and "".join(token.text[0] for token in run) in known)
    return frozenset(token.text for run in runs for token in run)
