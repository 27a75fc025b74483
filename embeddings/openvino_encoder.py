"""The packaged model on OpenVINO: the same vectors in a third of the time, without PyTorch."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from time import monotonic

import numpy as np
from tokenizers import Tokenizer

from embeddings import bert_graph
from embeddings.encoder import Progress, Vectors
from embeddings.openvino_offline import Core, InferRequest, Model
from embeddings.weights_file import WeightsFile

DIMENSIONS = 384
MOST_TOKENS = 256
"""Of a text, the beginning and end marks among them; the rest is cut off, as the model's authors do."""

FEW = 16
"""So many texts are a question and its parts: they never wait for texts that are being indexed."""

BATCH_TOKENS = 1024
"""Tokens at once, padding among them: more is no faster on a processor, and takes more memory."""

BATCH_TEXTS = 128
STEP = 4
"""Lengths are rounded up to it: OpenVINO prepares each shape that it meets, and keeps 0.8 MB for it."""

COARSER_STEPS = ((24, 8), (64, 32))
"""Questions come for as long as a server runs: above so many tokens their lengths are rounded up to more."""

WORD_TOKENS = 6
"""Texts of so many tokens at most are words; they are encoded together, and longer ones each by itself."""

WINDOW = 512
"""Texts whose tokens are in memory at once."""

STREAMS = 8
"""Batches at once, at most: one for each processor core."""

IDLE_SECONDS = 10.0
"""A collection that is indexed comes in pieces, with pauses; what they need takes a hundred megabytes."""

RECENT = 2048
"""Texts whose vectors are remembered: questions are asked again, and follow-ups go back to them."""

_PROBE = "Members own the cooperative."
_PROBE_BEGINS = (-0.00028, -0.06717, -0.02275, -0.00890, -0.08408, 0.01058, 0.00987, -0.03538)
"""As sentence-transformers gives them; a processor that gives others is not used this way."""

_PROBE_TOLERANCE = 5e-3


class OpenVinoEncoder:
    """The weights in a folder, which are loaded at once (half a second). Threads may share it.

    What only many texts need is given back at the first question after `idle_seconds` without them.
    """

    dimensions = DIMENSIONS

    def __init__(self, folder: Path, name: str, idle_seconds: float = IDLE_SECONDS) -> None:
        """Raises OSError or RuntimeError where OpenVINO can't run them, or does not give their vectors."""
        self.name = name
        self._tokenizer = _open_tokenizer(folder)
        self._weights = WeightsFile(folder / "model.safetensors")
        self._graph = bert_graph.build(self._weights.arrays)
        self._questions = self._network()
        self._documents: _Network | None = None
        self._documents_used = 0.0
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._recent = _Recent()
        self._beside = ThreadPoolExecutor(self._questions.streams, "encoder")
        begins = self.encode([_PROBE])[0, : len(_PROBE_BEGINS)]
        if not np.allclose(begins, _PROBE_BEGINS, atol=_PROBE_TOLERANCE):
            raise RuntimeError("it gives other vectors on this processor")

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32, (number of texts, dimensions), rows of unit length."""
        if len(texts) > FEW:
            return self._encode_many(texts, progress)
        self._give_back_documents()
        vectors = self._encode_few(texts)
        if progress and texts:
            progress(len(texts), len(texts))
        return vectors

    def _encode_few(self, texts: Sequence[str]) -> Vectors:
        known = {text: self._recent.get(text) for text in texts}
        new = [text for text, vector in known.items() if vector is None]
        if new:
            for text, vector in zip(new, self._encode_new(new), strict=True):
                known[text] = vector
                self._recent.keep(text, vector)
        return np.asarray([known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)

    def _encode_new(self, texts: list[str]) -> Vectors:
        """A question beside its words, and in few shapes: what each needs stays for good."""
        tokens = self._tokens(texts)
        words = [row for row, ids in enumerate(tokens) if len(ids) <= WORD_TOKENS]
        batches = [[row] for row, ids in enumerate(tokens) if len(ids) > WORD_TOKENS]
        batches += [words] if words else []
        running = [
            self._beside.submit(self._encode_question, [tokens[row] for row in rows]) for rows in batches[1:]
        ]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        vectors[batches[0]] = self._encode_question([tokens[row] for row in batches[0]])
        for rows, encoded in zip(batches[1:], running, strict=True):
            vectors[rows] = encoded.result()
        return vectors

    def _encode_question(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        return self._questions.encode(tokens, _question_shape(tokens))

    def _encode_many(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        network = self._for_documents()
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        done = 0
        with ThreadPoolExecutor(network.streams) as pool:
            for window in _windows(texts):
                tokens = self._tokens([texts[row] for row in window])
                batches = list(_batches(tokens))
                encoded = pool.map(
                    lambda its: network.encode(its, (len(its), _rounded(max(map(len, its)), STEP))),
                    ([tokens[at] for at in batch] for batch in batches),
                )
                for batch, its_vectors in zip(batches, encoded, strict=True):
                    vectors[[window[at] for at in batch]] = its_vectors
                    done += len(batch)
                    if progress:
                        progress(done, len(texts))
        return vectors

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]

    def _network(self) -> _Network:
        """The network has the numbers that it multiplies by as it needs them; those of the file can go."""
        network = _Network(self._graph)
        self._weights.rest()
        return network

    def _for_documents(self) -> _Network:
        with self._lock:
            self._documents_used = monotonic()
            if self._documents is None:
                self._documents = self._network()
            return self._documents

    def _give_back_documents(self) -> None:
        if self._documents is None or monotonic() - self._documents_used <= self._idle_seconds:
            return  # without the lock, which is held while the network is made
        with self._lock:
            self._documents = None  # whoever uses it holds it


class _Network:
    """The graph made ready for this processor; as many threads as it has streams use it at once."""

    def __init__(self, graph: Model) -> None:
        core = Core()
        capable = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.streams = min(STREAMS, os.cpu_count() or 1)
        settings = {
            # 16 bits are twice as fast where the processor has them; the cosine to 32 bits is above 0.9999.
            "INFERENCE_PRECISION_HINT": "bf16" if "BF16" in capable else "f32",
            # A thread a batch: two that share one batch wait for each other whenever a core is busy.
            "NUM_STREAMS": self.streams,
            "INFERENCE_NUM_THREADS": self.streams,
            "ENABLE_CPU_PINNING": False,
        }
        compiled = core.compile_model(graph, "CPU", settings)
        self._requests: SimpleQueue[InferRequest] = SimpleQueue()
        for _ in range(self.streams):
            self._requests.put(compiled.create_infer_request())

    def encode(self, tokens: Sequence[Sequence[int]], shape: tuple[int, int]) -> Vectors:
        """float32 (texts, 384) of the texts with these token ids, padded to this shape."""
        ids, mask = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        mask[len(tokens) :, 0] = 1  # rows of padding have a number too, if not one that anybody wants
        for row, its_tokens in enumerate(tokens):
            ids[row, : len(its_tokens)] = its_tokens
            mask[row, : len(its_tokens)] = 1
        request = self._requests.get()
        try:
            return np.asarray(request.infer([ids, mask])[0][: len(tokens)], np.float32)
        finally:
            self._requests.put(request)


class _Recent:
    """The vectors of the last texts, for threads to share."""

    def __init__(self) -> None:
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def get(self, text: str) -> Vectors | None:
        with self._lock:
            if text in self._vectors:
                self._vectors.move_to_end(text)
            return self._vectors.get(text)

    def keep(self, text: str, vector: Vectors) -> None:
        with self._lock:
            self._vectors[text] = vector.copy()
            if len(self._vectors) > RECENT:
                self._vectors.popitem(last=False)


def _open_tokenizer(folder: Path) -> Tokenizer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads complain when a program is started
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _rounded(number: int, step: int) -> int:
    return number + -number % step


def _question_shape(tokens: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Texts and tokens as they are padded: 1, 2, 4, 8 or 16 texts, and ever coarser lengths."""
    longest = max(map(len, tokens))
    step = max([STEP, *(step for above, step in COARSER_STEPS if longest > above)])
    return 1 << (len(tokens) - 1).bit_length(), _rounded(longest, step)


def _windows(texts: Sequence[str]) -> Iterator[list[int]]:
    """Rows of texts of about one length, so that little is padded, the longest first."""
    rows = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
    for start in range(0, len(rows), WINDOW):
        yield rows[start : start + WINDOW]


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Places of texts that are encoded together, the longest first."""
    rows = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
    start = 0
    while start < len(rows):
        count = min(BATCH_TEXTS, BATCH_TOKENS // len(tokens[rows[start]]))
        yield rows[start : start + count]
        start += count
