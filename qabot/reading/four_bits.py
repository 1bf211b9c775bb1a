"""Rows of codes of 4 bits, two a byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def halves(packed: NDArray[np.generic]) -> NDArray[np.float32]:
    """The codes of ``packed`` (bytes), the lower half of each first: [rows, bytes] -> [rows, codes].

    >>> halves(np.array([[0x21, 0x43]], np.uint8))
    array([[1., 2., 3., 4.]], dtype=float32)
    """
    whole = np.asarray(packed, np.uint8)
    return np.stack([whole & 15, whole >> 4], axis=-1).reshape(len(whole), 2 * whole.shape[1]).astype(np.float32)
