"""The few things that can be set, each by an environment variable that begins with ASSISTANT_."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from corpus.collection import STARTER


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lives, which readings to start from, and which model makes the vectors.

    `encoder` is the name or folder of a sentence-transformers model; None is the packaged one.
    """

    home: Path
    collection: Path
    encoder: str | None

    @classmethod
    def load(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of this environment: ASSISTANT_HOME, ASSISTANT_COLLECTION, ASSISTANT_ENCODER."""
        home = environment.get("ASSISTANT_HOME") or platformdirs.user_data_path("coop-assistant", False)
        return cls(
            home=Path(home).expanduser(),
            collection=Path(environment.get("ASSISTANT_COLLECTION") or STARTER).expanduser(),
            encoder=environment.get("ASSISTANT_ENCODER") or None,
        )
