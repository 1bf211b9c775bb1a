"""Where a sentence stands in meaning: the weighted sum of its tokens' vectors, by which questions lie close to what answers them.

No network is run: a token gives the same in every sentence. The vectors are learnt from a network that reads whole sentences, and
from questions and passages (``qabot.training.train_encoder``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qabot.errors import ModelError
from qabot.reading.four_bits import halves

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOKENS = "sentences.npy"  # in the folder of a model, as is the next
POINTS = "sentences.json"
CODES, ASKING, TELLING = "codes", "asking", "telling"
"""A row's fields in the table of tokens: values in 4 bits, two a byte, and what they count by in a question and in a sentence."""
MIDDLE = 7.5  # of the codes 0 to 15: a value is its code less this
# As long are encoded sentences made, of whole numbers: what adds up in the product of two of them is exact in float32, so that
# equal sentences are equally close to a question in every corpus and on every machine.
_LENGTH = 2048


class StaticEncoder:
    """Encodes texts by the table of tokens in ``folder``; ``tokens_of`` gives the numbers of a text's tokens, of which there are
    ``vocabulary``.

    Raises ModelError when a file is missing or damaged, or made for another number of tokens.
    """

    def __init__(self, folder: Path, tokens_of: Callable[[str], Sequence[int]], vocabulary: int) -> None:
        self._tokens_of = tokens_of
        file = folder / POINTS
        try:
            self._points = float(json.loads(file.read_text(encoding="utf-8"))["points"])
            file = folder / TOKENS
            table = np.lib.format.open_memmap(file, mode="r")
            self._codes = table[CODES]
            self._asking, self._telling = (np.array(table[name], np.float32) for name in (ASKING, TELLING))
            sizes = {len(self._codes), self._asking.size, self._telling.size}
            if sizes != {vocabulary} or self._codes.ndim != 2 or self._codes.dtype != np.uint8:
                raise ValueError("it isn't a table of so many tokens")
            if not np.isfinite([self._points, self._asking.sum(), self._telling.sum()]).all():
                raise ValueError("it has values that are no numbers")
        except Exception as error:  # numpy parses a file's head as Python, and raises whatever comes of that
            raise ModelError(f"{file}: what finds sentences by their meaning can't be read; install qabot again") from error

    @property
    def points(self) -> float:
        """What a closeness of 1 is worth beside a BM25 score."""
        return self._points

    def question(self, question: str) -> NDArray[np.float32]:
        """Where ``question`` stands, [values]; about 1 long, or 0 when it has no token."""
        found: NDArray[np.float32] = self._encoded([question], self._asking)[0]
        return found

    def sentences(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Where ``sentences`` stand, [sentences, values], each as above."""
        return self._encoded(sentences, self._telling)

    def _encoded(self, texts: Sequence[str], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = np.zeros((len(texts), 2 * self._codes.shape[1]), np.float32)
        for row, text in enumerate(texts):
            tokens = np.array(self._tokens_of(text), np.int64)
            sums[row] = ((halves(self._codes[tokens]) - MIDDLE) * weights[tokens, None]).sum(axis=0)
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1
        encoded: NDArray[np.float32] = np.rint(sums * (_LENGTH / lengths)) / _LENGTH
        return encoded
