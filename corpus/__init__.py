"""What can be read: resources, how they are loaded, checked, split into passages and cited."""

from corpus.collection import STARTER, load, parse, read, scan, topics
from corpus.errors import CollectionError, CoopAssistantError, Problem, UnknownReading
from corpus.filters import Filters
from corpus.passages import split_passages, split_sentences
from corpus.reference import FORMATS
from corpus.resource import Passage, Resource, Section, Source, Span
from corpus.writer import to_markdown

__all__ = [
    "FORMATS",
    "STARTER",
    "CollectionError",
    "CoopAssistantError",
    "Filters",
    "Passage",
    "Problem",
    "Resource",
    "Section",
    "Source",
    "Span",
    "UnknownReading",
    "load",
    "parse",
    "read",
    "scan",
    "split_passages",
    "split_sentences",
    "to_markdown",
    "topics",
]
