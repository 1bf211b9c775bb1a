"""What every fit of a confidence stands on: logistic regression, and the threshold in the middle of the best ones."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median_low
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_RIDGE = 1e-2  # keeps weights of features that say the same from growing against each other


def fit_logistic(rows: Floats, right: Floats, importance: Floats) -> tuple[float, Floats]:
    """Bias and weights [features] of a ridge-penalised logistic regression on ``rows`` [cases, features], each case counting by
    its ``importance`` [cases], by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani and Friedman, The
    Elements of Statistical Learning, 4.4.1).
    """
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    inputs = np.column_stack([np.ones(len(rows)), (rows - mean) / scale])
    weights = np.zeros(inputs.shape[1])
    penalty = _RIDGE * len(rows) * np.diag([0.0] + [0.01] * rows.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (importance * (right - probability)) - penalty @ weights
        curvature = (inputs * (importance * probability * (1 - probability))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    slopes = weights[1:] / scale
    return float(weights[0] - slopes @ mean), slopes


def middle_of_best(worth: Callable[[float], float], low: float, high: float) -> float:
    """The threshold from ``low`` to ``high``, in steps of a hundredth, that is ``worth`` most.

    Where several are equally good, the middle one is the furthest from being worse.

    >>> middle_of_best(lambda threshold: min(threshold, 0.4), 0.1, 0.6)
    0.5
    """
    worths = {step / 100: worth(step / 100) for step in range(round(100 * low), round(100 * high) + 1)}
    best = max(worths.values())
    return median_low(threshold for threshold, value in worths.items() if value >= best - 1e-9)
