"""Time of the network for one passage of 128 tokens with its question: ``python -m tests.benchmarks.passage``."""

from __future__ import annotations

import statistics
import time

from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.network import Network

TOKENS = 128
QUESTION = 12  # tokens of these, with its marks
RUNS = 200


def main() -> None:
    """Print the median and the middle half of ``RUNS`` runs, one passage at a time."""
    network = Network(MODEL_FOLDER / "reader.onnx", threads=0)
    row = [101, *(2000 + number for number in range(TOKENS - 2)), 102]
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        network.run([row], [QUESTION])
        times.append(1000 * (time.perf_counter() - began))
    low, middle, high = statistics.quantiles(times[RUNS // 10 :], n=4)
    print(f"one passage of {TOKENS} tokens: {middle:.1f} ms (middle half {low:.1f} to {high:.1f}, {RUNS} runs)")


if __name__ == "__main__":
    main()
