"""Text and Markdown files, however they were saved."""

from __future__ import annotations

import pytest

from corpus.collection import parse
from corpus.readers.content import UnreadableError
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.writer import to_markdown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert read_text("Señores, voilà l’été…".encode(encoding)).text == "Señores, voilà l’été…"


def test_lines_that_a_margin_broke_are_joined_and_others_kept() -> None:
    wrapped = (
        "The members of the cooperative met in the hall of the town and elec-\nted a new board that day."
    )
    assert read_text(wrapped.encode()).text == wrapped.replace("-\n", "")
    assert read_text(b"Roses are red\nViolets are blue\n\n\nThe end").text == (
        "Roses are red\nViolets are blue\n\nThe end"
    )


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not text"):
        read_text(b"GIF89a\0\0\0")


def test_the_marks_of_markdown_are_no_words() -> None:
    markdown = (
        "Title\n=====\n\n**Bold** and _soft_ and `code` and [a link](https://x.org/a_b) and "
        "![a picture](p.png).\n\n<!-- hidden -->\n> quoted\n\n```python\nsnake_case_name = 2*3*4\n```\n\n"
        "| A | B |\n|---|:-:|\n| 1 | 2 |\n\n"
        "* * *\n\n- an item\n- <b>another</b> <https://y.org>\n"
    )
    content = read_markdown(markdown.encode(), "a.md")

    assert [section.heading for section in content.sections] == ["Title"]
    assert content.text == (
        "Bold and soft and code and a link and a picture.\n\nquoted\n\nsnake_case_name = 2*3*4\n\n"
        "A | B\n1 | 2\n\n- an item\n- another https://y.org"
    )


def test_a_header_of_another_program_is_understood_as_far_as_it_goes() -> None:
    header = "title: 'A: b'\nauthors: [Ana Ruiz, Tim Huet]\nyear: 2012\nlang: fr-CA\nnested: {a: 1}\n"
    found = read_markdown(f"---\n{header}---\nWords.\n".encode(), "a.md").found

    assert (found.title, found.people, found.date, found.language) == (
        "A: b",
        ("Ana Ruiz", "Tim Huet"),
        "2012",
        "fr",
    )


def test_a_reading_that_was_exported_comes_back_as_it_was() -> None:
    text = (
        "---\ntitle: A\nkind: news\nlanguage: en\nurl: https://example.org/a\nnotes: true\n---\n\n"
        "## Part\n\nOne note.[^1]\nAnother note.\n\n[^1]: https://example.org/b\n"
    )
    resource = parse(text, "a", "a.md")

    content = read_markdown(to_markdown(resource).encode(), "a.md")

    assert (content.text, content.sections, content.sources) == (
        resource.text,
        resource.sections,
        resource.sources,
    )
    assert content.notes, "notes are never shown as quotations"
    assert content.found.kind == "news"
