"""Time and memory of a pool evaluation: ``python -m tests.benchmarks.pool_memory [FEW [ALL]]`` (needs ``$QABOT_DATA``).

Asks FEW (1,000) questions of SQuAD's ``dev-v1.1.json`` of all 2,067 contexts, then ALL (all 10,570), each time in a process of
its own, with ``--json`` and ``--report``. Prints how long each took, its peak of resident memory, the size of the page, and the
ratio of the peaks. With JOBS=N in the environment the work is shared among N processes, and the largest worker's peak counts N
times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SET = "squad-v1.1-dev.json.gz"
# In a process of its own, so that its peak is its alone: the command, then what the system counted.
RUN = (
    "import resource, sys\n"
    "from qabot.cli.main import main\n"
    "status = main(sys.argv[1:])\n"
    "own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
    "print(own, workers, file=sys.stderr)\n"
    "sys.exit(status)\n"
)


def measure(limit: int | None, folder: Path) -> tuple[int, float, float]:
    """Questions asked, seconds, and peak MB (of the process; with workers the largest of them added for each)."""
    jobs = int(os.environ.get("JOBS", "1"))
    file = str(Path(os.environ["QABOT_DATA"]) / "dev" / SET)
    options = ["eval", file, "--seed", "7", "--json", "-q", "--report", str(folder / "page.html"), "--jobs", str(jobs)]
    options += ["--limit", str(limit)] if limit else []
    began = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", RUN, *options], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    own, worker = map(int, result.stderr.split()[-2:])
    report = json.loads(result.stdout)
    return len(report["questions"]), seconds, (own + (jobs * worker if jobs > 1 else 0)) / 1024


def main(few: int, most: int | None) -> None:
    """Print a row for each size, and the ratio."""
    print("| questions | seconds | peak MB | page MB |")
    print("|---|---|---|---|")
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for limit in (few, most):
            count, seconds, peak = measure(limit, Path(folder))
            page = (Path(folder) / "page.html").stat().st_size
            print(f"| {count:,} | {seconds:,.0f} | {peak:,.0f} | {page / 1e6:.1f} |", flush=True)
            peaks.append(peak)
    print(f"ratio of the peaks {peaks[1] / peaks[0]:.2f}")


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:3]]
    main(sizes[0] if sizes else 1_000, sizes[1] if len(sizes) > 1 else None)
