"""The README's command line is the program's."""

from __future__ import annotations

from tests.readme_commands import BEGIN, END, README, block, shown, with_block


def test_the_readme_shows_the_commands_as_they_are() -> None:
    assert shown(README.read_text("utf-8")) == block(), "Run `python -m tests.readme_commands`."


def test_every_command_is_shown_with_its_options() -> None:
    text = block()
    assert "ask       get a cited answer" in text
    assert "python -m assistant export [-h] --format {bibtex,ris,csl-json,markdown}" in text


def test_only_what_stands_between_the_marks_is_written() -> None:
    readme = f"# Title\n\n{BEGIN}\nold\n{END}\n\n## Licence\n"
    assert with_block(readme, "new\n") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\n## Licence\n"
    assert shown("# Title\n") is None
