"""A whole ``qabot ask`` on the shipped article against importing what it stands on, in turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

QABOT = str(Path(sys.executable).with_name("qabot"))  # the command as it is installed beside this Python
ASK = [QABOT, "ask", "Who is China's new ambassador to Afghanistan?"]
IMPORTS = [sys.executable, "-c", "import numpy, onnxruntime, rich.console, click"]
RUNS = 10


def seconds(command: Sequence[str]) -> float:
    """Wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print both medians with their spread, and the median of the ratios."""
    seconds(ASK), seconds(IMPORTS)
    pairs = [(seconds(ASK), seconds(IMPORTS)) for _ in range(RUNS)]
    for name, times in zip(("qabot ask", "imports"), zip(*pairs, strict=True), strict=True):
        print(f"{name:9} median {1000 * statistics.median(times):.0f} ms ({1000 * min(times):.0f} to {1000 * max(times):.0f})")
    print(f"ratio     median {statistics.median(ask / imports for ask, imports in pairs):.2f} of {RUNS} pairs")


if __name__ == "__main__":
    main()
