from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CollectionError, load, scan
from tests.unit.corpus.samples import markdown


def _write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def test_readings_come_by_id_from_all_subfolders(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    _write(tmp_path / "x", a=markdown())
    _write(tmp_path, b=markdown(), c=markdown())

    assert [resource.id for resource in load(tmp_path)] == ["a", "b", "c"]


def test_load_raises_the_problems_of_all_files_at_once(tmp_path: Path) -> None:
    _write(tmp_path, a="no header", b=markdown(), c=markdown(body=""))

    with pytest.raises(CollectionError) as raised:
        load(tmp_path)

    assert [(Path(p.file).name, p.line) for p in raised.value.problems] == [("a.md", 1), ("c.md", 7)]


def test_scan_keeps_the_good_readings_beside_the_problems(tmp_path: Path) -> None:
    resources, problems = scan(_write(tmp_path, a="no header", b=markdown()))

    assert [resource.id for resource in resources] == ["b"]
    assert len(problems) == 1


@pytest.mark.parametrize("name", ["a", "A"])
def test_the_same_id_twice_is_a_problem_whatever_its_case(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").mkdir()
    _write(tmp_path / "x", **{name: markdown()})
    resources, problems = scan(_write(tmp_path, a=markdown()))

    assert len(resources) == 1
    assert "is taken by" in problems[0].wrong
    assert "Rename" in problems[0].remedy


def test_a_file_that_is_not_utf8_is_a_problem_on_the_line_where_it_breaks_off(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(markdown().encode() + "Coopérative\n".encode("latin-1"))
    _, (problem,) = scan(tmp_path)

    assert problem.line == 9
    assert "not UTF-8" in problem.wrong
    assert "UTF-8" in problem.remedy


def test_a_link_to_nowhere_is_passed_over_but_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "nowhere")
    _, (problem,) = scan(tmp_path)

    assert "no .md file" in problem.wrong
