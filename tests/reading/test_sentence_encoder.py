"""Sentences as points of meaning: what lies close, that equal ones are equally close, and files that are damaged."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.loading import MODEL_FOLDER, PROJECTION, load_encoder, load_vectors
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


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"matrix": np.zeros((4, 2), np.int8), "in_question": np.zeros(4), "in_sentence": np.zeros(3), "points": 1},
        {"matrix": np.zeros(4, np.int8), "in_question": np.zeros(4), "in_sentence": np.zeros(4), "points": 1},
        {"matrix": np.zeros((4, 2), np.int8), "in_question": np.zeros(4), "in_sentence": np.zeros(4), "points": [1, 2]},
        {"matrix": np.array([{}]), "in_question": np.zeros(4), "in_sentence": np.zeros(4), "points": 1},
    ],
)
def test_a_projection_that_is_none_is_named(tmp_path: Path, stored: dict[str, Any]) -> None:
    np.savez(tmp_path / PROJECTION, **stored)
    with pytest.raises(ModelError, match=PROJECTION):
        Projection.load(tmp_path / PROJECTION)


@pytest.mark.parametrize("content", [None, b"", b"PK", b"\x80\x04N."])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / PROJECTION).write_bytes(content)
    with pytest.raises(ModelError, match=PROJECTION):
        Projection.load(tmp_path / PROJECTION)


def test_a_projection_for_other_vectors_is_refused() -> None:
    narrow = Projection(np.zeros((4, 2), np.int8), np.zeros(4, np.float32), np.zeros(4, np.float32), 1.0)
    with pytest.raises(ValueError, match="4 values for vectors of 384"):
        StaticEncoder(load_vectors(), narrow)


def test_a_cut_off_file_is_named(tmp_path: Path) -> None:
    shutil.copyfile(MODEL_FOLDER / PROJECTION, tmp_path / PROJECTION)
    with (tmp_path / PROJECTION).open("r+b") as file:
        file.truncate(20_000)
    with pytest.raises(ModelError, match=PROJECTION):
        Projection.load(tmp_path / PROJECTION)
