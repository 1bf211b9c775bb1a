"""The parts of a reader that don't depend on a corpus: loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qabot.reading.confidence import Calibration
from qabot.reading.marking import ItemMarker
from qabot.reading.network import Network
from qabot.reading.sentence_encoder import StaticEncoder
from qabot.reading.windows import Windows
from qabot.reading.word_vectors import WordVectors

MODEL_FOLDER = Path(__file__).parent / "model"
CALIBRATION = "calibration.json"  # in the folder of a model
MARKER = "items.onnx"


@lru_cache(maxsize=2)
def load_model(folder: Path = MODEL_FOLDER, *, threads: int = 0) -> tuple[Network, Windows, Calibration]:
    """Network, windows and calibration in ``folder``; ``threads`` is how many cores read (0: as many as there are).

    Raises ModelError when a file is missing or damaged.
    """
    network = Network(folder / "reader.onnx", at_once=threads)
    return network, load_windows(folder), Calibration.load(folder / CALIBRATION)


def load_marker(network: Network, folder: Path = MODEL_FOLDER) -> ItemMarker:
    """What marks items in the windows of ``network``, the reader in ``folder``; its file is read when it is first needed."""
    return ItemMarker(folder / MARKER, network)


@lru_cache(maxsize=2)
def load_windows(folder: Path = MODEL_FOLDER) -> Windows:
    """What cuts passages for the reader in ``folder``. Raises ModelError when its vocabulary is missing or damaged."""
    return Windows(folder / "vocabulary.txt")


@lru_cache(maxsize=2)
def load_vectors(folder: Path = MODEL_FOLDER) -> WordVectors:
    """The word vectors of the reader in ``folder``. Raises ModelError when a file is missing or damaged."""
    return WordVectors(folder, load_windows(folder).token_of)


@lru_cache(maxsize=2)
def load_encoder(folder: Path = MODEL_FOLDER) -> StaticEncoder:
    """What puts sentences where their meaning is, by the tokens of the reader in ``folder``.

    Raises ModelError when a file is missing or damaged, or made for another number of tokens.
    """
    windows = load_windows(folder)
    return StaticEncoder(folder, windows.tokens, windows.vocabulary)
