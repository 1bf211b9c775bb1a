"""How honest ``qabot compare`` is: ``python -m tests.benchmarks.false_alarms``.

Compares 200 simulated pairs of runs of 1,000 questions without a true difference and 200 with one of 3 F1 (see
``tests/evaluation/runs.py``), and prints how many were called different at 5%, by the randomisation test and by an interval that
excludes zero.
"""

from __future__ import annotations

import numpy as np

from qabot.evaluation.resampling import bootstrap, randomisation_p
from tests.evaluation.runs import simulated_pair

PAIRS, QUESTIONS, SEED = 200, 1_000, 11


def alarms(gain: float, seed: int = SEED, pairs: int = PAIRS) -> tuple[int, int]:
    """How many pairs have p < 0.05, and how many an interval without zero."""
    rng = np.random.default_rng(seed)
    by_p = by_interval = 0
    for number in range(pairs):
        before, after = simulated_pair(rng, QUESTIONS, gain)
        difference = after - before
        by_p += randomisation_p(difference, number) < 0.05
        (interval,) = bootstrap(difference[:, None], number)
        by_interval += interval is not None and (interval[0] > 0 or interval[1] < 0)
    return by_p, by_interval


def main() -> None:
    """Print a row for each true difference, and what a run against itself gives."""
    print("| true difference | pairs | called different at 5% | interval excludes zero |")
    print("|---|---|---|---|")
    for gain in (0.0, 3.0):
        by_p, by_interval = alarms(gain)
        print(f"| {gain:.0f} F1 | {PAIRS} | {by_p} | {by_interval} |")
    before, _ = simulated_pair(np.random.default_rng(SEED), QUESTIONS)
    print(f"a run against itself: p = {randomisation_p(before - before, SEED):g}")


if __name__ == "__main__":
    main()
