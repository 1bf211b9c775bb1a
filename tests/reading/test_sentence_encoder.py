"""Sentences as points of meaning: what lies close, that equal ones are equally close, and files that are damaged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.loading import MODEL_FOLDER, load_encoder
from qabot.reading.sentence_encoder import ASKING, CODES, POINTS, TELLING, TOKENS, StaticEncoder
from qabot.retrieval.products import products


def _closeness(question: str, *sentences: str) -> list[float]:
    encoder = load_encoder()
    return (encoder.sentences(sentences) @ encoder.question(question)).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("question", "answering", "other"),
    [
        ("How much does she earn?", "Her salary is three thousand dollars.", "Rain fell all over the north."),
        ("Who is the boss of the firm?", "The company's director is Ann Berg.", "The company's office is in the old port."),
        ("Why did he quit?", "He stepped down because of his illness.", "He was born in a village near the coast."),
    ],
)
def test_a_sentence_in_other_words_is_closer_than_one_about_something_else(question: str, answering: str, other: str) -> None:
    right, wrong = _closeness(question, answering, other)
    assert right > wrong + 0.05


def test_equal_sentences_are_equally_close_whatever_stands_beside_them() -> None:
    one = "The council paid for the bridge."
    others = [f"The {word} of the river." for word in ("bank", "water", "mouth", "bed", "source", "bend", "name")]
    alone = load_encoder().sentences([one])[0]
    for at in range(len(others)):
        beside = load_encoder().sentences([*others[:at], one, *others[at:], one])
        assert np.array_equal(beside[at], alone)
        assert np.array_equal(beside[-1], alone)


def test_products_are_exact_in_whatever_order_they_are_summed() -> None:
    encoder = load_encoder()
    rows = encoder.sentences(["The council paid for the bridge.", "Rain fell.", "The director left in May 2019 for Oslo."])
    asked = encoder.question("Who paid for the new bridge?")
    assert np.array_equal(rows * 2048, np.rint(rows * 2048))
    forwards, backwards = products(rows, asked), products(rows[:, ::-1].copy(), asked[::-1].copy())
    assert np.array_equal(forwards, backwards)
    assert np.array_equal(forwards, rows.astype(np.float64) @ asked.astype(np.float64))


def test_points_are_of_length_one_or_none() -> None:
    encoded = load_encoder().sentences(["The harbour council met.", "", " \n"])
    assert np.linalg.norm(encoded[0]) == pytest.approx(1, rel=0.01)
    assert not encoded[1:].any()
    assert np.linalg.norm(load_encoder().question("Who paid?")) == pytest.approx(1, rel=0.01)
    assert not load_encoder().question("").any()


def test_unknown_things_arent_alike_for_being_unknown() -> None:
    encoder = load_encoder()
    assert np.array_equal(encoder.question("Who paid for 🚀?"), encoder.question("Who paid for?"))
    assert np.array_equal(*encoder.sentences(["The ship 🦖 sank.", "The ship sank."]))
    assert not encoder.question("🦖🚀").any()
    assert len(load_encoder().sentences([])) == 0


def test_tokens_are_weighed_and_summed(tmp_path: Path) -> None:
    """Two tokens of two values, worked out by hand: codes 15 and 0 are 7.5 and -7.5."""
    _store(tmp_path, [(0x0F, 2.0, 1.0), (0xFF, 1.0, 3.0)])
    encoder = StaticEncoder(tmp_path, lambda text: [int(one) for one in text], 2)
    assert encoder.points == 4.5
    # 3 x (1, 1) + (1, -1) as a sentence, (1, 1) + 2 x (1, -1) as a question, made as long as 1
    np.testing.assert_allclose(encoder.sentences(["01"]), [np.array([4, 2]) / np.sqrt(20)], atol=1e-3)
    np.testing.assert_allclose(encoder.question("01"), np.array([3, -1]) / np.sqrt(10), atol=1e-3)


@pytest.mark.parametrize("file", [TOKENS, POINTS])
@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff", b'{"points": 1', b"\x93NUMPY"])
def test_a_damaged_file_is_named(tmp_path: Path, file: str, content: bytes | None) -> None:
    _store(tmp_path, [(0x0F, 1.0, 1.0)])
    (tmp_path / file).unlink()
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(ModelError, match=file):
        StaticEncoder(tmp_path, lambda _: [], 1)


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\x93NUMPY\x01\x00\x05\x00{'a':", b"\x93NUMPY\x01\x00\x06\x00{'(  )"])
def test_a_table_with_a_damaged_head_is_named(tmp_path: Path, head: bytes) -> None:
    (tmp_path / POINTS).write_bytes((MODEL_FOLDER / POINTS).read_bytes())
    (tmp_path / TOKENS).write_bytes(head + (MODEL_FOLDER / TOKENS).read_bytes()[len(head) :])
    with pytest.raises(ModelError, match=TOKENS):
        StaticEncoder(tmp_path, lambda _: [], 30522)


@pytest.mark.parametrize("weights", [(float("nan"), 1.0), (1.0, float("inf"))])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, weights: tuple[float, float]) -> None:
    _store(tmp_path, [(0x0F, *weights)])
    with pytest.raises(ModelError, match=TOKENS):
        StaticEncoder(tmp_path, lambda _: [], 1)


@pytest.mark.parametrize("points", ['"many"', "[1]", "null", "1e999", "1" * 400])
def test_points_that_are_no_number_are_refused(tmp_path: Path, points: str) -> None:
    _store(tmp_path, [(0x0F, 1.0, 1.0)])
    (tmp_path / POINTS).write_text(f'{{"points": {points}}}', encoding="ascii")
    with pytest.raises(ModelError, match="sentences"):
        StaticEncoder(tmp_path, lambda _: [], 1)


def test_a_table_of_objects_is_never_run(tmp_path: Path) -> None:
    _store(tmp_path, [(0x0F, 1.0, 1.0)])
    np.save(tmp_path / TOKENS, np.array([{"codes": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError, match=TOKENS):
        StaticEncoder(tmp_path, lambda _: [], 1)


@pytest.mark.parametrize("cut", [200, 100_000])
def test_a_table_that_is_cut_off_is_named(tmp_path: Path, cut: int) -> None:
    (tmp_path / POINTS).write_bytes((MODEL_FOLDER / POINTS).read_bytes())
    (tmp_path / TOKENS).write_bytes((MODEL_FOLDER / TOKENS).read_bytes()[:cut])
    with pytest.raises(ModelError, match=TOKENS):
        StaticEncoder(tmp_path, lambda _: [], 30522)


@pytest.mark.parametrize("vocabulary", [0, 1, 3])
def test_a_table_of_another_vocabulary_is_refused(tmp_path: Path, vocabulary: int) -> None:
    _store(tmp_path, [(0x0F, 1.0, 1.0)] * 2)
    assert StaticEncoder(tmp_path, lambda _: [0, 1], 2).question("?").any()
    with pytest.raises(ModelError, match=TOKENS):
        StaticEncoder(tmp_path, lambda _: [], vocabulary)


def _store(folder: Path, rows: list[tuple[int, float, float]]) -> None:
    """A table of tokens of two values each: their codes in one byte, and what they count by in questions and in sentences."""
    table = np.zeros(len(rows), [(CODES, "u1", (1,)), (ASKING, "<f4"), (TELLING, "<f4")])
    for at, (codes, asking, telling) in enumerate(rows):
        table[at] = ([codes], asking, telling)
    np.save(folder / TOKENS, table)
    (folder / POINTS).write_text(json.dumps({"points": 4.5}), encoding="ascii")
