"""The measures, each a pure function: EM and F1 as SQuAD computes them, ranks, ECE, percentiles."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b", re.UNICODE)
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(text: str) -> str:
    """Lower case, without ASCII punctuation and English articles, white space single: SQuAD's rule (Rajpurkar et al. 2016).

    >>> normalise("The  Trans-Himalaya Forum, in Tibet.")
    'transhimalaya forum in tibet'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(prediction: str, gold: str) -> float:
    """1.0 when both normalise to the same, else 0.0."""
    return float(normalise(prediction) == normalise(gold))


def f1(prediction: str, gold: str) -> float:
    """F1 of the bags of normalised tokens, 0 to 1; where either is empty, 1.0 when both are (SQuAD v2.0's rule).

    >>> f1("a hotel in Kabul", "Kabul")
    0.5
    """
    predicted, expected = normalise(prediction).split(), normalise(gold).split()
    if not predicted or not expected:
        return float(predicted == expected)
    common = sum((Counter(predicted) & Counter(expected)).values())
    # 2PR/(P+R) with P = common/predicted and R = common/expected.
    return 2 * common / (len(predicted) + len(expected)) if common else 0.0


def best_over_golds(measure: Callable[[str, str], float], prediction: str, golds: Sequence[str]) -> float:
    """The best of ``measure`` over ``golds``; a question without an answer has the empty text for its only gold.

    Golds that normalise to nothing don't count (SQuAD v2.0).
    """
    counted = [gold for gold in golds if normalise(gold)] or [""]
    return max(measure(prediction, gold) for gold in counted)


def holds_tokens(text: str, gold: str) -> bool:
    """Whether the normalised tokens of ``gold`` stand in ``text`` in a row, as whole tokens."""
    wanted = normalise(gold)
    return bool(wanted) and f" {wanted} " in f" {normalise(text)} "


def reciprocal_rank(rank: int | None) -> float:
    """1 / rank, 0 when nothing was found."""
    return 0.0 if rank is None else 1 / rank


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return sum(values) / len(values) if values else None


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 15) -> list[tuple[int, float, float]]:
    """Size, mean confidence and accuracy of each of ``bins`` of equal mass, the least sure first; empty ones are left out.

    >>> reliability([0.9, 0.1], [True, False], bins=2)
    [(1, 0.1, 0.0), (1, 0.9, 1.0)]
    """
    ranked = sorted(zip(confidences, right, strict=True))
    rows = []
    for number in range(bins):
        part = ranked[number * len(ranked) // bins : (number + 1) * len(ranked) // bins]
        if part:
            sure, hits = sum(confidence for confidence, _ in part), sum(hit for _, hit in part)
            rows.append((len(part), sure / len(part), hits / len(part)))
    return rows


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 15) -> float | None:
    """ECE over ``bins`` of equal mass: the mean of |accuracy - mean confidence|, weighted by bin size (Guo et al. 2017; equal
    mass after Nixon et al. 2019). None of nothing.

    >>> expected_calibration_error([0.9, 0.9], [True, False], bins=1)
    0.4
    """
    if not confidences:
        return None
    rows = reliability(confidences, right, bins)
    return sum(size * abs(accuracy - sure) for size, sure, accuracy in rows) / len(confidences)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The value below which ``percent`` of ``values`` lie, by linear interpolation between the nearest two. None of nothing.

    >>> percentile([1.0, 2.0, 4.0], 75)
    3.0
    """
    if not values:
        return None
    ranked = sorted(values)
    at = (len(ranked) - 1) * percent / 100
    low = int(at)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (ranked[high] - ranked[low]) * (at - low)
