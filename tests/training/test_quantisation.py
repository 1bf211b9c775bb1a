from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs qabot[train]")

from qabot.reading.loading import MODEL_FOLDER
from qabot.training.quantisation import measure, span_bot
from tests.building import document
from tests.training.small_sets import write_sets


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """What is there of a reader that was just exported."""
    for name in ("reader.onnx", "reader.bin", "vocabulary.txt", "calibration.json"):
        shutil.copyfile(MODEL_FOLDER / name, tmp_path / name)
    return tmp_path


def test_a_reader_is_asked_for_spans_alone(model: Path) -> None:
    reply = span_bot([document("Ships came from Latvia, Estonia and Finland.")], model).ask(
        "Which countries did ships come from?"
    )
    assert (reply.candidates[0].text, reply.candidates[0].kind) == ("Latvia, Estonia and Finland", "span")


def test_a_reader_is_measured(model: Path, tmp_path: Path) -> None:
    questions = write_sets(tmp_path) / "train" / "squad-v1.1-train.json.gz"
    metrics, seconds = measure(model, questions, 3, seed=1)
    assert (metrics["best_f1"] or 0) > 60  # of three
    assert seconds > 0
