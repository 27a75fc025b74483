"""Measure the product on every test collection and show the figures in the README.

    python tests/benchmarks/quality.py BENCHMARKS_FOLDER [QUESTIONS.jsonl …]
        [--only NAME …] [--limit N] [--homes FOLDER]

Each collection's figures are written to quality.json as soon as they are there, then all of them between two
marks in README.md. A quick look (--limit) is printed and changes no file. With --homes nothing is encoded
again in later runs, which then don't measure how fast that is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from assistant.evaluation import Bars, Product, evaluate, table
from assistant.evaluation.shipped import shipped
from corpus.errors import CoopAssistantError
from embeddings.encoder import open_encoder

FIGURES = Path(__file__).with_name("quality.json")
README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"

COMPARED = ("cranfield", "med", "npl", "pubmedqa", "selqa", "squad")
"""The collections whose mean nDCG@10 is compared with other methods, by the first part of their names."""

Figures = Mapping[str, Mapping[str, Any]]


def block(figures: Figures) -> str:
    """What the README says about these results, which are in JSON form by collection."""
    results = [figures[name] for name in sorted(figures)]
    compared = [result for result in results if result["collection"].split("-")[0] in COMPARED]
    parts = [table(results)]
    if compared:
        mean = fmean(result["ndcg@10"] for result in compared)
        names = ", ".join(result["collection"] for result in compared)
        parts.append(f"Mean nDCG@10 of {names}: **{mean:.3f}**.")
    return "\n\n".join(parts)


def shown(readme: str) -> str | None:
    """What stands between the marks of the README; None where there are no marks."""
    _, begin, rest = readme.partition(BEGIN)
    inside, end, _ = rest.partition(END)
    return inside.strip() if begin and end else None


def with_block(readme: str, text: str) -> str:
    """The README with this text between its marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def read_figures() -> Figures:
    """The results of earlier runs, by collection."""
    return {result["collection"]: result for result in json.loads(FIGURES.read_text("utf-8"))}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the collections one after the other; 1 if any of them failed."""
    asked = _parser().parse_args(arguments)
    paths = list(_collections(asked.benchmarks, asked.questions, asked.only))
    foreign = next(_questions_without_readings(asked.benchmarks), None)
    product = shipped(open_encoder())
    measured: dict[str, Mapping[str, Any]] = {}
    failures: list[str] = []
    for path in paths:
        sys.stderr.write(f"{path.name}\n")
        try:
            result = _measure(path, foreign, product, asked)
        except CoopAssistantError as failure:
            failures.append(f"{path.name} failed: {failure}\n")
            continue
        measured[result["collection"]] = result
        if asked.limit is None:
            _keep(result)
    sys.stdout.write(f"{block(measured)}\n")
    if asked.limit is None:
        _show_in_readme()
    sys.stderr.writelines(failures)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("benchmarks", type=Path, help="a folder of test collections")
    parser.add_argument("questions", type=Path, nargs="*", help="questions on the starter collection")
    parser.add_argument("--only", metavar="NAME", nargs="+", help="only the collections of these names")
    parser.add_argument("--limit", metavar="N", type=int, help="a quick look at so many questions each")
    parser.add_argument("--homes", metavar="FOLDER", type=Path, help="where to keep what is indexed")
    return parser


def _collections(folder: Path, questions: Sequence[Path], only: Sequence[str] | None) -> Iterator[Path]:
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    foreign = set(_questions_without_readings(folder))
    for path in [*folders, *questions]:
        if path / "queries.jsonl" not in foreign and (only is None or path.stem in only):
            yield path


def _questions_without_readings(folder: Path) -> Iterator[Path]:
    """Files of questions that no collection answers: they are asked of every other collection."""
    for path in sorted(folder.glob("*/queries.jsonl")):
        if not path.with_name("corpus.jsonl").exists():
            yield path


def _measure(
    path: Path, foreign: Path | None, product: Product, asked: argparse.Namespace
) -> Mapping[str, Any]:
    with Bars() as bars:
        result = evaluate(path, foreign, bars, product=product, limit=asked.limit, homes=asked.homes)
    return result.to_json()


def _keep(result: Mapping[str, Any]) -> None:
    earlier = read_figures() if FIGURES.exists() else {}
    figures = {**earlier, result["collection"]: result}
    rows = [figures[name] for name in sorted(figures)]
    FIGURES.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _show_in_readme() -> None:
    readme = README.read_text("utf-8") if README.exists() else ""
    if shown(readme) is None:
        sys.stderr.write(f"{README} is as it was: it has no marks {BEGIN} and {END} to write between.\n")
        return
    README.write_text(with_block(readme, block(read_figures())), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
