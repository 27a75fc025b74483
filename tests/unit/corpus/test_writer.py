"""A reading that is written as Markdown and read again is the same reading."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Resource, Section, Source, parse, to_markdown

# Signs that mean something in Markdown or YAML, among ordinary ones.
_WORD = st.text(
    st.sampled_from("ab\\#[^1]:-*+>|\"'{}&!%@`é…中👩") | st.characters(codec="utf-8", categories=("L", "N")),
    min_size=1,
)
_LINE = st.lists(_WORD, min_size=1, max_size=6).map(" ".join)
_URL = st.sampled_from(("https://example.org/1", "http://example.org/a?b=c#d...", "https://example.org/(x)"))


@st.composite
def _resources(draw: st.DrawFn) -> Resource:
    """Readings of lines, some with a source or a heading of their own, as notes and as own words."""
    text = ""
    sections, sources = [], []
    for line in draw(st.lists(_LINE, min_size=1, max_size=6)):
        heading = draw(st.none() | _LINE)
        if text:
            text += "\n\n" if heading else draw(st.sampled_from(("\n", "\n\n")))
        if heading:
            sections.append(Section(len(text), heading))
        if url := draw(st.none() | _URL):
            sources.append(Source(len(text), len(text) + len(line), url))
        text += line
    return Resource(
        id="a",
        title=draw(_LINE),
        kind="news",
        language="en",
        text=text,
        notes=draw(st.booleans()),
        people=tuple(draw(st.lists(_LINE, max_size=2))),
        publisher=draw(st.none() | _LINE),
        date=draw(st.sampled_from((None, "2012", "2012-03", "2012-03-04"))),
        topics=draw(st.sampled_from(((), ("finance", "history")))),
        url="https://example.org/page",
        listed_by_ilo=draw(st.booleans()),
        sections=tuple(sections),
        sources=tuple(sources),
    )


@settings(deadline=None)
@given(_resources())
def test_reading_what_was_written_gives_the_same_reading(resource: Resource) -> None:
    assert parse(to_markdown(resource), "a", "a.md") == resource


def test_a_date_is_always_written_in_quotes() -> None:
    base = Resource(id="a", title="T", kind="news", language="en", text="T.")

    for date in ("2012", "2012-03", "2012-03-04"):
        assert f'\ndate: "{date}"\n' in to_markdown(replace(base, date=date))


def test_one_address_has_one_footnote() -> None:
    sources = tuple(Source(start, start + 2, "https://example.org/1") for start in (0, 3))
    base = Resource(id="a", title="T", kind="news", language="en", text="A.\nB.", notes=True, sources=sources)

    assert to_markdown(base).endswith("A.[^1]\nB.[^1]\n\n[^1]: https://example.org/1\n")
