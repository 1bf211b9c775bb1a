"""A teacher's logits on disk: one file a batch of a pass, in half precision."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qabot.training.batches import Batch

Logits = NDArray[np.float32]  # [2, examples, tokens]: start and end


def file_of(labels: Path, seed: int, number: int) -> Path:
    """Where the logits of a pass's batch ``number`` are kept."""
    return labels / f"{seed}" / f"{number:06d}.npy"


def read_labels(labels: Path, seed: int, number: int, batch: Batch) -> Logits | None:
    """The teacher's logits of ``batch``; None when they haven't been made. Raises ValueError for those of another batch."""
    path = file_of(labels, seed, number)
    if not path.exists():
        return None
    stored: Logits = np.load(path).astype(np.float32)
    if stored.shape != (2, *batch.ids.shape):
        raise ValueError(f"{path}: logits of {stored.shape[1:]} tokens for a batch of {batch.ids.shape}; it is of another pass")
    return stored


def write_labels(path: Path, logits: Logits) -> None:
    """Write ``logits`` to ``path``, whole or not at all."""
    part = path.with_suffix(".part.npy")
    np.save(part, logits.astype(np.float16))
    os.replace(part, path)
