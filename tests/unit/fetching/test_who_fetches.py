"""Fetching is from the command line only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
SERVED = ("app.py", "assistant/web", "assistant/api", "assistant/service")


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, at its top or later; a name may be a module or be in one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(module: str) -> Iterator[Path]:
    """The file of a module of ours, and those of the packages around it."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        path = ROOT.joinpath(*parts[:length])
        yield from (file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file())


def test_nothing_that_the_page_or_the_service_could_run_is_able_to_fetch() -> None:
    served = [ROOT / name for name in SERVED]
    waiting = [file for path in served for file in ([path] if path.is_file() else path.rglob("*.py"))]
    imports: dict[Path, Path | None] = dict.fromkeys(waiting)
    while waiting:
        importing = waiting.pop()
        for file in (file for module in imported(importing) for file in files_of(module)):
            if file not in imports:
                imports[file] = importing
                waiting.append(file)
    assert len(imports) > 50
    assert {str(by) for file, by in imports.items() if "corpus/fetching" in file.as_posix()} == set()


def test_the_readers_and_the_store_fetch_nothing_because_a_document_says_so() -> None:
    for folder in ("corpus", "embeddings"):
        for file in (ROOT / folder).rglob("*.py"):
            if "fetching" not in file.parts:
                assert not {"corpus.fetching", "http.client", "urllib.request", "requests", "httpx"} & set(
                    imported(file)
                ), file
