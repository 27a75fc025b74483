"""A reading as the Markdown file that `corpus.collection` reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from corpus.check import FIELDS
from corpus.resource import Resource

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_SIGNS = re.compile(r"\\|\[(?=\^)|^#")
_SIGNS_IN_HEADING = re.compile(r"[\\#]|\[(?=\^)")
_LINE = re.compile(r"[^\n]+")
_NO_FOLDING = 1_000_000


def to_markdown(resource: Resource) -> str:
    """Header, text under its headings, and footnotes. Pages are not kept: Markdown has none."""
    numbers: dict[str, int] = {}
    body = "".join(_body(resource, numbers))
    footnotes = "".join(f"[^{number}]: {url}\n" for url, number in numbers.items())
    return f"---\n{_header(resource)}---\n\n{body}\n" + (f"\n{footnotes}" if footnotes else "")


def _header(resource: Resource) -> str:
    lines = []
    for name in FIELDS:
        value = getattr(resource, name)
        if value:
            # YAML would read an unquoted date as a date and 2012 as a number.
            style = '"' if name == "date" else None
            lines.append(f"{name}:{_yaml(value, style)}")
    return "\n".join(lines) + "\n"


def _yaml(value: str | bool | tuple[str, ...], style: str | None = None) -> str:
    if isinstance(value, tuple):
        return "".join(f"\n  -{_yaml(item)}" for item in value)
    dumped: str = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, width=_NO_FOLDING, default_style=style)
    return " " + dumped.removesuffix("\n...\n").strip()


def _body(resource: Resource, numbers: dict[str, int]) -> Iterator[str]:
    """The pieces of the text; `numbers` collects the footnotes' addresses."""
    sections = list(resource.sections)
    end = 0
    for line in _LINE.finditer(resource.text):
        has_heading = bool(sections) and sections[0].start <= line.start()
        if end:
            yield _separator(resource, end, line.start(), has_heading)
        while sections and sections[0].start <= line.start():
            yield _heading(sections.pop(0).heading) + "\n\n"
        yield _marked(resource, line.start(), line.end(), numbers)
        end = line.end()
    for section in sections:
        yield "\n\n" + _heading(section.heading)


def _separator(resource: Resource, end: int, start: int, has_heading: bool) -> str:
    if has_heading or start - end > 1:
        return "\n\n"
    return "\n" if resource.notes else "\\\n"


def _heading(text: str) -> str:
    return "## " + _SIGNS_IN_HEADING.sub(r"\\\g<0>", text)


def _marked(resource: Resource, start: int, end: int, numbers: dict[str, int]) -> str:
    """One line of the text with its footnote marks."""
    written = ""
    for source in resource.sources:
        if source.start < end and source.end > start:
            stop = min(source.end, end)
            written += _SIGNS.sub(r"\\\g<0>", resource.text[start:stop])
            written += f"[^{numbers.setdefault(source.url, len(numbers) + 1)}]"
            start = stop
    return written + _SIGNS.sub(r"\\\g<0>", resource.text[start:end])
