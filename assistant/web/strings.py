"""Every word that the page itself says, in each language of the page; the words stand in `strings/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "strings"


class Strings:
    """The words of one language, each by its name: `strings.ask`. AttributeError for a name that is none."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a text, a list of forms or a mapping
        try:
            return self.words[name]
        except KeyError:
            raise AttributeError(f"strings/*.yaml has no {name!r}.") from None

    def number(self, number: int) -> str:
        """`1,166` as this language writes it."""
        return f"{number:,}".replace(",", self.thousands)

    def counted(self, number: int, forms: Sequence[str]) -> str:
        """`1 reading`, `1,166 notes`; of none, French speaks in the singular."""
        one = number == 1 or (number == 0 and self.code == "fr")
        return forms[0 if one else 1].format(self.number(number))


def _load(file: Path) -> Strings:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
    return Strings(yaml.load(file.read_bytes(), loader))  # noqa: S506, a safe loader


LANGUAGES: Mapping[str, Strings] = {code: _load(_FOLDER / f"{code}.yaml") for code in ("en", "fr", "es")}
"""By ISO 639-1 code, in the order of the switch."""

ENGLISH = LANGUAGES["en"]


def preferred(accept_language: str | None) -> str:
    """The first language of an Accept-Language header that the page has, by weight; English for none."""
    wanted: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        found = re.fullmatch(r"\s*([A-Za-z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d+)?))?\s*", part)
        if found and float(found[2] or 1):
            wanted.append((-float(found[2] or 1), found[1].lower()))
    wanted.sort(key=lambda entry: entry[0])
    return next((code for _, code in wanted if code in LANGUAGES), ENGLISH.code)
