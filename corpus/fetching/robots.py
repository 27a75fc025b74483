"""What a robots.txt allows (RFC 9309), and how often its host wants to be asked.

The standard library's reader takes `*` and `$` for letters and the first rule for the right one, so
that it would fetch what `Disallow: /*.pdf$` forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

LONGEST_ROBOTS = 500 * 1024
"""Bytes that are read of a robots.txt: as many as RFC 9309 asks for."""

_DELAY = "crawl-delay"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class Rule:
    """Paths that begin so; `*` stands for anything, `$` for the end."""

    pattern: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us, and how many seconds to leave between two requests, if it says."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None

    def allows(self, target: str) -> bool:
        """Whether the path and query may be fetched: the longest rule decides, and `Allow` in a draw."""
        target = _normalised(target)
        fitting = [rule for rule in self.rules if _fits(rule.pattern, target)]
        return not fitting or max(fitting, key=lambda rule: (len(rule.pattern), rule.allowed)).allowed


def parse_robots(text: str, agent: str) -> Robots:
    """What the text says to the program named `agent`, or else to all programs."""
    agent = agent.lower()
    groups: dict[str, list[tuple[str, str]]] = {agent: [], "*": []}
    named: set[str] = set()  # which of the two the present group is for
    ours, naming = "*", False
    for field, value in _lines(text):
        if field == "user-agent":
            named = (named if naming else set()) | (groups.keys() & {value.lower()})
            ours, naming = agent if agent in named else ours, True
        elif field in ("allow", "disallow", _DELAY):
            naming = False
            for name in named:
                groups[name].append((field, value))
    rules = (Rule(_normalised(value), field == "allow") for field, value in groups[ours] if field != _DELAY)
    delays = (_seconds(value) for field, value in groups[ours] if field == _DELAY)
    # An empty `Disallow:` forbids nothing.
    return Robots(tuple(rule for rule in rules if rule.pattern), max(filter(None, delays), default=None))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text, re.ASCII) else None


def _normalised(text: str) -> str:
    """Written in one way: letters that need no escape without one, all others with."""
    text = quote(text, safe="/%:=&?~#+!$,;'@()*[]|")

    def unescaped(escape: re.Match[str]) -> str:
        letter = chr(int(escape[1], 16))
        return letter if _UNRESERVED.fullmatch(letter) else escape[0].upper()

    return _ESCAPE.sub(unescaped, text)


def _fits(pattern: str, target: str) -> bool:
    """One walk along the target, whatever the pattern: no expression that could be made to take for ever."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    last = others.pop() if others and anchored else None
    position = len(first)
    for part in others:
        position = target.find(part, position)
        if position < 0:
            return False
        position += len(part)
    if last is not None:
        return target.endswith(last) and position <= len(target) - len(last)
    return not anchored or position == len(target)
