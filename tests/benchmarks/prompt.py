"""From starting ``qabot chat`` to its prompt, against importing what a prompt stands on, in turns:
``python -m tests.benchmarks.prompt``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.startup import seconds
from tests.pseudo_terminal import Lines, Terminal, environment

IMPORTS = [sys.executable, "-c", "import prompt_toolkit, rich.console"]
RUNS = 10
MOST = 1.6


def prompt_stands(lines: Lines) -> bool:
    """Whether a question can be typed."""
    return "?" in lines


def passages_are_told(lines: Lines) -> bool:
    """Whether the bar below says how much there is to ask."""
    return any(" passages · threshold " in line for line in lines)


def chat_seconds(home: Path) -> tuple[float, float]:
    """How long it takes until the prompt stands, and until all is read behind it."""
    began = time.perf_counter()
    terminal = Terminal(["-m", "qabot", "chat"], environment=environment(home))
    terminal.until(prompt_stands)
    prompt = time.perf_counter() - began
    terminal.until(passages_are_told)
    read = time.perf_counter() - began
    terminal.type("\x04")
    terminal.close()
    return prompt, read


def main() -> None:
    """Print the medians with their spread, and the median of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        chat_seconds(home), seconds(IMPORTS)
        runs = [(*chat_seconds(home), seconds(IMPORTS)) for _ in range(RUNS)]
    for name, times in zip(("prompt", "all is read", "imports"), zip(*runs, strict=True), strict=True):
        print(f"{name:11} median {1000 * statistics.median(times):.0f} ms ({1000 * min(times):.0f} to {1000 * max(times):.0f})")
    ratio = statistics.median(prompt / imports for prompt, _, imports in runs)
    print(f"{'ratio':11} median {ratio:.2f} of {RUNS} pairs (at most {MOST})")


if __name__ == "__main__":
    main()
