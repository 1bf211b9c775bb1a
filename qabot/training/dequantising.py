"""What the int8 weights of a graph stand for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def dequantised(stored: Mapping[str, NDArray[np.generic]], name: str) -> Floats:
    """(q - zero point) * scale of the weight ``name``, per tensor or per column; ``stored`` are a graph's arrays by name."""
    quantised, scale, zero = (stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point"))
    values: Floats = (quantised - zero) * scale
    return values
