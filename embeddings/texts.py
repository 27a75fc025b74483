"""Which words of a reading are looked at, and which get a vector: it is kept under the hash of its text."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from corpus.resource import Passage, Resource
from embeddings.terms import content_words


def passage_text(resource: Resource, passage: Passage) -> str:
    """The passage with what it is from: "Title. Heading. text", as far as there is a title and a heading."""
    return ". ".join(part for part in (resource.title, passage.heading, passage.text) if part)


def sentence_texts(resource: Resource, passage: Passage) -> tuple[str, ...]:  # noqa: ARG001 - one signature for all
    """The bare sentences of the passage, in their order."""
    return passage.sentence_texts()


def titled_sentence_texts(resource: Resource, passage: Passage) -> tuple[str, ...]:
    """The sentences of the passage, each as "Title: sentence"."""
    title = f"{resource.title}: " if resource.title else ""
    return tuple(title + sentence for sentence in passage.sentence_texts())


def word_texts(resource: Resource, passage: Passage) -> tuple[str, ...]:
    """Each word of the passage and its title once, as it is compared with the words of a question.

    Pairs of Chinese letters mean nothing alone and have no vector.
    """
    words = dict.fromkeys(content_words(passage_text(resource, passage)))
    return tuple(word for word in words if word.isascii())


def told_of(resource: Resource) -> str:
    """All words of the reading and about it: who made it, its title and its text."""
    return " ".join((*resource.people, resource.publisher or "", resource.title, resource.text))


def texts_of(resource: Resource, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Every text of the reading that gets a vector, each once. What it leaves out can't be searched."""
    texts: dict[str, None] = {}
    for passage in passages:
        texts[passage_text(resource, passage)] = None
        texts.update(dict.fromkeys(sentence_texts(resource, passage)))
        texts.update(dict.fromkeys(titled_sentence_texts(resource, passage)))
        texts.update(dict.fromkeys(word_texts(resource, passage)))
    return tuple(texts)


def key(text: str) -> str:
    """What a text's vector is kept under: 128 bits as hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
