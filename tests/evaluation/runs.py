"""Pairs of simulated runs: per-question F1 of two systems that share most of what they do, with or without a true difference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHANGED = 0.25  # share of the questions that two versions of a system answer independently of each other


def simulated_pair(rng: np.random.Generator, questions: int, gain: float = 0.0) -> tuple[Floats, Floats]:
    """F1 (percent) of every question under A and under B; B's mean is truly ``gain`` points higher.

    A question has a chance of its own to be answered in full, in part or not at all, so most are easy or hopeless as in real sets
    (mean F1 about 74). B answers as A did but for a quarter of the questions, which it draws anew.
    """
    chance = rng.beta(1.2, 0.45, questions)
    first, second = drawn(rng, chance), drawn(rng, chance)
    after = np.where(rng.random(questions) < CHANGED, second, first)
    if gain:
        # Of the questions that B would fail it rescues so many that the expected mean rises by the gain.
        lost = 100 - after
        rescued = rng.random(questions) < gain / max(float(lost.mean()), 1e-9)
        after = np.where(rescued, 100.0, after)
    return first, after


def drawn(rng: np.random.Generator, chance: Floats) -> Floats:
    """One answer a question: full marks by its chance, else a partial match a third of the time."""
    partial = np.where(rng.random(len(chance)) < 1 / 3, 100 * rng.uniform(0.2, 0.9, len(chance)), 0.0)
    return np.where(rng.random(len(chance)) < chance, 100.0, partial)
