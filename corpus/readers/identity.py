"""Ids that people can read and that stay: what a file is called and where it lies, never what it says."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.resource import Resource

_LONGEST_SLUG = 60
_WORD = re.compile(r"\w+")


def id_of_file(path: str) -> str:
    """The id of what stands in the file at an absolute path: `co-op-handbook-1f3a9c2e`."""
    return _id(PurePosixPath(path.replace("\\", "/")).stem, f"file:{path}")


def id_of_page(url: str) -> str:
    """The id of what stands at an address; a new version of the page keeps it."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return _id(PurePosixPath(last).stem or parts.hostname or "page", f"url:{url.partition('#')[0]}")


def id_of_record(name: str, key: str) -> str:
    """The id of a bibliography's record, from its title and what tells it from others (a DOI, say)."""
    return _id(name, f"record:{key}")


def text_digest(resource: Resource) -> str:
    """The same for the same words in the same order, however they are spaced, cut and capitalised."""
    return sha256(" ".join(_WORD.findall(resource.text.casefold())).encode()).hexdigest()


def _id(name: str, origin: str) -> str:
    return f"{_slug(name)}-{sha256(origin.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _slug(name: str) -> str:
    """Lower-case letters, digits and hyphens: accents are dropped, other alphabets kept."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "-".join(words).replace("_", "-")[:_LONGEST_SLUG].strip("-") or "reading"
