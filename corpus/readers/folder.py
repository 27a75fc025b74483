"""The files in a folder and the folders in it, without hidden ones and without ways out."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.readers.names import words_in
from corpus.readers.outcome import Skipped

_HIDDEN_NAMES = ("Thumbs.db", "desktop.ini")


def files_below(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Every file that is not hidden, and what can't be entered. Links are neither followed nor files."""
    root = folder.resolve()
    problems: list[OSError] = []
    files: list[Path] = []
    skipped: list[Skipped] = []
    for current, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(current, name).is_symlink()]
        for path in (Path(current, name) for name in (*names, *links)):
            if path.name.startswith(".") or path.name in _HIDDEN_NAMES:
                continue
            if not path.is_symlink():
                files.append(path)
            elif not _leads_inside(path, root):
                skipped.append(
                    Skipped(_shown(path, folder), "It leads out of the folder. Add the file itself.")
                )
    for problem in problems:
        path = Path(problem.filename or folder)
        skipped.append(Skipped(_shown(path, folder), f"The folder can't be read: {problem.strerror}."))
    return files, skipped


def _leads_inside(link: Path, root: Path) -> bool:
    """Whether the link leads to what is found in the folder anyway."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _shown(path: Path, folder: Path) -> str:
    return words_in(str(path.relative_to(folder.parent)), 500) or "?"
