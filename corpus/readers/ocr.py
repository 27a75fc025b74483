"""Letters for scanned PDFs, by the program ocrmypdf, if it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from corpus.readers.content import UnreadableError
from corpus.readers.limits import Limits

PROGRAM = "ocrmypdf"
_LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa", "pt": "por", "it": "ita", "de": "deu"}


def advice() -> str:
    """What to do about a scan."""
    if shutil.which(PROGRAM):
        return "Add it with --ocr, and its letters will be recognised."
    return f"Install the program {PROGRAM} and add the file with --ocr, and its letters will be recognised."


def recognise(scan: Path, result: Path, language: str | None, limits: Limits) -> None:
    """Write a copy of the scan that has text; UnreadableError if that can't be done."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableError(f"The PDF is a scan. {advice()}")
    chosen = ["--language", _LANGUAGES[language]] if language in _LANGUAGES else []
    # ocrmypdf takes no '--': absolute paths can't be taken for options.
    command = [program, "--quiet", "--skip-text", *chosen, str(scan.resolve()), str(result.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.ocr_seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"Recognising the letters took longer than {limits.ocr_seconds:g} seconds. Add the PDF in parts."
        ) from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[-200:]
        raise UnreadableError(f"{PROGRAM} could not recognise the letters: {said or done.returncode}")
