"""Where a sentence stands in meaning: the weighted sum of its words' vectors, projected to where questions lie close to answers.

No network is run: a word gives the same in every sentence. Matrix and weights are learnt (``qabot.training.train_encoder``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qabot.errors import ModelError
from qabot.reading.word_vectors import LENGTH, WordVectors
from qabot.text.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Word vectors are made this short before they are projected, and sentences' as long as words' were: sums of products of whole
# numbers so small are exact in float32, so that equal sentences are equally close in every corpus.
_SHORT = 256
# Rows that are projected at once: so few that numpy's BLAS starts no threads for them. These would go on spinning for a while,
# and take the cores from the reader that runs next: a first answer took 50 ms more.
_AT_ONCE = 5


class Projection(NamedTuple):
    """``matrix`` [values of a word, values of a sentence], whole numbers of -127 to 127. A word in a question counts by the
    exponential of its vector's product with ``in_question`` [values of a word], in a sentence by ``in_sentence``. ``points`` is
    what a closeness of 1 is worth beside a BM25 score.
    """

    matrix: NDArray[np.int8]
    in_question: NDArray[np.float32]
    in_sentence: NDArray[np.float32]
    points: float

    def save(self, path: Path) -> None:
        """Write it to ``path``."""
        told = {
            "points": self.points,
            "in_question": self.in_question.tolist(),
            "in_sentence": self.in_sentence.tolist(),
            "matrix": base64.b64encode(self.matrix.tobytes()).decode("ascii"),
        }
        path.write_text(json.dumps(told) + "\n", encoding="ascii")

    @classmethod
    def load(cls, path: Path) -> Projection:
        """Raises ModelError when the file is missing or damaged."""
        try:
            told = json.loads(path.read_text(encoding="ascii"))
            asking, telling = (np.array(told[name], np.float32) for name in ("in_question", "in_sentence"))
            matrix = np.frombuffer(base64.b64decode(told["matrix"], validate=True), np.int8).reshape(len(asking), -1)
            found = cls(matrix, asking, telling, float(told["points"]))
            if asking.shape != telling.shape or not np.isfinite([found.points, *asking, *telling]).all():
                raise ValueError("its parts don't fit together")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path}: what finds sentences by their meaning can't be read; install qabot again") from error
        return found


class StaticEncoder:
    """Encodes by ``vectors``, whose width ``projection`` is made for. Raises ValueError where it isn't.

    ``points`` is what a closeness of 1 is worth beside a BM25 score.
    """

    def __init__(self, vectors: WordVectors, projection: Projection) -> None:
        if len(projection.matrix) != vectors.width:
            raise ValueError(f"a projection of {len(projection.matrix)} values for vectors of {vectors.width}")
        self._vectors, self._projection = vectors, projection
        self.points = projection.points

    def question(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Where a question of these ``words`` (folded) stands, [values]; of length 1, or 0 when none of them is known."""
        found: NDArray[np.float32] = self._encoded([words], self._projection.in_question)[0]
        return found

    def sentences(self, sentences: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Where sentences of these words stand, stop words aside, [sentences, values], each as above."""
        told = [[word for word in words if word not in STOP_WORDS] for words in sentences]
        return self._encoded(told, self._projection.in_sentence)

    def _encoded(self, texts: Sequence[Sequence[str]], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        vocabulary = list(dict.fromkeys(word for words in texts for word in words))
        known, vectors = self._vectors.of(vocabulary)
        place = {vocabulary[number]: row for row, number in enumerate(known)}
        short = np.rint(vectors * (_SHORT / LENGTH))
        given = self._projected(short)
        given *= np.exp(np.einsum("ij,j->i", short, weights) / _SHORT)[:, None]  # no ``@``: see `_AT_ONCE`
        sums = np.zeros((len(texts), given.shape[1]), np.float32)
        for row, words in enumerate(texts):
            places = [place[word] for word in words if word in place]
            if places:
                sums[row] = given[places].sum(axis=0)
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1
        # Whole numbers again, shared out over the product of two: what adds up in them is exact as well.
        encoded: NDArray[np.float32] = np.rint(sums * (LENGTH / lengths)) / LENGTH
        return encoded

    def _projected(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        matrix = self._projection.matrix.astype(np.float32)
        found = np.empty((len(vectors), matrix.shape[1]), np.float32)
        for at in range(0, len(vectors), _AT_ONCE):
            np.matmul(vectors[at : at + _AT_ONCE], matrix, out=found[at : at + _AT_ONCE])
        return found
