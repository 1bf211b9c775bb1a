from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.errors import ModelError
from qabot.reading.confidence import FEATURES, Calibration, gaps
from qabot.reading.loading import MODEL_FOLDER

GOOD = {
    "blend": 0.3,
    "bias": -1.5,
    "weights": {"margin": 0.4, "gap": 0.25},
    "threshold": 0.45,
    "fitted_on": "a test",
}


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ([], []),
        ([3.0], [9.0]),
        ([5.0, 3.0, 4.0], [1.0, -2.0, -1.0]),
        ([4.0, 4.0], [0.0, 0.0]),
        ([1.0, 4.0, 4.0], [-3.0, 0.0, 0.0]),
        ([-2.0, -7.0], [5.0, -5.0]),
    ],
)
def test_gaps(scores: list[float], found: list[float]) -> None:
    assert gaps(scores, alone=9.0) == found


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8))
def test_a_gap_is_the_distance_to_the_best_of_the_others(scores: list[float]) -> None:
    assert gaps(scores, 9.0) == [score - max(scores[:at] + scores[at + 1 :]) for at, score in enumerate(scores)]


def test_probability_is_the_logistic_function_of_the_weighted_features() -> None:
    calibration = Calibration(0.0, -1.0, {"margin": 0.5, "absent": -2.0}, 0.5, "a test")
    features = dict.fromkeys(FEATURES, 0.0) | {"margin": 4.0, "absent": 0.25}
    # -1 + 0.5 * 4 - 2 * 0.25 = 0.5; 1 / (1 + e^-0.5) = 0.622459331
    assert calibration.probability(features) == pytest.approx(0.622459331, rel=1e-8)


@pytest.mark.parametrize(("margin", "probability"), [(0.0, 0.5), (1e6, 1.0), (-1e6, 0.0)])
def test_probability_has_no_overflow(margin: float, probability: float) -> None:
    assert Calibration(0.0, 0.0, {"margin": 1.0}, 0.5, "").probability({"margin": margin}) == probability


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    calibration = Calibration(0.1 + 0.2, -1 / 3, {"margin": math.pi, "agreement": -0.0}, 0.4, "held-out articles, Привет")
    calibration.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == calibration


def test_the_shipped_calibration_is_sound() -> None:
    calibration = Calibration.load(MODEL_FOLDER / "calibration.json")
    assert 0 < calibration.threshold < 1
    assert calibration.weights["margin"] > 0
    assert calibration.blend >= 0


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[1, 2, 3, 4, 5, 6, 7]",
        "{}",
        json.dumps({name: value for name, value in GOOD.items() if name != "bias"}),
        json.dumps(GOOD | {"more": 1}),
        json.dumps(GOOD | {"bias": "high"}),
        json.dumps(GOOD | {"bias": None}),
        json.dumps(GOOD | {"blend": float("nan")}),
        json.dumps(GOOD | {"blend": float("inf")}),
        json.dumps(GOOD | {"weights": None}),
        json.dumps(GOOD | {"weights": ["margin"]}),
        json.dumps(GOOD | {"weights": {"margin": "0.4"}}),
    ],
)
def test_a_damaged_calibration_is_a_model_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "calibration.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"calibration.json: .*install qabot again"):
        Calibration.load(file)


def test_a_calibration_that_is_missing_or_no_text_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{")
    for name in ("missing.json", "bytes.json", "."):
        with pytest.raises(ModelError, match="can't be read; install qabot again"):
            Calibration.load(tmp_path / name)


def test_an_unknown_feature_is_named(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    file.write_text(json.dumps(GOOD | {"weights": {"margin": 1.0, "length": 2.0, "age": 1.0}}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"unknown features \(age, length\)"):
        Calibration.load(file)
