"""Tell which kind of test collection lies at a path, and read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.evaluation.benchmark import Benchmark
from assistant.evaluation.folder import read_folder
from assistant.evaluation.injection import FILES as ATTACK_FILES
from assistant.evaluation.injection import Attacks, read_attacks
from assistant.evaluation.questions import read_questions
from corpus.errors import EvaluationError
from corpus.resource import Resource

FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")


def read(path: Path, starter: Callable[[], Sequence[Resource]]) -> Benchmark | Attacks:
    """The test collection at `path`. Raises EvaluationError that names the file, the line and what to do."""
    if path.is_file():
        return read_questions(path, starter())
    if not path.is_dir():
        raise EvaluationError(f"{path}: no such folder or file. Give the folder of a test collection.")
    missing = [name for name in FILES if not (path / name).is_file()]
    if not missing:
        return read_folder(path)
    if all((path / name).is_file() for name in ATTACK_FILES):
        return read_attacks(path)
    if missing == ["corpus.jsonl", "qrels.tsv"]:
        raise EvaluationError(
            f"{path}: questions without readings. Ask them of another collection: "
            f"evaluate FOLDER --unanswerable {path / 'queries.jsonl'}"
        )
    raise EvaluationError(
        f"{path}: {' and '.join(missing)} missing. A test collection has {', '.join(FILES)}, "
        f"one of hidden instructions {' and '.join(ATTACK_FILES)}."
    )
