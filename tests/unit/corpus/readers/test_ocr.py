"""Scans: their letters are recognised by ocrmypdf, here by a program that only bears its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.readers import Found, Outcome, ReaderProcess, Skipped, read
from tests.file_makers import pdf, scan, zipped


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    return path


def _installed(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called ocrmypdf, found before any real one."""
    program = folder / "bin" / "ocrmypdf"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def _one(path: Path, process: ReaderProcess, ocr: bool = True) -> Outcome:
    (outcome,) = read(path, ocr=ocr, process=process)
    return outcome


def test_a_scan_is_read_after_its_letters_were_recognised(
    scanned: Path, process: ReaderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognised = scanned.parent / "recognised.pdf"
    recognised.write_bytes(pdf([["The members vote."]]))
    _installed(scanned.parent, f'for last; do :; done; cp "{recognised}" "$last"', monkeypatch)

    outcome = _one(scanned, process)

    assert isinstance(outcome, Found)
    assert outcome.resource.text == "The members vote."
    assert outcome.resource.file == "scan.pdf"


def test_what_the_program_says_is_told(
    scanned: Path, process: ReaderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(scanned.parent, "echo tesseract is missing >&2; exit 3", monkeypatch)

    outcome = _one(scanned, process)

    assert isinstance(outcome, Skipped)
    assert "tesseract is missing" in outcome.reason


def test_without_being_asked_no_program_is_run(
    scanned: Path, process: ReaderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(scanned.parent, "exit 3", monkeypatch)

    outcome = _one(scanned, process, ocr=False)

    assert isinstance(outcome, Skipped)
    assert "Add it with --ocr" in outcome.reason


def test_a_scan_in_an_archive_is_to_be_unpacked(tmp_path: Path, process: ReaderProcess) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"scan.pdf": scan()}))

    outcome = _one(tmp_path / "a.zip", process)

    assert isinstance(outcome, Skipped)
    assert "Unpack the archive" in outcome.reason
