r"""The body of a reading in Markdown: text, headings, and footnotes that name a sentence's own source.

In notes a line is one sentence. Elsewhere lines are joined into paragraphs, as Markdown does; a
backslash at the end of a line keeps the break. `\#`, `\[` and `\\` stand for the signs themselves.
A footnote mark gives a source to the words before it, back to the mark before or the line's start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.check import ADDRESS_REMEDY, is_web_address, shown
from corpus.front_matter import Report
from corpus.resource import Section, Source

_HEADING = re.compile(r"#{1,6}\s+(\S.*?)(?:\s+#+)?")
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:\s*(.*)")
_TOKEN = re.compile(r"\\(?P<sign>[\\#\[])|\[\^(?P<label>[^\]\s]+)\]")
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
_NEW_BLOCK = re.compile(r"[-*+>]\s|\||\d+[.)]\s")


@dataclass(slots=True)
class Body:
    """What the body says, and where; offsets are into `text`. `unsourced` are lines without a footnote."""

    sections: list[Section] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unsourced: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The text without any markup."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Continue the text."""
        self.parts.append(text)
        self.length += len(text)


@dataclass(slots=True)
class _Footnote:
    url: str
    line: int
    used: bool = False


@dataclass(slots=True)
class _Block:
    """One line of the text, from one or more lines of the file, and what stands before it."""

    line: int
    raw: str
    separator: str
    headings: tuple[str, ...]

    def goes_on_with(self, raw: str) -> bool:
        """Whether the next line of the file belongs to the same paragraph."""
        broken = self.raw.endswith("\\") and _HARD_BREAK.search(self.raw)
        return not broken and not _NEW_BLOCK.match(raw)


def read_body(markdown: str, first_line: int, notes: bool, report: Report) -> Body:
    """The body; marks without a source and sources without a mark are reported."""
    lines = [(number, line.strip()) for number, line in enumerate(markdown.split("\n"), first_line)]
    footnotes = _footnotes(lines, report)
    text_lines = [(number, "" if _DEFINITION.fullmatch(line) else line) for number, line in lines]
    body = Body()
    for block in _blocks(text_lines, joined=not notes):
        _append(body, block, footnotes, report)
    for label, footnote in footnotes.items():
        if not footnote.used:
            wrong = f"No sentence uses the source [^{shown(label)}]."
            report(footnote.line, wrong, "Put the mark at the end of its sentence, or remove this line.")
    return body


def _footnotes(lines: Sequence[tuple[int, str]], report: Report) -> dict[str, _Footnote]:
    footnotes: dict[str, _Footnote] = {}
    for number, line in lines:
        definition = _DEFINITION.fullmatch(line)
        if not definition:
            continue
        label, url = definition.groups()
        if label in footnotes:
            report(
                number, f"The footnote [^{shown(label)}] has a second source.", "Give each its own number."
            )
        elif not is_web_address(url):
            report(number, f"The source '{shown(url)}' is not a web address.", ADDRESS_REMEDY)
        footnotes.setdefault(label, _Footnote(url, number))
    return footnotes


def _blocks(lines: Sequence[tuple[int, str]], joined: bool) -> Iterator[_Block]:
    """The lines of the text; at the end an empty one, if headings are left over."""
    block: _Block | None = None
    headings: list[str] = []
    for number, line in lines:
        heading = _HEADING.fullmatch(line)
        if not line or heading:
            if block:
                yield block
            block = None
            if heading:
                headings.append(_TOKEN.sub(lambda token: token["sign"] or token.group(), heading[1]))
        elif block and joined and block.goes_on_with(line):
            block.raw += "\n" + line
        else:
            if block:
                yield block
            block = _Block(number, line, "\n" if block else "\n\n", tuple(headings))
            headings.clear()
    if block:
        yield block
    if headings:
        yield _Block(0, "", "", tuple(headings))


def _append(body: Body, block: _Block, footnotes: dict[str, _Footnote], report: Report) -> None:
    """Add the block's headings, words and sources to the body."""
    body.add(block.separator if body.length else "")
    body.sections.extend(Section(body.length, heading) for heading in block.headings)
    raw = _HARD_BREAK.sub(r"\1", block.raw)
    text = ""
    position = sentence = 0
    for token in _TOKEN.finditer(raw):
        text += raw[position : token.start()]
        position = token.end()
        if token["sign"]:
            text += token["sign"]
            continue
        text = text.rstrip()
        words = text[sentence:].lstrip()
        line = block.line + raw.count("\n", 0, token.start())
        url = _source(token["label"], words, footnotes, line, report)
        end = body.length + len(text)
        body.sources.append(Source(end - len(words), end, url))
        sentence = len(text)
    text = (text + raw[position:]).rstrip()
    if text[sentence:].strip():
        body.unsourced.append(block.line)
    body.add(text.replace("\n", " "))


def _source(label: str, words: str, footnotes: dict[str, _Footnote], line: int, report: Report) -> str:
    """The address of a footnote mark; reported if there is none, or nothing that it is the source of."""
    if label not in footnotes:
        wrong = f"The footnote [^{shown(label)}] has no source."
        report(line, wrong, f"Add a line '[^{shown(label)}]: https://…' at the end, or remove the mark.")
        return ""
    footnotes[label].used = True
    if not words:
        wrong = f"The footnote mark [^{shown(label)}] follows no words of its own."
        report(line, wrong, "Put it at the end of its sentence; a sentence has one source.")
    return footnotes[label].url
