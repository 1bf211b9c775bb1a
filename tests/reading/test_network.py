from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.network import Network
from tests.conftest import Model

if TYPE_CHECKING:
    from qabot.reading.network import Floats


def test_logits_are_given_for_every_token_of_the_longest_row(model: Model) -> None:
    start, end = model[0].run([[101, 2040, 102, 7592, 102], [101, 2040, 102, 7592, 2088, 7592, 102]], [3, 3])
    assert start.shape == end.shape == (2, 7)
    assert np.isfinite(start).all()
    assert np.isfinite(end).all()


def test_equal_rows_have_equal_logits(model: Model) -> None:
    row = [101, 2040, 102, 7592, 2088, 102]
    start, end = model[0].run([row, row], [3, 3])
    assert (start[0] == start[1]).all()
    assert (end[0] == end[1]).all()


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_rows_run_side_by_side_are_what_each_is_alone(at_once: int) -> None:
    network = Network(MODEL_FOLDER / "reader.onnx", at_once=at_once)
    rows = [[101, 2040, 102, *range(3000, 3000 + length), 102] for length in (5, 30, 1, 12)]
    together = network.run_each(rows, [3] * 4)
    for row, (start, end) in zip(rows, together, strict=True):
        alone = network.run([row], [3])
        assert start.shape == end.shape == (len(row),)
        assert (start == alone[0][0]).all()
        assert (end == alone[1][0]).all()
    assert network.run_each([], []) == []


def test_what_goes_wrong_in_a_thread_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(MODEL_FOLDER / "reader.onnx", at_once=3)
    main = threading.get_ident()

    def run(rows: Sequence[Sequence[int]], _: Sequence[int]) -> tuple[Floats, Floats]:
        time.sleep(0.01)
        if threading.get_ident() != main:
            raise MemoryError("too long")
        nothing = np.zeros((1, len(rows[0])), np.float32)
        return nothing, nothing

    monkeypatch.setattr(network, "run", run)
    with pytest.raises(MemoryError, match="too long"):
        network.run_each([[101, 5, 102]] * 20, [2] * 20)


def test_a_missing_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader.onnx: the reader's model is missing; install qabot again"):
        Network(tmp_path / "reader.onnx")


def test_a_damaged_model_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"reader.onnx: the reader's model can't be loaded \(.+\); install qabot again"):
        Network(tmp_path / "reader.onnx")
