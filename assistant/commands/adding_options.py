"""The options of `add`; apart from its work, so that the command line is read quickly."""

from __future__ import annotations

from argparse import ArgumentParser

OF_TEXT = ("title", "kind", "publisher", "date", "language", "url")
OF_SEVERAL = {"people": "people", "places": "place", "topics": "topic"}
"""Fields that hold several values, and the option that gives one of them."""


def add_options(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="PATH|URL",
        help="PDF, HTML, DOCX, EPUB, Markdown, text, a ZIP or a folder of those; BibTeX, RIS or CSL-JSON; "
        "or the address of one",
    )
    about = parser.add_argument_group("about the readings", "In place of what the files say of themselves.")
    for name in OF_TEXT:
        about.add_argument(f"--{name}", metavar=name.upper())
    for name in OF_SEVERAL.values():
        about.add_argument(
            f"--{name}", action="append", default=[], metavar=name.upper(), help="may be given several times"
        )
    parser.add_argument("--ocr", action="store_true", help="recognise the letters of scanned PDFs (ocrmypdf)")
    parser.add_argument("--allow-private", action="store_true", help="also addresses of your own network")
    parser.add_argument(
        "--workers",
        metavar="ADDRESS",
        help="have a Ray encode the texts: ray://HOST:PORT, or ray://local for one on this machine",
    )
    parser.add_argument("--json", action="store_true", help="for programs")
