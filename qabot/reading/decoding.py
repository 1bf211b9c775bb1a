"""Logits -> spans: the best few of a window, each with its margin over the window's null score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_ANSWER = 30  # tokens
BEST_A_WINDOW = 8


class Decoded(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive, counted among the passage's) as an answer.

    ``margin`` is start + end logit less ``null``, the sum of the two logits of [CLS]. ``share`` (0 to 1) is the span's share of
    the probability of all spans that were allowed, the null left aside: low where the reader wavers.
    """

    first: int
    last: int
    margin: float
    null: float
    share: float


def decode(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    first: int,
    length: int,
    *,
    sentences: Sequence[int] | None = None,
    longest: int = LONGEST_ANSWER,
    best: int = BEST_A_WINDOW,
) -> list[Decoded]:
    """The ``best`` spans of one row of logits [tokens], best first, of at most ``longest`` tokens.

    ``sentences`` numbers the sentence of each passage token: no span crosses from one into the next (of 1,796 gold answers of
    unansq-dev none does). The passage's tokens are those from ``first`` on, ``length`` of them; token 0 is [CLS]. Spans that
    begin or end with the same token as a better one are left out: they would say the same in other words.
    """
    starts = start[first : first + length].astype(np.float64)
    ends = end[first : first + length].astype(np.float64)
    null = float(start[0]) + float(end[0])
    scores = starts[:, None] + ends[None, :]
    rows, columns = np.indices(scores.shape)
    scores[(columns < rows) | (columns >= rows + longest)] = -np.inf
    if sentences is not None:
        numbers = np.asarray(sentences)
        scores[numbers[:, None] != numbers[None, :]] = -np.inf
    highest = float(scores.max(initial=-np.inf))
    total = float(np.exp(scores - highest).sum()) if np.isfinite(highest) else 1.0
    found: list[Decoded] = []
    for _ in range(min(best, length)):
        row, column = divmod(int(np.argmax(scores)), length)
        if not np.isfinite(scores[row, column]):
            break
        share = float(np.exp(scores[row, column] - highest)) / total
        found.append(Decoded(row, column, float(scores[row, column]) - null, null, share))
        scores[row, :] = -np.inf
        scores[:, column] = -np.inf
    return found
