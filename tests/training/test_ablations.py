from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

pytest.importorskip("torch", reason="needs the extra qabot[train]")
pytest.importorskip("onnx", reason="needs the extra qabot[train]")
ablations = pytest.importorskip("qabot.training.ablations", reason="needs the extra qabot[train]")


def test_each_variant_leaves_out_one_thing_of_the_recipe() -> None:
    changed = [
        {key for key, value in asdict(recipe).items() if value != asdict(ablations.RECIPE)[key]}
        for recipe in ablations.VARIANTS.values()
    ]
    assert changed[0] == set()
    assert all(changed[1:])
    assert len(set(map(frozenset, changed))) == len(changed)
    assert len(changed) + 1 <= 6  # with the row of the last weights


def test_runs_that_are_there_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made: list[tuple[Any, int]] = []

    class Made:
        """A run that has nothing to keep."""

        model = Mock()

        def keep(self, folder: Path) -> None:
            pass

    def train_slice(_: Path, recipe: Any, seed: int, examples: int, *, compiled: bool) -> Made:
        made.append((recipe, seed))
        return Made()

    def figures(weights: Path, *_: Any) -> dict[str, float]:
        return {"best_exact_match": 50.0, "best_f1": 60.0 + len(made), "f1_tuned": 55.0}

    monkeypatch.setattr(ablations, "train_slice", train_slice)
    monkeypatch.setattr(ablations, "figures", figures)
    with caplog.at_level(logging.INFO):
        ablations.ablate(tmp_path, tmp_path, [1, 2], 100, compiled=False)
        first = list(made)
        ablations.ablate(tmp_path, tmp_path, [1, 2], 100, compiled=False)
    assert made == first
    assert len(first) == 2 * len(ablations.VARIANTS)
    assert json.loads(next(tmp_path.glob("whole_contexts_only.1.json")).read_text(encoding="utf-8"))["best_f1"] == 64.0
    assert "| whole contexts only | 50.0 (50.0, 50.0) | 66.0 (64.0, 68.0) | 55.0 (55.0, 55.0) |" in caplog.text
