"""`verify`: whether everything that is kept is what was written."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter

from assistant.commands.shown import count, plain
from assistant.settings import Settings
from corpus.collection import scan
from corpus.errors import HomeError, ModelError
from embeddings.encoder import Encoder, open_encoder
from embeddings.stores import open_store
from embeddings.texts import texts_of
from embeddings.verify import Finding, verify

ALL_WELL, SOMETHING_WRONG = 0, 1


def check(options: Namespace, encoder: Encoder | None) -> int:
    """Look at everything, and print one line for each sort of thing; 1 where something is wrong."""
    settings = Settings.load()
    findings: list[Finding] = []
    try:
        encoder = encoder or open_encoder(settings.encoder)
    except ModelError as error:
        findings.append(Finding("model", settings.encoder or "the packaged one", str(error)))
    resources, problems = scan(settings.collection)
    wrong = "; ".join(map(str, problems)) or None
    findings.append(Finding("starts from", f"{len(resources):,} readings in {settings.collection}", wrong))
    if encoder:
        findings += _database(settings, encoder) if settings.store else verify(settings.home, encoder)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            state = "WRONG " if finding.wrong else "good  "
            print(f"{state} {finding.what:<12} {plain(finding.about)}")
            if finding.wrong:
                print(f"       {plain(finding.wrong)}")
    return SOMETHING_WRONG if any(finding.wrong for finding in findings) else ALL_WELL


def _database(settings: Settings, encoder: Encoder) -> list[Finding]:
    """Whether everything in the database can be read; it checks its own pages as they are read."""
    try:
        with closing(open_store(settings.home, encoder, settings.store)) as store, store.reading():
            resources = {resource.id: resource for resource in store.resources()}
            passages = 0
            for resource_id, group in groupby(store.passages(), attrgetter("resource_id")):
                own = tuple(group)
                store.vectors(texts_of(resources[resource_id], own))
                passages += len(own)
            return [Finding("database", f"{count(passages, 'passage')} in {store.place}")]
    except HomeError as error:
        return [Finding("database", "not all can be read", str(error))]
