"""The parts of a reader that don't depend on a corpus: loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qabot.reading.confidence import Calibration
from qabot.reading.network import Network
from qabot.reading.windows import Windows

MODEL_FOLDER = Path(__file__).parent / "model"


@lru_cache(maxsize=2)
def load_model(folder: Path = MODEL_FOLDER) -> tuple[Network, Windows, Calibration]:
    """Network, windows and calibration in ``folder``. Raises ModelError when a file is missing or damaged."""
    return Network(folder / "reader.onnx"), Windows(folder / "vocabulary.txt"), Calibration.load(folder / "calibration.json")
