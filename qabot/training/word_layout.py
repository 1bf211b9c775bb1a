"""Where the packed word embeddings stand in a reader's weights: ``python -m qabot.training.word_layout --model DIR``.

``reading/word_vectors.py`` looks words up by it, which needs no library that reads graphs. Export writes it.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.word_vectors import LAYOUT
from qabot.training.embeddings import BLOCK, SCALES, WORDS, ZEROS, unpacked_words

_PARTS = {"codes": WORDS, "steps": SCALES, "zeros": ZEROS}
_NAMES = frozenset(_PARTS.values())
_DIGITS = 6  # of the mean


def write_layout(folder: Path) -> None:
    """Write the layout of the reader in ``folder`` beside it. Raises ValueError for a graph that export didn't write."""
    graph = onnx.load(str(folder / "reader.onnx"), load_external_data=False).graph
    outside = {tensor.name: {entry.key: entry.value for entry in tensor.external_data} for tensor in graph.initializer}
    if missing := [name for name in _PARTS.values() if not outside.get(name)]:
        raise ValueError(f"{folder}: the graph keeps no {', '.join(missing)} in a file of their own")
    table = embeddings(folder)
    tokens = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    words = [number for number, token in enumerate(tokens[: len(table)]) if not token.startswith("[")]
    layout = {
        "file": outside[WORDS]["location"],
        "rows": table.shape[0],
        "width": table.shape[1],
        "block": BLOCK,
        "offsets": {part: int(outside[name].get("offset", 0)) for part, name in _PARTS.items()},
        "mean": [round(float(value), _DIGITS) for value in table[words].mean(axis=0, dtype=np.float64)],
    }
    part = folder / f"{LAYOUT}.part"
    part.write_text(json.dumps(layout) + "\n", encoding="utf-8")
    os.replace(part, folder / LAYOUT)


def embeddings(folder: Path) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The word embeddings of the reader in ``folder``, [tokens, values]."""
    graph = onnx.load(str(folder / "reader.onnx")).graph
    return unpacked_words({tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer if tensor.name in _NAMES})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader")
    write_layout(parser.parse_args().model)
