"""The YAML header of a Markdown file: flat fields, each a text or a list of texts, with their lines.

YAML is read event by event and never built into objects: tags, anchors, aliases and nesting are
refused as they appear, so that no header can run code, grow without end or exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Report = Callable[[int, str, str], None]
"""Takes note of a problem: its line, what is wrong, what to do."""

FENCE = "---"
FIRST_LINE = 2
"""The header's first line in the file, after the opening fence."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, soft hyphens, zero-width marks, direction marks and overrides, and invisible
# tags; joiners go only after Latin letters, since several scripts are spelled with them.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]|(?<=[\x00-\u024f])[\u200c\u200d]"
)


@dataclass(frozen=True, slots=True)
class Field:
    """What stands under one name: `values` are pairs of text and line; `many` tells a list from a text."""

    line: int
    values: tuple[tuple[str, int], ...]
    many: bool


def plain(text: str) -> str:
    """The text without characters that can't be seen and only mislead; every line ends in a newline."""
    return _HIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def split_header(markdown: str) -> tuple[str, str, int] | None:
    """The header, the body and the body's first line; nothing if the file has no header."""
    lines = markdown.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None


def read_fields(header: str, report: Report) -> tuple[dict[str, Field], bool]:
    """The fields, and whether they are all; otherwise it is reported where reading broke off."""
    fields: dict[str, Field] = {}
    try:
        for name, field in _pairs(yaml.parse(header, Loader=_LOADER)):
            if name in fields:
                report(field.line, f"The field '{name}' stands here a second time.", "Keep one of them.")
            fields[name] = field
        return fields, True
    except _UnexpectedError as error:
        report(error.line, error.wrong, "Write 'name: text', or 'name:' and a list of texts under it.")
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + FIRST_LINE if mark else FIRST_LINE
        reason = getattr(error, "problem", None) or "a character is not allowed"
        report(line, f"The header is not valid YAML: {reason}.", "Put texts with special signs in quotes.")
    return fields, False


class _UnexpectedError(Exception):
    """The header holds something that is not a field."""

    def __init__(self, event: yaml.Event, wrong: str) -> None:
        self.line = _line(event)
        self.wrong = wrong
        super().__init__(wrong)


def _pairs(events: Iterator[yaml.Event]) -> Iterator[tuple[str, Field]]:
    """Names and fields of the one mapping that the header is."""
    next(events), next(events)  # the stream's and the document's start
    opening = next(events, None)
    if opening is None:
        return
    if not isinstance(opening, yaml.MappingStartEvent) or _is_special(opening):
        raise _UnexpectedError(opening, "The header is not a list of fields.")
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name, line = _scalar(event)
        yield name, _field(line, next(events), events)
    next(events)
    trailing = next(events)
    if not isinstance(trailing, yaml.StreamEndEvent):
        raise _UnexpectedError(trailing, "The header has a second part.")


def _field(line: int, event: yaml.Event, events: Iterator[yaml.Event]) -> Field:
    if not isinstance(event, yaml.SequenceStartEvent) or _is_special(event):
        return Field(line, tuple(value for value in [_scalar(event)] if value[0]), many=False)
    values = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            break
        values.append(_scalar(item))
    return Field(line, tuple(value for value in values if value[0]), many=True)


def _scalar(event: yaml.Event) -> tuple[str, int]:
    """The text, on one line, and its line in the file; an empty text for null."""
    if not isinstance(event, yaml.ScalarEvent) or _is_special(event):
        raise _UnexpectedError(event, "A field holds something other than a text or a list of texts.")
    is_null = event.implicit[0] and event.value in ("~", "null")
    text = "" if is_null else " ".join(plain(event.value).split())
    return text, _line(event)


def _line(event: yaml.Event) -> int:
    """The event's line in the file."""
    return FIRST_LINE + (event.start_mark.line if event.start_mark else 0)


def _is_special(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
    """Whether the node has a tag or an anchor, which a header has no use for."""
    return event.tag is not None or event.anchor is not None
