"""How sure a mean is: bootstrap intervals, and the paired randomisation test. Seeded: equal runs give equal figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 2_000
FLIPS = 10_000
_LEVEL = 95.0  # per cent
_AT_ONCE = 1_000_000  # numbers drawn at once: what is held must not grow with the set
Interval = tuple[float, float]


def bootstrap(values: Floats, seed: int, resamples: int = RESAMPLES) -> list[Interval | None]:
    """The 95% percentile interval of each column's mean, by resampling questions (Efron and Tibshirani 1993, chapter 13).

    ``values``: [questions, measures], NaN where a question doesn't speak to a measure. The columns are resampled together. None
    for a column that nothing speaks to.
    """
    count = len(values)
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    means = []
    for drawn in _drawn(count, resamples, seed):
        sizes = drawn @ known.astype(float)
        # A resample without any question for a measure says nothing about it.
        means.append(np.divide(drawn @ filled, sizes, out=np.full(sizes.shape, np.nan), where=sizes > 0))
    table = np.concatenate(means) if means else np.empty((0, values.shape[1]))
    return [_interval(column) if known[:, number].any() else None for number, column in enumerate(table.T)]


def randomisation_p(differences: Floats, seed: int, flips: int = FLIPS) -> float:
    """The two-sided p of the mean of paired ``differences`` [questions], by flipping signs at random (Fisher's randomisation
    test; Smucker, Allan and Carterette 2007). 1 where nothing differs.

    The observed signs count as one of the flips, so no p is 0 (Phipson and Smyth 2010).
    """
    moved = differences[differences != 0]  # a zero stays what it is under either sign
    if not len(moved):
        return 1.0
    observed = abs(float(moved.sum())) - 1e-9  # sums in another order differ in the last bits
    rng = _generator(seed)
    beyond = 0
    at_once = max(1, _AT_ONCE // len(moved))
    for begin in range(0, flips, at_once):
        signs = rng.integers(0, 2, (min(at_once, flips - begin), len(moved)), dtype=np.int8)
        # A sum under signs of +1 and -1 is twice that of the +1 ones less all.
        beyond += int((np.abs(2 * (signs @ moved) - moved.sum()) >= observed).sum())
    return (1 + beyond) / (1 + flips)


def _drawn(count: int, resamples: int, seed: int) -> Iterator[Floats]:
    """How often each question is drawn in each resample: [some resamples, questions], until there are ``resamples``."""
    rng = _generator(seed)
    at_once = max(1, _AT_ONCE // max(1, count))
    for begin in range(0, resamples if count else 0, at_once):
        rows = min(at_once, resamples - begin)
        chosen = rng.integers(0, count, (rows, count)) + np.arange(rows)[:, None] * count
        yield np.bincount(chosen.ravel(), minlength=rows * count).reshape(rows, count).astype(float)


def _generator(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed % 2**64)  # numpy takes no seed below 0


def _interval(means: Floats) -> Interval | None:
    low, high = np.nanpercentile(means, [(100 - _LEVEL) / 2, (100 + _LEVEL) / 2])
    return float(low), float(high)
