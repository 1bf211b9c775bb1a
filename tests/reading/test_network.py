from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qabot.errors import ModelError
from qabot.reading.network import Network
from tests.conftest import Model


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


def test_a_missing_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader.onnx: the reader's model is missing; install qabot again"):
        Network(tmp_path / "reader.onnx")


def test_a_damaged_model_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"reader.onnx: the reader's model can't be loaded \(.+\); install qabot again"):
        Network(tmp_path / "reader.onnx")
