"""The command line: `python -m assistant COMMAND`. Reads it, runs the command, explains what went wrong.

Exit codes: 0 done, 1 not done (the reason is on standard error), 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from assistant.commands.adding_options import add_options
from assistant.commands.filters import add_filters
from corpus.errors import CoopAssistantError, LanguageModelError, QuestionError, UnknownReading
from corpus.reference import FORMATS

if TYPE_CHECKING:
    from assistant.generation.models import ModelAddress
    from embeddings.encoder import Encoder

FAILED, WRONG_USE, INTERRUPTED, CLOSED_PIPE = 1, 2, 130, 141

PROGRAM = "python -m assistant"


def main(arguments: Sequence[str] | None = None, encoder: Encoder | None = None) -> int:
    """Run one command and give the exit code. `encoder` stands in for the model of the settings."""
    _write_utf8()
    try:
        return _run(arguments, encoder)
    except (argparse.ArgumentError, QuestionError, UnknownReading) as error:
        return _explain(str(error), WRONG_USE)
    except CoopAssistantError as error:
        return _explain(str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read has had enough. What is still buffered goes nowhere, so that exiting can't complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def _run(arguments: Sequence[str] | None, encoder: Encoder | None) -> int:
    try:
        options = make_parser().parse_args(arguments)
        return _command(options.run)(options, encoder)
    finally:
        sys.stdout.flush()  # here, where a closed pipe can still be answered


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to look."""

    def error(self, message: str) -> NoReturn:
        message = message[:1].upper() + message[1:]
        self.exit(WRONG_USE, f"{message.rstrip('.')}. `{self.prog} --help` shows what can be asked.\n")


def make_parser() -> argparse.ArgumentParser:
    """Every command and option; `run` names the function that does it, imported when it is called."""
    parser = _Parser(prog=PROGRAM, description="Ask a collection of readings on worker cooperatives.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: str, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=f"{about[:1].upper()}{about[1:]}.")
        added.set_defaults(run=run)
        return added

    _add_serve(command("serve", "serving.serve", "open the page for a browser"))
    command("mcp", "mcp.serve", "serve tools over standard input and output, for MCP clients")
    _add_ask(command("ask", "asking.ask", "get a cited answer"))
    _add_json(command("models", "models.models", "try the language models that may write answers"))
    _add_search(command("search", "finding.search", "find passages, best first"))
    _add_similar(command("similar", "finding.similar", "find readings like one that you know"))
    _add_export(command("export", "finding.export", "write readings as references"))
    add_options(command("add", "adding.add", "add your own readings: files, folders and pages"))
    _add_fetch(command("fetch", "fetching.fetch", "make what readings link to their text, word for word"))
    _add_linked(command("links", "links.links", "find addresses that are dead or have moved"))
    _add_json(command("status", "status.status", "tell what is kept, in which state, how large and how old"))
    _add_ids(command("remove", "keeping.remove", "take readings out of the collection"))
    command("rebuild", "keeping.rebuild", "encode every reading again, after damage or a change of model")
    _add_json(command("verify", "verifying.check", "check that everything kept is what was written"))
    _add_file(command("backup", "backing_up.backup", "write all readings to one file"))
    _add_file(command("restore", "backing_up.restore", "put back what a backup holds"))
    _add_json(command("feedback", "feedback.feedback", "show what readers said of answers"))
    _add_evaluate(command("evaluate", "measuring.measure", "measure on a test collection"))
    _add_json(command("settings", "settings.settings", "list what is set, from where, and what else can be"))
    _add_password(command("password", "settings.password", "make a line for the file of who may sign in"))
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen at (default: ASSISTANT_HOST, or 127.0.0.1)")
    parser.add_argument("--port", type=_port, help="port (default: ASSISTANT_PORT, or 7860)")
    parser.add_argument("--public", action="store_true", help="serve other machines without a sign-in")


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="in quotes")
    batch = 'a file with {"question": "…", "history": [{"role": "user", "content": "…"}]} on each line'
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help=f"{batch}; history may be left out")
    _add_json(parser)
    models = "a name or form of ASSISTANT_MODEL, or extract for no model"
    parser.add_argument("--model", type=_writer, metavar="MODEL", help=f"who writes the answer: {models}")
    add_filters(parser)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORDS", help="in quotes")
    _add_number(parser)
    _add_json(parser)
    add_filters(parser)


def _add_similar(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="RESOURCE_ID", help="the reading to start from")
    _add_number(parser)
    _add_json(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_ids(parser)
    parser.add_argument("--format", required=True, choices=list(FORMATS), help="how they are written")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FOLDER|QUESTIONS.jsonl", help="the test collection")
    parser.add_argument(
        "--unanswerable", type=Path, metavar="FILE.jsonl", help="questions that it does not answer"
    )
    parser.add_argument("--limit", type=_positive, metavar="N", help="ask at most N questions of each sort")
    _add_json(parser)


def _add_fetch(parser: argparse.ArgumentParser) -> None:
    _add_linked(parser)
    parser.add_argument("--all", action="store_true", help="every reading of which there are notes")
    parser.add_argument("--refresh", action="store_true", help="look for new versions of what was fetched")


def _add_linked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="RESOURCE_ID", help="`search` and `similar` show ids")
    parser.add_argument("--allow-private", action="store_true", help="also addresses of your own network")
    _add_json(parser)


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="who signs in; the password is asked for")


def _add_ids(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="RESOURCE_ID", help="`search` and `similar` show ids")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")


def _add_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-k", type=_positive, default=10, metavar="N", help="at most so many (default: %(default)s)"
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 5 or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port. Choose one between 1024 and 65535")
    return int(text)


def _writer(text: str) -> tuple[ModelAddress, ...]:
    from assistant.generation.models import named_models  # here, where it is wanted
    from assistant.settings import Settings

    try:
        return named_models(text, Settings.load().model)
    except LanguageModelError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _command(run: str) -> Callable[[argparse.Namespace, Encoder | None], int]:
    module, _, name = run.partition(".")
    found: Callable[[argparse.Namespace, Encoder | None], int] = getattr(
        import_module(f"assistant.commands.{module}"), name
    )
    return found


def _write_utf8() -> None:
    """Whatever the terminal's code page: JSON is UTF-8, and no letter that can't be shown ends a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _explain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
