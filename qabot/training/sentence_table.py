"""The table of tokens that finds sentences by their meaning: packed in 4 bits a value, and stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qabot.reading.sentence_encoder import ASKING, CODES, MIDDLE, POINTS, TELLING, TOKENS

_TRIED = np.arange(0.5, 1.01, 0.1)  # shares of a row's largest value that its steps are made to reach: outliers may be cut off


class Table(NamedTuple):
    """Of every token its vector [tokens, values] and what it counts by in a question and in a sentence [tokens]; and what a
    closeness of 1 is worth beside a BM25 score.
    """

    vectors: NDArray[np.float32]
    asking: NDArray[np.float32]
    telling: NDArray[np.float32]
    points: float


def packed(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Codes 0 to 15, [tokens, values], and a step for every token, so that ``(code - 7.5) * step`` comes close to its vector."""
    largest = np.maximum(np.abs(vectors).max(axis=1), np.finfo(np.float32).tiny)
    codes, steps = np.zeros(vectors.shape, np.uint8), np.zeros(len(vectors), np.float32)
    least = np.full(len(vectors), np.inf)
    for share in _TRIED:
        tried = (largest * share / MIDDLE).astype(np.float32)
        found = np.clip(np.rint(vectors / tried[:, None] + MIDDLE), 0, 15)
        lost = (((found - MIDDLE) * tried[:, None] - vectors) ** 2).sum(axis=1)
        better = lost < least
        codes[better], steps[better], least[better] = found[better].astype(np.uint8), tried[better], lost[better]
    return codes, steps


def save(table: Table, unknown: int, folder: Path) -> None:
    """Write ``table`` into ``folder``, the one of a model. The token ``unknown``, which stands for all that the vocabulary lacks,
    counts nothing: two things aren't alike for being unknown.
    """
    codes, steps = packed(table.vectors)
    halves = codes[:, 0::2] | codes[:, 1::2] << 4
    stored = np.zeros(len(codes), [(CODES, "u1", halves.shape[1:]), (ASKING, "<f4"), (TELLING, "<f4")])
    stored[CODES], stored[ASKING], stored[TELLING] = halves, steps * table.asking, steps * table.telling
    stored[ASKING][unknown] = stored[TELLING][unknown] = 0
    np.save(folder / TOKENS, stored, allow_pickle=False)
    (folder / POINTS).write_text(json.dumps({"points": table.points}) + "\n", encoding="ascii")
