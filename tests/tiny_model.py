"""A real model server for tests: `transformers serve` with a tiny Llama of random weights, made on the spot.

It says nothing sensible. It is there for the protocol: real chunks, real tokens, a real end.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 90.0
"""Seconds until a busy machine has it ready; about 12 on a free one."""

_ENDS = {"bos_token": "<s>", "eos_token": "</s>"}
_TEMPLATE = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


class NotStarted(Exception):
    """The server did not come up; the message is the end of what it said."""


@contextmanager
def tiny_model_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Its address, and the name of its model, until the block is left. Raises NotStarted."""
    model = folder / "tiny"
    make_tiny_model(model)
    cache = folder / "cache"
    (cache / "hub").mkdir(parents=True)
    port = _free_port()
    offline = {"HF_HOME": str(cache), "HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1", "OMP_NUM_THREADS": "1"}
    serve = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(model)]
    log = folder / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*serve, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | offline,
        )
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}/v1", str(model)
    finally:
        process.kill()
        process.wait()


def make_tiny_model(folder: Path) -> None:
    """A Llama of two small layers, with a tokenizer of single bytes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {sign: place for place, sign in enumerate([*_ENDS.values(), *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **_ENDS)  # type: ignore[no-untyped-call]
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=16384,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    LlamaForCausalLM(config).save_pretrained(folder)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise NotStarted(log.read_text(errors="replace")[-2000:])
