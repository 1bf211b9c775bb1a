from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")
average = pytest.importorskip("qabot.training.average", reason="needs the extra qabot[train]").average


def test_the_mean_is_weighted_by_the_shares() -> None:
    one, other = {"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([5.0, 10.0])}
    assert average([(one, 3.0), (other, 1.0)])["w"].tolist() == [2.0, 4.0]
    assert average([(one, 0.5), (one, 0.5)])["w"].tolist() == [1.0, 2.0]


def test_shares_of_nothing_and_models_unlike_each_other_have_no_mean() -> None:
    one = {"w": torch.ones(2)}
    with pytest.raises(ValueError, match="more than 0"):
        average([(one, 0.0), (one, 0.0)])
    with pytest.raises(ValueError, match="same weights"):
        average([(one, 0.5), ({"w": torch.ones(3)}, 0.5)])
    with pytest.raises(ValueError, match="same weights"):
        average([(one, 0.5), ({"v": torch.ones(2)}, 0.5)])
