"""Why a reading is offered, in the page's language. The assistant gives reasons in English."""

from __future__ import annotations

import re

from assistant.web.labels import label_of
from assistant.web.strings import ENGLISH, Strings

_PART = re.compile(
    r"also with (?P<people>.+)"
    r"|also on (?P<topic>.+?)(?:, in (?P<place>[^,]+))?"
    r"|also in (?P<alone>.+)"
    r"|both mention (?P<terms>.+)"
)
_SAYS = re.compile(r"(?P<how>says|says something near): (?P<words>.+)", re.DOTALL)


def reason_in(why: str, strings: Strings) -> str:
    """The reason in these words; what is in no known form stays as it is, and what a reading says always."""
    if strings is ENGLISH:
        return why
    if says := _SAYS.fullmatch(why):
        return str(strings.reasons[says["how"]].format(says["words"]))
    return "; ".join(_part(part, strings) for part in why.split("; "))


def _part(part: str, strings: Strings) -> str:
    found = _PART.fullmatch(part)
    if not found:
        return part
    words, conjunction = strings.reasons, f" {strings.reasons['and']} "
    if people := found["people"]:
        return str(words["people"].format(people.replace(" and ", conjunction)))
    if terms := found["terms"]:
        return str(words["terms"].format(terms.replace("” and “", f"”{conjunction}“")))
    if alone := found["alone"]:
        return str(words["place"].format(label_of("place", alone, strings)))
    topic = words["topic"].format(label_of("topic", found["topic"], strings))
    place = found["place"]
    return f"{topic}, {words['where'].format(label_of('place', place, strings))}" if place else str(topic)
