"""The vectors of words, from the reader's own embeddings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.loading import MODEL_FOLDER, load_vectors, load_windows
from qabot.reading.word_vectors import LAYOUT, LENGTH, WordVectors


def _closeness(one: str, *others: str) -> list[float]:
    _, vectors = load_vectors().of([one, *others])
    return [float(vectors[0] @ other) / LENGTH**2 for other in vectors[1:]]


def test_words_that_are_used_alike_lie_close() -> None:
    envoy, banana = _closeness("ambassador", "envoy", "banana")
    assert envoy > 0.4 > 0.1 > banana
    paid, river = _closeness("salary", "paid", "river")
    assert paid > river


def test_vectors_are_of_one_length_and_of_whole_numbers() -> None:
    known, vectors = load_vectors().of(["boat", "zzzqx", "harbour", ""])
    assert known == [0, 2]
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, np.rint(vectors))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), LENGTH, rtol=0.01)
    assert (vectors.astype(np.float64) ** 2).sum(axis=1).max() < 2**24  # so that float32 adds products exactly


def test_nothing_is_known_of_no_words() -> None:
    known, vectors = load_vectors().of([])
    assert (known, vectors.shape[0]) == ([], 0)


def test_the_layout_says_where_the_embeddings_are() -> None:
    word_layout = pytest.importorskip("qabot.training.word_layout", reason="needs the extra qabot[train]")
    table = word_layout.embeddings(MODEL_FOLDER)
    layout = json.loads((MODEL_FOLDER / LAYOUT).read_text(encoding="utf-8"))
    centred = table - np.array(layout["mean"], np.float32)
    words = ["boat", "ambassador", "the", "2021"]
    tokens = [load_windows().token_of(word) for word in words]
    expected = centred[tokens] * (LENGTH / np.linalg.norm(centred[tokens], axis=1, keepdims=True))
    np.testing.assert_allclose(load_vectors().of(words)[1], expected, atol=0.51)


def test_the_layout_can_be_written_anew(tmp_path: Path) -> None:
    word_layout = pytest.importorskip("qabot.training.word_layout", reason="needs the extra qabot[train]")
    for name in ("reader.onnx", "reader.bin", "vocabulary.txt"):
        shutil.copyfile(MODEL_FOLDER / name, tmp_path / name)
    word_layout.write_layout(tmp_path)
    assert json.loads((tmp_path / LAYOUT).read_text()) == json.loads((MODEL_FOLDER / LAYOUT).read_text())


@pytest.mark.parametrize(
    "damage",
    [
        {"rows": 10**9},
        {"offsets": {}},
        {"offsets": {"codes": -5, "steps": 0, "zeros": 0}},
        {"file": "nothing.bin"},
        {"mean": [0.0]},
        {"block": 0},
        {"width": None},
    ],
)
def test_damaged_files_are_named(tmp_path: Path, damage: dict[str, object]) -> None:
    layout = json.loads((MODEL_FOLDER / LAYOUT).read_text(encoding="utf-8"))
    (tmp_path / LAYOUT).write_text(json.dumps(layout | damage), encoding="utf-8")
    shutil.copyfile(MODEL_FOLDER / "reader.bin", tmp_path / "reader.bin")
    with pytest.raises(ModelError, match=LAYOUT):
        WordVectors(tmp_path, load_windows().token_of)


@pytest.mark.parametrize("text", [None, "", "[]", "{"])
def test_a_layout_that_is_none_is_named(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / LAYOUT).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=LAYOUT):
        WordVectors(tmp_path, load_windows().token_of)
