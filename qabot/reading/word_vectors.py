"""Vectors of words, from the embeddings that the reader begins with: words that are used alike lie close together.

The embeddings are packed in 4 bits in the reader's weights (see `training/embeddings.py`), from where single rows are unpacked;
`word_vectors.json` says where they stand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qabot.errors import ModelError
from qabot.reading.four_bits import halves

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAYOUT = "word_vectors.json"  # in the folder of a model
# Length of every vector. Its values are whole numbers, and no sum of products of two such vectors passes 2 ** 24: so float32 adds
# them exactly, in whatever order, and equal words are equally close on every machine.
LENGTH = 2048
_AT_ONCE = 2048  # words that are unpacked together: what that needs beside the vectors stays small


class WordVectors:
    """The vectors of all words that the vocabulary of the reader in ``folder`` holds whole.

    ``token_of`` gives a word's number in the vocabulary. Raises ModelError when a file is missing or damaged.
    """

    def __init__(self, folder: Path, token_of: Callable[[str], int | None]) -> None:
        self._token_of = token_of
        try:
            layout = json.loads((folder / LAYOUT).read_text(encoding="utf-8"))
            weights = folder / layout["file"]
            rows, width, block = (int(layout[name]) for name in ("rows", "width", "block"))

            def part(name: str, kind: str, columns: int) -> NDArray[np.generic]:
                return np.memmap(weights, kind, "r", int(layout["offsets"][name]), (rows, columns))

            self._codes = part("codes", "u1", width // 2)
            self._steps = part("steps", "<f4", width // block)
            self._zeros = part("zeros", "u1", width // block // 2)
            self._mean = np.array(layout["mean"], np.float32)
            if self._mean.shape != (width,) or not np.isfinite(self._mean).all():
                raise ValueError(f"a mean of {self._mean.shape} values for rows of {width}")
        except (OSError, ValueError, TypeError, KeyError, ArithmeticError) as error:
            raise ModelError(f"{folder / LAYOUT}: the reader's word vectors can't be read; install qabot again") from error

    def of(self, words: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
        """The numbers of those ``words`` (folded) that have a vector, and these, [known words, values], each `LENGTH` long.

        The closeness of two is their product over the square of `LENGTH`: 1 for the same word, about 0 for any two.
        """
        tokens = [self._token_of(word) for word in words]
        known = [number for number, token in enumerate(tokens) if token is not None and token < len(self._codes)]
        rows = np.array([tokens[number] for number in known], np.int64)
        parts = [self._vectors(rows[at : at + _AT_ONCE]) for at in range(0, max(1, len(rows)), _AT_ONCE)]
        return known, np.concatenate(parts)

    def _vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        centred = self._unpacked(rows) - self._mean
        lengths = np.sqrt((centred * centred).sum(axis=1, keepdims=True))
        vectors: NDArray[np.float32] = np.rint(centred * (LENGTH / np.maximum(lengths, math.ulp(1.0))))
        return vectors

    def _unpacked(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The embeddings of these tokens, [tokens, values]."""
        steps = self._steps[rows].astype(np.float32)
        codes = halves(self._codes[rows]).reshape(*steps.shape, self._mean.size // steps.shape[1])
        zeros = halves(self._zeros[rows])[..., None]
        values: NDArray[np.float32] = (codes - zeros) * steps[..., None]
        return values.reshape(len(rows), self._mean.size)
