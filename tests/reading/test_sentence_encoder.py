"""Sentences as points of meaning: what lies close, that equal ones are equally close, and files that are damaged."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.loading import PROJECTION, load_encoder, load_vectors
from qabot.reading.sentence_encoder import Projection, StaticEncoder


def _closeness(question: str, *sentences: str) -> list[float]:
    encoder = load_encoder()
    encoded = encoder.sentences([sentence.lower().split() for sentence in sentences])
    return (encoded @ encoder.question(question.lower().split())).tolist()  # type: ignore[no-any-return]


def test_a_sentence_in_other_words_is_closer_than_one_about_something_else() -> None:
    paid, weather = _closeness("how much does she earn", "her salary is three thousand dollars", "rain fell all over the north")
    assert paid > weather + 0.1


def test_equal_sentences_are_equally_close_whatever_stands_beside_them() -> None:
    one = ["the", "council", "paid", "for", "the", "bridge"]
    others = [f"the {word} of the river".split() for word in ("bank", "water", "mouth", "bed", "source", "bend", "name")]
    alone = load_encoder().sentences([one])[0]
    for at in range(len(others)):
        beside = load_encoder().sentences([*others[:at], one, *others[at:], one])
        assert np.array_equal(beside[at], alone)
        assert np.array_equal(beside[-1], alone)


def test_points_are_of_length_one_or_none() -> None:
    encoded = load_encoder().sentences([["harbour", "council"], ["zzzqx"], [], ["the", "of"]])
    assert np.linalg.norm(encoded[0]) == pytest.approx(1, rel=0.01)
    assert not encoded[1:].any()
    assert np.linalg.norm(load_encoder().question(["who", "paid"])) == pytest.approx(1, rel=0.01)
    assert not load_encoder().question(["zzzqx"]).any()
    assert len(load_encoder().sentences([])) == 0


_WHOLE = {"points": 1.0, "in_question": [0, 0], "in_sentence": [0, 0], "matrix": base64.b64encode(bytes(6)).decode()}


@pytest.mark.parametrize(
    "damage",
    [
        {"matrix": None},
        {"matrix": "AAAA"},
        {"matrix": "A?"},
        {"in_question": [0, 0, 0]},
        {"in_sentence": [0, "x"]},
        {"in_sentence": [0, float("nan")]},
        {"in_question": [], "in_sentence": []},
        {"points": [1, 2]},
        {"points": float("inf")},
    ],
)
def test_a_projection_that_is_none_is_named(tmp_path: Path, damage: dict[str, object]) -> None:
    (tmp_path / PROJECTION).write_text(json.dumps(_WHOLE), encoding="ascii")
    assert Projection.load(tmp_path / PROJECTION).matrix.shape == (2, 3)
    (tmp_path / PROJECTION).write_text(json.dumps(_WHOLE | damage), encoding="ascii")
    with pytest.raises(ModelError, match=PROJECTION):
        Projection.load(tmp_path / PROJECTION)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff", b'{"points": 1'])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / PROJECTION).write_bytes(content)
    with pytest.raises(ModelError, match=PROJECTION):
        Projection.load(tmp_path / PROJECTION)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    asking, telling = ((rng.integers(-99, 99, 6) / 64).astype(np.float32) for _ in range(2))
    saved = Projection(rng.integers(-127, 128, (6, 4)).astype(np.int8), asking, telling, 6.84)
    saved.save(tmp_path / PROJECTION)
    loaded = Projection.load(tmp_path / PROJECTION)
    assert all(np.array_equal(np.asarray(one), np.asarray(other)) for one, other in zip(saved, loaded, strict=True))


def test_a_projection_for_other_vectors_is_refused() -> None:
    narrow = Projection(np.zeros((4, 2), np.int8), np.zeros(4, np.float32), np.zeros(4, np.float32), 1.0)
    with pytest.raises(ValueError, match="4 values for vectors of 384"):
        StaticEncoder(load_vectors(), narrow)
