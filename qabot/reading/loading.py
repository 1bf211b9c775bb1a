"""The parts of a reader that don't depend on a corpus: loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qabot.reading.confidence import Calibration
from qabot.reading.network import Network
from qabot.reading.windows import Windows

MODEL_FOLDER = Path(__file__).parent / "model"
CALIBRATION = "calibration.json"  # in the folder of a model


@lru_cache(maxsize=2)
def load_model(folder: Path = MODEL_FOLDER, *, threads: int = 0) -> tuple[Network, Windows, Calibration]:
    """Network, windows and calibration in ``folder``; ``threads`` is how many cores read (0: as many as there are).

    Raises ModelError when a file is missing or damaged.
    """
    network = Network(folder / "reader.onnx", at_once=threads)
    return network, Windows(folder / "vocabulary.txt"), Calibration.load(folder / CALIBRATION)
