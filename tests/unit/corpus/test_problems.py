"""Each problem of a file is reported with its line, what is wrong and what to do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.corpus.samples import HEADER, markdown, problems

NOTES = "title: T\nkind: news\nlanguage: en\nnotes: true\n"


@pytest.mark.parametrize(
    ("text", "line", "wrong", "remedy"),
    [
        (markdown("kind: news\nlanguage: en\n"), 1, "'title' is missing", "Add a line 'title: …'"),
        (markdown(HEADER.replace("A title", "")), 2, "'title' is missing", "Add a line"),
        (markdown(HEADER + "date: '2021-13'\n"), 6, "'2021-13' is not a date", "YYYY-MM-DD"),
        (markdown(HEADER + "date: 2021-02-29\n"), 6, "is not a date", "YYYY"),
        (markdown(HEADER + "date: 16 December 2021\n"), 6, "is not a date", "YYYY"),
        (markdown(HEADER + "date: ٢٠٢١\n"), 6, "is not a date", "YYYY"),
        (markdown(HEADER.replace("news", "novel")), 3, "kind 'novel' is unknown", "Use one of: blog"),
        (markdown(HEADER.replace("en\n", "english\n")), 4, "language 'english' is unknown", "two letters"),
        (markdown(HEADER + "topics:\n  - finance\n  - fun\n"), 8, "topic 'fun' is unknown", "topics.yaml"),
        (markdown(HEADER + "url_kind: mirror\n"), 6, "url_kind 'mirror' is unknown", "Use one of: copy"),
        (markdown(NOTES.replace("notes: true\n", "url_kind: copy\n")), 5, "no url", "Add the url"),
        (markdown(HEADER + "notes: yes please\n"), 6, "neither true nor false", "Write true or false"),
        (markdown(HEADER + "publishr: ILO\n"), 6, "no field 'publishr'", "Did you mean 'publisher'?"),
        (markdown(HEADER + "xyz: 1\n"), 6, "no field 'xyz'", "Use some of: title"),
        (markdown(HEADER + "kind: blog\n"), 6, "'kind' stands here a second time", "Keep one"),
        (markdown(HEADER + "series: [a, b]\n"), 6, "'series' holds a list", "one text"),
        (markdown(HEADER.replace("https", "javascript")), 5, "is not a web address", "http://"),
        (markdown(HEADER.replace("example.org/a", "ilo.org@example.org")), 5, "not a web address", "http://"),
        (markdown(HEADER.replace("example.org/a", "[::1")), 5, "not a web address", "http://"),
        (markdown(HEADER + "archived_url: ftp://example.org\n"), 6, "not a web address", "http://"),
        (markdown(HEADER + "alternative_urls:\n  - /a\n"), 7, "not a web address", "http://"),
        (markdown(body="One.[^1]\n"), 8, "[^1] has no source", "Add a line '[^1]: https://…'"),
        (markdown(body="One\nand.[^1]\n"), 9, "[^1] has no source", "or remove the mark"),
        (
            markdown(body="One.\n\n[^2]: https://e.org\n"),
            10,
            "No sentence uses the source [^2]",
            "remove this",
        ),
        (markdown(body="One.[^1]\n\n[^1]: e.org\n"), 10, "'e.org' is not a web address", "http://"),
        (
            markdown(body="One.[^1]\n\n[^1]: http://e.org\n[^1]: http://f.org\n"),
            11,
            "[^1] has a second source",
            "its own number",
        ),
        (
            markdown(body="One.[^1][^1]\n\n[^1]: http://e.org\n"),
            8,
            "[^1] follows no words of its own",
            "end of its sentence",
        ),
        (markdown(NOTES, "One.[^1]\nTwo.\n\n[^1]: http://e.org\n"), 9, "no source of its own", "[^1]"),
        (markdown(body=""), 7, "no text", "Write its sentences"),
        (markdown(body="\n## Only a heading\n"), 7, "no text", "Write its sentences"),
        ("Just text.\n", 1, "no header", "Begin with a line ---"),
        ("---\ntitle: never closed\n", 1, "no header", "---"),
        (markdown(HEADER + 'series: "open\n'), 6, "not valid YAML", "in quotes"),
        (markdown("title: a: b\n" + HEADER[15:]), 2, "not valid YAML", "in quotes"),
        (markdown("- a\n- b\n"), 2, "not a list of fields", "name: text"),
        (markdown(HEADER + "people:\n  first: a\n"), 7, "other than a text or a list", "name: text"),
    ],
)
def test_a_problem_has_its_line_and_a_remedy(text: str, line: int, wrong: str, remedy: str) -> None:
    found = [problem for problem in problems(text) if wrong in problem.wrong]

    assert found, problems(text)
    assert (found[0].file, found[0].line) == ("a.md", line)
    assert remedy in found[0].remedy


def test_all_problems_of_a_file_are_found_at_once_and_in_order() -> None:
    text = markdown("kind: x\nlanguage: y\ndate: z\ntopics: w\n", "One.[^1]\n\n[^2]: u\n")

    assert [problem.line for problem in problems(text)] == [1, 2, 3, 4, 5, 8, 10, 10]


def test_a_header_that_breaks_off_is_not_said_to_miss_fields() -> None:
    (problem,) = problems(markdown("title: 'open\nkind: news\n"))

    assert "not valid YAML" in problem.wrong


@pytest.mark.parametrize("name", ["a b", "", "-a", "a\nb", "<script>", "../a"])
def test_a_file_name_that_can_not_be_an_id_is_a_problem(name: str) -> None:
    (problem,) = problems(markdown(), id=name)

    assert "can't be an id" in problem.wrong
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    "hostile",
    [
        "people: !!python/object/apply:os.system ['true']\n",
        "people: &a [x]\nplaces: *a\n",
        "people: " + "[" * 100_000 + "\n",
        "people: &a [&b [*a, *b], *a]\n",
        "<<: {title: x}\n",
        "? [complex, key]\n: value\n",
        "...\n%YAML 9.9\n",
        'people: "\\UFFFFFFFF"\n',
        "people: " + "{" * 50_000 + "}" * 50_000 + "\n",
    ],
)
def test_a_hostile_header_is_refused_quickly_and_plainly(hostile: str) -> None:
    start = time.perf_counter()
    found = problems(markdown(HEADER + hostile))

    assert found
    assert all(len(str(problem)) < 400 and problem.line >= 1 for problem in found)
    assert time.perf_counter() - start < 1


def test_a_long_value_is_not_echoed_whole() -> None:
    (problem,) = problems(markdown(HEADER.replace("news", "n" * 10_000)))

    assert len(problem.wrong) < 100


_SIGNS = st.sampled_from(
    ("---\n", "\n", ": ", "- ", "[^1]", "[^1]: ", "## ", "\\", "'", '"', "&a ", "*a ", "!", "{", "[")
)


@settings(deadline=None)
@given(st.lists(_SIGNS | st.sampled_from(HEADER.split("\n")) | st.text(max_size=5), max_size=20).map("".join))
def test_no_text_can_do_more_than_have_problems(text: str) -> None:
    for problem in problems(text) + problems("---\n" + text) + problems(markdown(body=text)):
        assert problem.line in range(1, 100)
        assert problem.wrong.endswith((".", "…"))
        assert problem.remedy
