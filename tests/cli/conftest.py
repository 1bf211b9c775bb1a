from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A file of two sentences."""
    file = tmp_path / "notes.txt"
    file.write_text("The bridge at Arlen was opened in 1931.\n\nIt was designed by Mara Voss.\n", encoding="utf-8")
    return file
