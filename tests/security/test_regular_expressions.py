"""No regular expression of the program takes more than its share of time over what somebody has written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from time import thread_time

import pytest

from tests.security.test_source import FILES, ROOT

LENGTHS = (*range(12, 32, 2), 48, 64, 128, 256, 512, 1024, 2000)
"""Each is tried only where the one before was quick, so that none that explodes is waited for: what doubles
with each character takes four times as long at the next length. A time limit by a signal is no way out, since
Python's matcher can crash after one that was raised in it."""

SECONDS = 0.25
"""Of this thread, for 2,000 characters: what grows with the square of the length takes a tenth of it, and
what grows faster takes more."""

_MAKING = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_FLAGS = {
    "DOTALL": re.DOTALL,
    "IGNORECASE": re.IGNORECASE,
    "MULTILINE": re.MULTILINE,
    "VERBOSE": re.VERBOSE,
    "ASCII": re.ASCII,
}
SEEDS = (
    *(
        "a",
        "A",
        "0",
        " ",
        "\n",
        ".",
        ",",
        "-",
        "_",
        "/",
        "(",
        "[",
        "{",
        "<",
        ">",
        "'",
        '"',
        "“",
        "’",
        ":",
        "&",
    ),
    *(
        "a ",
        "a.",
        "a,",
        "a-",
        "A.",
        "A ",
        "Aa ",
        "0.",
        "0,",
        "0 ",
        "0-",
        "a'",
        "é",
        "中",
        "\u200b",
        "\t ",
        " \n",
    ),
    *(
        "http://a.",
        "www.a",
        "a@a.",
        "[1]",
        "[1, ",
        "(1",
        "[^",
        "【1】",
        "<a ",
        "<a href=",
        "&amp",
        "&#0",
        "\\a{",
    ),
    *(
        "of the ",
        "and ",
        "No. 1 ",
        "a b c. ",
        "per cent ",
        "1 000 ",
        "x, y and ",
        "not ",
        "----",
        "| a ",
        "## a\n",
    ),
)
ENDS = ("", "\x00!")


def _patterns() -> Iterator[tuple[str, str, int, bool]]:
    """Every pattern that is written out in the source: where, the pattern, its flags, if it is looked for."""
    for file in FILES:
        source = file.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if ast.unparse(node.func.value) != "re" or node.func.attr not in _MAKING or not node.args:
                continue
            written = _text(node.args[0])
            if written is not None:
                rest = " ".join(ast.unparse(part) for part in [*node.args[1:], *node.keywords])
                flags = sum(flag for name, flag in _FLAGS.items() if f"re.{name}" in rest)
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield where, written, flags, _is_looked_for(node, source)


def _is_looked_for(node: ast.Call, source: str) -> bool:
    """Whether the pattern is tried at each place of a text, and not at its beginning only."""
    assert isinstance(node.func, ast.Attribute)
    used = {node.func.attr}
    if node.func.attr == "compile":
        line = source.splitlines()[node.lineno - 1]
        name = line.partition("=")[0].partition(":")[0].strip()
        used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)", source)) if name.isidentifier() else set()
    return not used or not used <= {"match", "fullmatch"}


def _text(node: ast.expr) -> str | None:
    """The words of a literal; in an f-string a word stands for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "word" for part in node.values)
        return "".join(map(str, parts))
    return None


PATTERNS = sorted(set(_patterns()))


def _seconds(pattern: re.Pattern[str], text: str, *, looked_for: bool) -> float:
    """The time to find all there is."""
    began = thread_time()
    if looked_for:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return thread_time() - began


def _slow(pattern: re.Pattern[str], seed: str, end: str, *, looked_for: bool = True) -> str:
    """What it is slow over; '' where it is not."""
    for length in LENGTHS:
        text = (seed * (length // len(seed) + 1))[:length] + end
        if _seconds(pattern, text, looked_for=looked_for) > SECONDS:
            return f"{length} characters of {seed!r} and {end!r}"
    return ""


def test_the_source_has_patterns_to_try() -> None:
    assert len(PATTERNS) > 60


@pytest.mark.parametrize(
    ("written", "flags", "looked_for"), [one[1:] for one in PATTERNS], ids=[one[0] for one in PATTERNS]
)
def test_no_pattern_takes_long_over_any_text(written: str, flags: int, looked_for: bool) -> None:
    pattern = re.compile(written, flags)
    for seed in SEEDS:
        for end in ENDS:
            assert not _slow(pattern, seed, end, looked_for=looked_for)


@pytest.mark.parametrize("written", [r"(a+)+$", r"(?:\w+\s*)+:", r"(?:\w\s*)*(?:\w\s*)*(?:\w\s*)*:"])
def test_a_pattern_that_explodes_is_noticed(written: str) -> None:
    assert _slow(re.compile(written), "a", "!")
