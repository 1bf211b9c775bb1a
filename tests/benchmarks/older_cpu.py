"""The reader on a CPU without VNNI against this one: ``python -m tests.benchmarks.older_cpu [N] [MODEL]``.

Such a CPU is emulated (Debian's qemu-user: ``qemu-x86_64 -cpu Haswell``). int8 products are added differently there: a model that
was not quantised for it overflows and gives other answers. The first ``N`` answerable questions of the shipped article (20) are
read in the passage that retrieval puts first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from qabot.assembly import open_bot
from qabot.evaluation.questions import read_question_set
from qabot.ingest.shipped import shipped_corpus
from qabot.reading.decoding import decode
from qabot.reading.loading import MODEL_FOLDER, load_model

EMULATOR = "qemu-x86_64"
CPU = "Haswell"  # AVX2, no VNNI


def read(count: int, model: Path) -> tuple[list[tuple[int, int]], list[float]]:
    """The token span that is best in each question's first hit, and all logits, one question after the other."""
    network, windows, _ = load_model(model)
    bot = open_bot(model=model)
    spans, logits = [], []
    questions = [one for one in read_question_set(str(shipped_corpus() / "questions.jsonl")).questions if one.answers][:count]
    for question in questions:
        row = next(iter(windows.of(question.question, [bot.search(question.question)[0].passage])))
        starts, ends = network.run([row.ids], [row.first])
        best = decode(starts[0], ends[0], row.first, len(row.spans), sentences=row.sentences)[0]
        spans.append((best.first, best.last))
        logits += [*map(float, starts[0]), *map(float, ends[0])]
    return spans, logits


def emulated(count: int, model: Path, file: Path) -> tuple[list[tuple[int, int]], list[float]]:
    """What :func:`read` gives on the emulated CPU."""
    # The interpreter itself, not a virtual environment's link to it: so the search path goes along.
    path = f"import sys; sys.path[:] = {sys.path!r}"
    call = f"from tests.benchmarks.older_cpu import save; save({count}, {str(model)!r}, {str(file)!r})"
    command = [EMULATOR, "-cpu", CPU, str(Path(sys.executable).resolve()), "-c", f"{path}; {call}"]
    subprocess.run(command, check=True, capture_output=True)
    found = np.load(file)
    return [(int(first), int(last)) for first, last in found["spans"]], [float(one) for one in found["logits"]]


def save(count: int, model: str, file: str) -> None:
    """Read, and leave what was found in ``file``."""
    spans, logits = read(count, Path(model))
    np.savez(file, spans=np.array(spans), logits=np.array(logits))


def main(count: int, model: Path) -> None:
    """Print how far the logits are apart, and how many best spans are the same."""
    if shutil.which(EMULATOR) is None:
        sys.exit(f"{EMULATOR} is missing; install qemu-user")
    here = read(count, model)
    with tempfile.TemporaryDirectory() as folder:
        there = emulated(count, model, Path(folder) / "found.npz")
    apart = np.abs(np.array(here[1]) - np.array(there[1]))
    same = sum(one == other for one, other in zip(here[0], there[0], strict=True))
    print(f"{CPU}: logits differ by at most {apart.max():.3f}, {apart.mean():.4f} in the mean")
    print(f"{same} of {len(here[0])} best spans are the same")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, Path(sys.argv[2]) if len(sys.argv) > 2 else MODEL_FOLDER)
