"""Cases made by hand, of a candidate or two."""

from __future__ import annotations

import numpy as np

from qabot.reading.confidence import FEATURES
from qabot.training.cases import Case


def case(
    margins: list[float],
    f1: list[float],
    *,
    bm25: list[float] | None = None,
    setting: str = "article",
    article: str = "a",
    answerable: bool = True,
) -> Case:
    features = {name: np.zeros(len(margins)) for name in FEATURES if name != "gap"}
    features |= {"margin": np.array(margins)}
    return Case(setting, article, answerable, np.array(bm25 or [0.0] * len(margins)), features, np.array(f1))
