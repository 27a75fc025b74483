"""Text in a page that its readers never see: it is taken out before anything is read.

By its own attributes and inline styles, and by the page's simple rules for classes and ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.markup import attributes, local_name, remove

_NEVER_SHOWN_NAMES = (
    "applet audio base canvas dialog embed head iframe link math meta "
    "noscript object param script source style svg template video"
)
_NEVER_SHOWN = frozenset(_NEVER_SHOWN_NAMES.split())
_HIDING = re.compile(
    r"""(?:^|;|\s)(?:
        display\s*:\s*none
        | visibility\s*:\s*(?:hidden|collapse)
        | font-size\s*:\s*0*(?:\.0*)?[01]?(?:\.\d+)?(?:px|pt)?\s*(?:!|;|$)
        | font-size\s*:\s*0+(?:\.0\d*)?(?:em|rem|%)
        | opacity\s*:\s*0*(?:\.0\d*)?\s*(?:!|;|$)
        | (?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}
        | clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?
        | color\s*:\s*transparent
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?:^|;|\s)color\s*:\s*(?:white|#f[c-f]f[c-f]f[c-f]|#fff|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^@{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)


def remove_hidden(root: Any) -> None:  # noqa: ANN401, lxml has no types
    """Take every element out of the page that is not shown."""
    rules = set(_hiding_rules(root))
    for element in list(root.iter()):
        if element is root or local_name(element) == "body":
            continue
        if not local_name(element) or _is_hidden(element, rules):
            remove(element)


def _is_hidden(element: Any, rules: set[tuple[str, str]]) -> bool:  # noqa: ANN401
    name, values = local_name(element), attributes(element)
    if name in _NEVER_SHOWN:
        return not (name == "dialog" and "open" in values)
    if "hidden" in values or (name == "input" and values.get("type") == "hidden"):
        return True
    style = values.get("style", "")
    if style and (_HIDING.search(style) or (_WHITE.search(style) and not _has_background(element))):
        return True
    names = [(".", part) for part in values.get("class", "").split()] + [("#", values.get("id", ""))]
    return any(own in rules for own in names)


def _has_background(element: Any) -> bool:  # noqa: ANN401
    """Whether the element, or one around it, has a colour or picture behind it."""
    around = [element, *element.iterancestors()]
    return any(
        _BACKGROUND.search(attributes(outer).get("style", "")) or "bgcolor" in attributes(outer)
        for outer in around
    )


def _hiding_rules(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """The classes (.) and ids (#) that the page's own style sheets hide on every screen."""
    for style in root.iter("style"):
        css = _AT_RULE.sub("", _COMMENT.sub("", etree.tostring(style, method="text", encoding="unicode")))
        for selectors, declarations in _RULE.findall(css):
            if not _HIDING.search(declarations):
                continue
            for selector in selectors.split(","):
                if simple := _SIMPLE.fullmatch(selector.strip()):
                    yield simple[2], simple[3]
