"""Whether the reason given for a reading is true, judged without the code that gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Reading
from corpus.resource import Resource

_FIELDS = {"also with ": "people", "also on ": "topics", "also in ": "places"}
_BETWEEN = re.compile(r"(?:, |^|$| and )+")


def is_true(reading: Reading, others: Sequence[Resource]) -> bool:
    """Whether the reading says what it is said to say, or shares it all with one of the others."""
    said, quotes, quoted = reading.why.partition(": ")
    if quotes and said.startswith("says"):
        return quoted.removesuffix(" …") in reading.resource.text
    return any(
        all(_shares(part, reading.resource, other) for part in reading.why.split("; ")) for other in others
    )


def _shares(part: str, one: Resource, other: Resource) -> bool:
    """Whether the part of a reason names nothing but what stands in the same field of both readings."""
    for beginning, field in _FIELDS.items():
        if part.startswith(beginning):
            named = part.removeprefix(beginning)
            common = set(getattr(one, field)) & set(getattr(other, field)) - {"Global"}
            for item in sorted(common, key=len, reverse=True):
                named = named.replace(item, "\n")
            return "\n" in named and not _BETWEEN.sub("", named.replace("\n", ""))
    return False
