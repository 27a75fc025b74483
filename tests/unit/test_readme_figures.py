"""The README's figures are those of the last run, and no others."""

from __future__ import annotations

from tests.benchmarks.quality import BEGIN, END, FIGURES, README, block, read_figures, shown, with_block

RESULT = {
    "collection": "med",
    "passages": 1200,
    "questions": 30,
    "ndcg@10": 0.81,
    "query_ms": {"p50": 20.0, "p95": 30.0},
}


def test_the_readme_shows_the_figures_of_the_last_run() -> None:
    readme = README.read_text("utf-8") if README.exists() else ""
    figures = block(read_figures()) if FIGURES.exists() else ""
    assert (shown(readme) or "") == figures, (
        "Run tests/benchmarks/quality.py, or undo changes between its marks."
    )


def test_figures_stand_between_the_marks_and_the_rest_stays() -> None:
    readme = f"# Title\n\n{BEGIN}\nold\n{END}\n\n## Licence\n"
    written = with_block(readme, block({"med": RESULT}))
    assert shown(written) == block({"med": RESULT})
    assert written.startswith("# Title\n")
    assert written.endswith("\n## Licence\n")
    assert with_block(written, block({"med": RESULT})) == written
    assert shown("# Title\n") is None


def test_the_mean_is_taken_over_the_compared_collections() -> None:
    others = {name: RESULT | {"collection": name, "ndcg@10": 0.5} for name in ("npl", "mtrag-a")}
    assert "Mean nDCG@10 of med, npl: **0.655**." in block({"med": RESULT, **others})
