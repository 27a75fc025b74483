"""What `add` says of each reading, and of all of them at the end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from time import monotonic

from assistant.adding import Kept
from assistant.commands.shown import count, plain
from corpus.readers import Skipped

_CHANGES = ("added", "unchanged", "replaced")


@dataclass(slots=True)
class Summary:
    """Counts results as they come. `quiet`: nothing is printed before the end, and then as JSON."""

    quiet: bool
    kept: list[Kept] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    begun: float = field(default_factory=monotonic)

    def tell(self, result: Kept | Skipped) -> None:
        """Count the result, and print it."""
        if isinstance(result, Kept):
            self.kept.append(result)
        else:
            self.skipped.append(result)
        if not self.quiet:
            print(_line(result), flush=True)

    def close(self) -> None:
        """Print what became of everything."""
        seconds = monotonic() - self.begun
        if self.quiet:
            print(json.dumps(self._json(seconds), ensure_ascii=False, indent=2))
            return
        changes = ", ".join(f"{len(self._which(change)):,} {change}" for change in _CHANGES)
        print(
            f"{changes}, {len(self.skipped):,} skipped: {count(self.passages, 'passage')} in {seconds:.1f} s"
        )

    @property
    def passages(self) -> int:
        """Those of the readings that are new or changed."""
        return sum(kept.passages for kept in self.kept if kept.change != "unchanged")

    def _which(self, change: str) -> list[Kept]:
        return [kept for kept in self.kept if kept.change == change]

    def _json(self, seconds: float) -> dict[str, object]:
        return {
            **{change: [_kept_json(kept) for kept in self._which(change)] for change in _CHANGES},
            "skipped": [{"file": skipped.name, "reason": skipped.reason} for skipped in self.skipped],
            "passages": self.passages,
            "seconds": round(seconds, 2),
            "passages_per_second": round(self.passages / seconds, 1) if seconds else None,
        }


def _line(result: Kept | Skipped) -> str:
    name = plain(result.name)
    if isinstance(result, Skipped):
        return f"skipped    {name}: {plain(result.reason)}"
    if result.twin:
        return f"unchanged  {name}: the same words as {result.id}, which is there"
    if result.change == "unchanged":
        return f"unchanged  {name}: {result.id}"
    passages = count(result.passages, "passage")
    return f"{result.change:<9}  {name}: {result.id}, “{plain(result.title)}”, {passages}"


def _kept_json(kept: Kept) -> dict[str, object]:
    shown: dict[str, object] = {"resource": kept.id, "file": kept.name}
    if kept.change == "unchanged":
        return {**shown, "same_words": kept.twin}
    return {**shown, "title": kept.title, "passages": kept.passages}
