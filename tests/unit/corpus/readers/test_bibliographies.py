"""BibTeX, RIS and CSL-JSON: every record is a reading, with its abstract or with the file beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.readers import Found, Metadata, Outcome, ReaderProcess, Skipped, read
from corpus.readers.bibtex import read_bibtex
from corpus.readers.content import UnreadableError
from corpus.readers.csl import read_csl
from corpus.readers.latex import from_latex
from corpus.readers.records import Record
from corpus.readers.ris import read_ris
from corpus.reference import to_bibtex, to_csl_json, to_ris
from corpus.resource import Resource
from tests.file_makers import pdf, zipped

RESOURCE = Resource(
    id="a",
    title="Coopératives & {firms}: 100% owned",
    kind="journal article",
    language="fr",
    text="",
    people=("Ana Ruiz", "Tim Huet"),
    publisher="ILO",
    series="Labour Review",
    date="2014-05",
    url="https://example.org/a_b",
)


@pytest.mark.parametrize(
    "record",
    [
        read_bibtex(to_bibtex([RESOURCE]).encode())[0][0],
        read_ris(to_ris([RESOURCE]).encode())[0],
        read_csl(to_csl_json([RESOURCE]).encode())[0],
    ],
)
def test_what_this_program_exports_it_reads(record: Record) -> None:
    found = record.found
    assert found.title == RESOURCE.title
    assert {person.split(",")[0].split()[-1] for person in found.people} == {"Ruiz", "Huet"}
    assert (found.date, found.url, found.language) == (RESOURCE.date, RESOURCE.url, RESOURCE.language)
    assert found.kind == "journal article"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'E}tude de l'\'economie", "Étude de l'économie"),
        (r"Espa{\~n}a, Mondrag\'{o}n, Stra\ss{}e", "España, Mondragón, Straße"),
        (r"Fran\c{c}ois \& {\"O}mer {\o}st", "François & Ömer øst"),
        (r"\emph{Workers} {SCOP} 10\% --- \{x\}", "Workers SCOP 10% — {x}"),
    ],
)
def test_latex_is_read_as_letters(latex: str, text: str) -> None:
    assert from_latex(latex) == text


def test_zotero_names_files_in_its_own_way() -> None:
    entry = (
        r"@article{a, title={T}, file={Full:files/1/a\;b.pdf:application/pdf;Snap:files/2/c.html:text/html}}"
    )
    assert read_bibtex(entry.encode())[0][0].files == ("files/1/a;b.pdf", "files/2/c.html")
    assert read_bibtex(b"@article{a, title={T}, file={files/a.pdf}}")[0][0].files == ("files/a.pdf",)


def test_damaged_entries_are_told_and_the_others_read() -> None:
    records, bad = read_bibtex(b"@article{a, title={One}}\n@book{b, title={Two\n@article{c, title={Three}}\n")

    assert records[0].name == "One"
    assert bad and all("damaged" in reason for _, reason in bad)


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"a": 1}', b"[1]", b"[" * 100_000])
def test_json_that_is_no_bibliography_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_csl(data)


def _outcomes(folder: Path, process: ReaderProcess) -> dict[str, Outcome]:
    return {outcome.name: outcome for outcome in read(folder / "my.bib", process=process)}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A bibliography with a file beside it, an abstract, nothing, and files that are not its own."""
    folder = tmp_path / "library"
    (folder / "files" / "1").mkdir(parents=True)
    (folder / "files" / "1" / "paper.pdf").write_bytes(
        pdf([["The full text of the paper."]], title="Not this")
    )
    (tmp_path / "private.txt").write_text("Private words.")
    (folder / "my.bib").write_text(
        "@article{full, title={Full paper}, doi={10.1/x}, year={2012}, file={files/1/paper.pdf}}\n"
        "@article{abs, title={Abstract only}, abstract={The abstract says this.}}\n"
        "@book{none, title={Nothing at all}}\n"
        f"@book{{away, title={{Away}}, file={{{tmp_path}/private.txt}}, abstract={{Its abstract.}}}}\n"
        "@book{up, title={Up}, file={../private.txt}}\n"
        "@book{gone, title={Gone}, file={files/2/gone.pdf}, abstract={What is left.}}\n"
    )
    return folder


def test_records_bring_their_files_or_their_abstracts(library: Path, process: ReaderProcess) -> None:
    outcomes = _outcomes(library, process)

    full = outcomes["my.bib: Full paper"]
    assert isinstance(full, Found)
    assert full.resource.text == "The full text of the paper."
    assert (full.resource.title, full.resource.date) == ("Full paper", "2012")
    assert full.resource.url == "https://doi.org/10.1/x"
    assert full.resource.pages == (0,)
    abstract = outcomes["my.bib: Abstract only"]
    assert isinstance(abstract, Found)
    assert abstract.resource.text == "The abstract says this."
    nothing = outcomes["my.bib: Nothing at all"]
    assert isinstance(nothing, Skipped)
    assert "neither an abstract nor a file" in nothing.reason


def test_a_bibliography_reaches_no_file_outside_its_folder(library: Path, process: ReaderProcess) -> None:
    outcomes = _outcomes(library, process)

    away = outcomes["my.bib: Away"]
    assert isinstance(away, Found)
    assert away.resource.text == "Its abstract."
    assert "not lie beside" in str(outcomes["../private.txt"])
    assert "Private words" not in str(outcomes)


def test_a_file_that_is_gone_is_told_and_the_abstract_read(library: Path, process: ReaderProcess) -> None:
    outcomes = _outcomes(library, process)

    assert isinstance(outcomes["files/2/gone.pdf"], Skipped)
    assert isinstance(outcomes["my.bib: Gone"], Found)


def test_in_a_folder_the_files_of_a_bibliography_are_read_once(library: Path, process: ReaderProcess) -> None:
    texts = [o.resource.text for o in read(library, process=process) if isinstance(o, Found)]

    assert texts.count("The full text of the paper.") == 1


def test_a_bibliography_in_an_archive_finds_its_files_there(tmp_path: Path, process: ReaderProcess) -> None:
    items = [{"id": "a", "type": "article-journal", "title": "Full", "file": "files/p.txt"}]
    archive = tmp_path / "export.zip"
    archive.write_bytes(
        zipped({"export/my.json": json.dumps(items).encode(), "export/files/p.txt": b"Its full text."})
    )

    (outcome,) = read(archive, process=process)

    assert isinstance(outcome, Found)
    assert (outcome.resource.title, outcome.resource.text) == ("Full", "Its full text.")


def test_an_export_under_another_name_brings_the_same_ids(library: Path, process: ReaderProcess) -> None:
    first = [o.resource.id for o in read(library / "my.bib", process=process) if isinstance(o, Found)]
    (library / "my.bib").rename(library / "renamed.bib")
    second = [o.resource.id for o in read(library / "renamed.bib", process=process) if isinstance(o, Found)]

    assert first == second
    assert len(set(first)) == len(first)


def test_the_language_of_an_abstract_is_that_of_its_words(tmp_path: Path, process: ReaderProcess) -> None:
    abstract = (
        "Los socios de la cooperativa eligen un consejo y deciden qué se hace con los excedentes del año. "
    )
    (tmp_path / "my.bib").write_text(f"@article{{a, title={{T}}, abstract={{{abstract * 2}}}}}")

    (outcome,) = read(tmp_path / "my.bib", process=process)

    assert isinstance(outcome, Found)
    assert outcome.resource.language == "es"


def test_what_is_given_holds_for_every_record(library: Path, process: ReaderProcess) -> None:
    given = Metadata(kind="handbook", title="Not for many")
    found = [o for o in read(library / "my.bib", given, process=process) if isinstance(o, Found)]

    assert {one.resource.kind for one in found} == {"handbook"}
    assert "Not for many" not in {one.resource.title for one in found}
