from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from qabot.reading.confidence import Calibration
from qabot.reading.loading import MODEL_FOLDER, load_model
from qabot.reading.network import Network
from qabot.reading.windows import Windows

# The same examples in every run, and no clock: a slow machine is no failing test. `--hypothesis-profile=explore` looks further.
settings.register_profile("qabot", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile("qabot")

Model = tuple[Network, Windows, Calibration]


@pytest.fixture(scope="session")
def model() -> Model:
    """The reader's parts as they are shipped, loaded once."""
    return load_model(MODEL_FOLDER)


@pytest.fixture(autouse=True)
def _no_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the person who runs the tests has configured must not show in them."""
    folder = tmp_path_factory.getbasetemp() / "home"
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    for name in ("QABOT_DOCS", "QABOT_THRESHOLD", "QABOT_THEME", "QABOT_VI_MODE"):
        monkeypatch.delenv(name, raising=False)
    return folder
