from __future__ import annotations

import math

import pytest

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
