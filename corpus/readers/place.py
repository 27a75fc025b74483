"""Where a file is: on the disk, in an archive, beside a bibliography."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

_BIBLIOGRAPHIES = (".bib", ".bibtex", ".ris", ".json")


@dataclass(frozen=True, slots=True)
class Place:
    """On the disk, or in an archive under the names on the way there; `name` is what it is called."""

    path: Path
    members: tuple[str, ...]
    name: str

    @property
    def address(self) -> str:
        """What no other file has, as long as this one stays where it is."""
        return "!".join((str(self.path.resolve()), *self.members))

    def inside(self, member: str) -> Place:
        """The file of an archive."""
        return Place(self.path, (*self.members, member), f"{self.name}/{member}")

    def beside(self, file: str) -> Place | None:
        """The file that a bibliography here points to; nothing if it lies outside its folder."""
        target = unquote(file) if file.startswith("file:") else file
        target = target.removeprefix("file://").replace("\\", "/")
        if self.members:
            folder = posixpath.dirname(self.members[-1])
            inner = posixpath.normpath(posixpath.join(folder, target))
            if inner.startswith(("/", "..")) or not inner.startswith(f"{folder}/" if folder else ""):
                return None
            return Place(self.path, (*self.members[:-1], inner), target)
        folder_path = self.path.resolve().parent
        path = (folder_path / target).resolve()
        return Place(path, (), target) if path.is_relative_to(folder_path) else None


def in_order(name: str) -> tuple[bool, str]:
    """Bibliographies first, since they know more of the files beside them than these say themselves."""
    return not name.casefold().endswith(_BIBLIOGRAPHIES), name
