"""What the README says about the command line, made from the commands' own help.

python -m tests.readme_commands      writes it between two marks of README.md
"""

from __future__ import annotations

import io
import os
import re
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from assistant.cli import main

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- commands:begin -->", "<!-- commands:end -->"

WIDTH = 100

_BETWEEN = re.compile(f"{BEGIN}\n(.*?){END}", re.DOTALL)


def block() -> str:
    """The commands, and how each is used."""
    commands = _help().partition("  COMMAND\n")[2].rstrip()
    names = re.findall(r"^ {4}(\w+)", commands, re.MULTILINE)
    usages = [_help(name).partition("\n\n")[0].removeprefix("usage: ") for name in names]
    return "\n".join(["```", *(line.removeprefix("    ") for line in commands.split("\n")), "```"]) + (
        "\n\n" + "\n".join(["```", *(usage.replace("\n       ", "\n") for usage in usages), "```"]) + "\n"
    )


def shown(readme: str) -> str | None:
    """What stands between the marks; None where there are no marks."""
    found = _BETWEEN.search(readme)
    return found and found.group(1)


def with_block(readme: str, text: str) -> str:
    """The README with this text between its marks."""
    return _BETWEEN.sub(lambda _: f"{BEGIN}\n{text}{END}", readme)


def _help(*command: str) -> str:
    printed = io.StringIO()
    with patch.dict(os.environ, COLUMNS=str(WIDTH)), redirect_stdout(printed):
        try:
            main([*command, "--help"])
        except SystemExit:
            return printed.getvalue()
    raise AssertionError("--help did not end the program")


if __name__ == "__main__":
    README.write_text(with_block(README.read_text("utf-8"), block()), "utf-8")
