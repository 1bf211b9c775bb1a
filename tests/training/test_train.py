from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qabot.training.batches import Batch

torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")
train = pytest.importorskip("qabot.training.train", reason="needs the extra qabot[train]")


def test_the_loss_by_hand() -> None:
    # Two tokens of equal logit: every position has probability 1/2, a span 1/4; two right spans together 1/2.
    flat = torch.zeros((1, 2))
    one = train.span_loss(flat, flat, torch.tensor([[0]]), torch.tensor([[1]]))
    both = train.span_loss(flat, flat, torch.tensor([[0, 1]]), torch.tensor([[1, 1]]))
    padded = train.span_loss(flat, flat, torch.tensor([[0, -1]]), torch.tensor([[1, -1]]))
    assert float(one) == pytest.approx(math.log(4))
    assert float(both) == pytest.approx(math.log(2))
    assert float(padded) == pytest.approx(float(one))


def test_the_rate_warms_up_stays_and_falls() -> None:
    rates = [train.rate_at(seen, 100_000, 20_000) for seen in (0, train.WARM_UP // 2, train.WARM_UP, 80_000, 90_000, 100_000)]
    expected = [0.0, 0.5, 1.0, 1.0, 0.5, 0.0]
    assert [rate / train.PEAK_RATE for rate in rates] == pytest.approx(expected)


def _saved(folder: Path, layers: int) -> str:
    """``folder`` with a narrow model of so many layers."""
    from transformers import BertConfig, BertForQuestionAnswering

    torch.manual_seed(0)
    config = BertConfig(vocab_size=50, hidden_size=8, num_hidden_layers=layers, num_attention_heads=2, intermediate_size=16)
    BertForQuestionAnswering(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    """The folder of a model of one layer."""
    return _saved(tmp_path / "tiny", 1)


def some_batch(number: int) -> Batch:
    rng = np.random.default_rng(number)
    ids, ones = rng.integers(0, 50, (3, 7)), np.ones((3, 7), np.int64)
    return Batch(ids, np.zeros_like(ones), ones, np.array([[1], [2], [0]]), np.array([[2], [4], [0]]))


def test_a_run_goes_on_from_its_checkpoint_as_if_nothing_had_happened(tiny: str, tmp_path: Path) -> None:
    """Weights, their average, the optimiser's state and what dropout draws: all of it comes back."""

    def steps(run: Any, numbers: range) -> None:
        for number in numbers:
            run.step(some_batch(number), 1e-2, bfloat16=False)

    whole = train.Run(tiny, 1, "cpu", dropout=0.5)
    steps(whole, range(6))
    broken = train.Run(tiny, 1, "cpu", dropout=0.5)
    steps(broken, range(3))
    broken.keep(tmp_path)
    resumed = train.Run(tiny, 2, "cpu", dropout=0.5)
    resumed.load(tmp_path / train.CHECKPOINT)
    assert (resumed.seen, resumed.steps, resumed.seed) == (9, 3, 1)
    steps(resumed, range(3, 6))
    for one, other in zip(whole.model.parameters(), resumed.model.parameters(), strict=True):
        assert torch.equal(one, other)
    for one, other in zip(whole.average, resumed.average, strict=True):
        assert torch.equal(one, other)


def test_dropout_and_averaging_change_what_is_kept(tiny: str, tmp_path: Path) -> None:
    plain, dropped = (train.Run(tiny, 1, "cpu", dropout=share) for share in (0.0, 0.5))
    losses = [run.step(some_batch(0), 1e-2, bfloat16=False) for run in (plain, dropped)]
    assert losses[0] != losses[1]
    plain.step(some_batch(1), 1e-2, bfloat16=False)
    plain.keep(tmp_path)
    from transformers import BertForQuestionAnswering

    kept = BertForQuestionAnswering.from_pretrained(tmp_path / train.AVERAGED)
    for (name, one), average in zip(kept.named_parameters(), plain.average, strict=True):
        assert torch.equal(one, average), name
    assert any(not torch.equal(one, other) for one, other in zip(kept.parameters(), plain.model.parameters(), strict=True))


def test_shares_of_the_recipe_can_be_named() -> None:
    needed = ["--data", "sets", "--work", "run"]
    recipe = train._arguments([*needed, "--share", "cut", "0.2", "--share", "mined", "0"]).recipe
    assert (recipe.cut, recipe.mined, recipe.short) == (0.2, 0.0, train.RECIPE.short)


@pytest.mark.parametrize("share", [("any_occurrence", "1"), ("cut", "1.5"), ("cut", "half"), ("cut", "nan")])
def test_what_is_no_share_of_the_recipe_is_refused(share: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        train._arguments(["--data", "sets", "--work", "run", "--share", *share])
    assert f"--share {' '.join(share)}: one of squad, cut" in capsys.readouterr().err


def test_marks_are_learnt_beside_spans_where_they_are_known_and_go_on_from_a_checkpoint(tmp_path: Path) -> None:
    deep = _saved(tmp_path / "deep", max(train.MARKED_LAYERS))
    tags = np.array([[-1, 0, 1, 2, 0, 1, 0], [-1] * 7, [-1, 0, 0, 0, 0, 0, 1]])
    told = replace(some_batch(0), tags=tags)
    marking = train.Run(deep, 1, "cpu", marks=5.0)
    losses = [marking.step(told, 1e-2, bfloat16=False) for _ in range(30)]
    assert losses[-1] < losses[0] - 1
    head = [p.detach().clone() for p in marking.marker.parameters()]
    marking.step(some_batch(0), 0.0, bfloat16=False)
    assert all(torch.equal(one, other) for one, other in zip(head, marking.marker.parameters(), strict=True))
    marking.keep(tmp_path)
    resumed = train.Run(deep, 2, "cpu", marks=5.0)
    resumed.load(tmp_path / train.CHECKPOINT)
    assert all(torch.equal(one, other) for one, other in zip(head, resumed.marker.parameters(), strict=True))
