"""What a model writes, piece by piece, as text and citation marks. Nothing is handed on before it is whole.

Marks: [1] [1, 2] [1][2] 【1】 [^1] [Source 1], and (1) when alone. Numbers of no source are dropped;
years in brackets and whatever stands in code is left as it is. Out of the text are taken images, HTML, the
targets of links, addresses, what a model says to itself in <think>, and characters that can't be seen.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from assistant.generation.brackets import LONGEST_TARGET, can_be_seen, target, until

LONGEST_MARK = 60
LONGEST_TAG = 600
"""Characters; what is longer is none."""

_WORD = r"(?:sources?|passages?|readings?|documents?|docs?|refs?|references?)"
_MARK = re.compile(
    rf"\^?\s*(?:{_WORD}\.?\s*:?\s*)?\^?(\d+(?:\s*(?:[,;&]|and)\s*(?:{_WORD}\s*)?\^?\d+)*)(?:†[^】]*)?\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[12]\d{3}(?:\s*[,;]\s*[12]\d{3})*")
_ALONE = re.compile(r"\((\d{1,2})\)")
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)|<!|<\?")
_ADDRESS_STARTS = ("http://", "https://", "ftp://", "www.")
_ADDRESS_END = re.compile(r"[\s<>\"“”`【】|]")
_AFTER_ADDRESS = ".,;:!?)]}'’"
_UNSAID = frozenset({"think", "thinking", "script", "style"})
"""Tags whose content is no part of the answer."""

_TRIGGERS = re.compile(r"[\[【(!<`hHfFwW]")


@dataclass(frozen=True, slots=True)
class Mark:
    """The numbers of the sources that a mark names; () where it names none that there are."""

    numbers: tuple[int, ...]


Event = str | Mark
_Verdict = tuple[int, list[Event]] | None
"""How many characters are decided and what they are; None where more has to come first."""


class MarkParser:
    """Reads one answer. However it is cut into pieces, the events come to the same."""

    def __init__(self, known: Container[int]) -> None:
        self._known = known
        self._waiting = ""
        self._code = ""
        self._unsaid = ""
        self._last = ""
        self._last_said = ""

    def feed(self, piece: str) -> list[Event]:
        """What is certain after this piece."""
        self._waiting += "".join(sign for sign in piece if can_be_seen(sign))
        return self._certain(final=False)

    def end(self) -> list[Event]:
        """What is left when nothing more comes."""
        return self._certain(final=True)

    def _certain(self, *, final: bool) -> list[Event]:
        events: list[Event] = []
        while self._waiting and (verdict := self._decided(self._waiting, final)):
            length, found = verdict
            self._remember(self._waiting[:length], found)
            self._waiting = self._waiting[length:]
            events += found
        return merged(events)

    def _remember(self, taken: str, found: list[Event]) -> None:
        """What stands before the next character: the last one, and the last one that is said in this line."""
        self._last = taken[-1]
        said = "".join(event for event in found if isinstance(event, str))
        if "\n" in said:
            self._last_said, said = "", said.rpartition("\n")[2]
        self._last_said = said.rstrip()[-1:] or self._last_said

    def _decided(self, text: str, final: bool) -> _Verdict:
        if self._unsaid:
            return self._in_unsaid(text, final)
        if self._code:
            return self._in_code(text, final)
        trigger = _TRIGGERS.search(text)
        if not trigger:
            return len(text), [text]
        if trigger.start():
            return trigger.start(), [text[: trigger.start()]]
        match text[0]:
            case "[":
                return self._bracket(text, final)
            case "【":
                return self._lenticular(text, final)
            case "(":
                return self._parenthesis(text, final)
            case "!":
                return self._exclamation(text, final)
            case "<":
                return self._tag(text, final)
            case "`":
                return self._backticks(text, final)
        return self._address(text, final)

    def _bracket(self, text: str, final: bool) -> _Verdict:
        inner = until(text, "]", final)
        if inner is None:
            return None
        if not inner:
            return 1, ["["]
        label, after = inner[1:-1], len(inner)
        if after == len(text) and not final:
            return None  # a target may follow
        link = target(text[after:], final)
        if link is None:
            return None
        if mark := self._mark(label):
            return after + len(link), [mark]
        return (after + len(link), [_without_marks(label)]) if link else (1, ["["])

    def _lenticular(self, text: str, final: bool) -> _Verdict:
        inner = until(text, "】", final)
        if inner is None:
            return None
        mark = self._mark(inner[1:-1])
        return (len(inner), [mark]) if mark else (1, ["【"])

    def _mark(self, label: str) -> Mark | None:
        match = _MARK.fullmatch(label) if len(label) <= LONGEST_MARK else None
        return self._known_of(match[1]) if match and not _YEAR.fullmatch(label) else None

    def _known_of(self, numbers: str) -> Mark:
        named = dict.fromkeys(map(int, re.findall(r"\d+", numbers)))
        return Mark(tuple(number for number in named if number in self._known))

    def _parenthesis(self, text: str, final: bool) -> _Verdict:
        """A number alone in parentheses, after words, is a mark unless the sentence goes on after it."""
        match = _ALONE.match(text)
        if not match:
            waits = not final and re.fullmatch(r"\(\d{0,2}", text)
            return None if waits else (1, ["("])
        after = text[match.end() :].lstrip(" \t")
        if not after and not final:
            return None
        enumerates = not self._last_said or self._last_said in ":;,-–—" or self._last.isdigit()
        goes_on = after[:1].islower() or after[:1].isdigit()
        return (1, ["("]) if enumerates or goes_on else (match.end(), [self._known_of(match[1])])

    def _exclamation(self, text: str, final: bool) -> _Verdict:
        if text == "!" and not final:
            return None
        if not text.startswith("!["):
            return 1, ["!"]
        label = until(text[1:], "]", final)
        if label is None or (label and 1 + len(label) == len(text) and not final):
            return None
        link = target(text[1 + len(label) :], final) if label else ""
        if link is None:
            return None
        return (1 + len(label) + len(link), []) if link else (1, ["!"])

    def _tag(self, text: str, final: bool) -> _Verdict:
        if text in ("<", "</") and not final:
            return None
        match = _TAG.match(text)
        if not match:
            return 1, ["<"]
        end = text.find(">", 0, LONGEST_TAG)
        if end < 0:
            return (1, []) if final or len(text) >= LONGEST_TAG else None
        name = (match[1] or "").casefold()
        if name in _UNSAID and text[1] != "/":
            self._unsaid = f"</{name}>"
        return end + 1, []

    def _in_unsaid(self, text: str, final: bool) -> _Verdict:
        end = text.casefold().find(self._unsaid)
        if end >= 0:
            length = end + len(self._unsaid)
            self._unsaid = ""
            return length, []
        certain = len(text) if final else len(text) - len(self._unsaid)
        return (certain, []) if certain > 0 else None

    def _backticks(self, text: str, final: bool) -> _Verdict:
        run = text[: len(text) - len(text.lstrip("`"))]
        if len(run) == len(text) and not final:
            return None
        self._code = run
        return len(run), [run]

    def _in_code(self, text: str, final: bool) -> _Verdict:
        """To the same backticks that opened it; what is in a line ends with the line."""
        fence = self._code
        end = text.find(fence) + len(fence) if fence in text else 0
        line = text.find("\n") + 1 if len(fence) < 3 else 0
        if ends := [place for place in (end, line) if place]:
            self._code = ""
            return min(ends), [text[: min(ends)]]
        certain = len(text) if final else len(text) - len(fence) + 1
        return (certain, [text[:certain]]) if certain > 0 else None

    def _address(self, text: str, final: bool) -> _Verdict:
        begun = text[: len("https://")].casefold()
        if self._last.isalnum() or not any(
            start.startswith(begun) or begun.startswith(start) for start in _ADDRESS_STARTS
        ):
            return 1, [text[0]]
        if not begun.startswith(_ADDRESS_STARTS):
            return (1, [text[0]]) if final or len(begun) < len(text) else None
        end = _ADDRESS_END.search(text)
        if not end and not final and len(text) < LONGEST_TARGET:
            return None
        address = text[: end.start() if end else LONGEST_TARGET]
        return len(address.rstrip(_AFTER_ADDRESS)), []


def merged(events: list[Event]) -> list[Event]:
    """The same with neighbouring texts as one."""
    together: list[Event] = []
    for event in events:
        if isinstance(event, str) and together and isinstance(together[-1], str):
            together[-1] += event
        elif event:
            together.append(event)
    return together


def _without_marks(label: str) -> str:
    parser = MarkParser(())
    return "".join(event for event in (*parser.feed(label), *parser.end()) if isinstance(event, str))
