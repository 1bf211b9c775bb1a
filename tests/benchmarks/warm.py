"""A warm answer in the chat on the shipped article, against one batched run of the model over the same passages, in turns."""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable

from qabot.assembly import open_bot
from qabot.evaluation.metrics import percentile
from qabot.ingest.shipped import QUESTIONS, shipped_corpus
from qabot.reading.loading import MODEL_FOLDER, load_model
from qabot.reading.network import Network
from qabot.terminal.console import make_console
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.repl import Repl

ASKED = 60


def milliseconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes."""
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Print the medians and 95th percentiles of both, and the ratio of the medians."""
    lines = (shipped_corpus() / QUESTIONS).read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[:ASKED]]
    bot = open_bot()
    _, windows, _ = load_model()
    network = Network(MODEL_FOLDER / "reader.onnx", threads=0)  # one batch on all cores
    screen = io.StringIO()
    repl = Repl(Dialogue(bot), make_console(screen, "always", width=80), input)
    answers: list[float] = []
    runs: list[float] = []
    for question in [questions[0], *questions]:
        rows = list(windows.of(question, bot.passages))
        ids, firsts = [row.ids for row in rows], [row.first for row in rows]
        runs.append(milliseconds(lambda ids=ids, firsts=firsts: network.run(ids, firsts)))  # type: ignore[misc]
        answers.append(milliseconds(lambda question=question: repl.handle(question)))  # type: ignore[misc]
    if "went wrong" in screen.getvalue():
        raise SystemExit("the chat failed to answer; what was measured is worth nothing")
    for name, times in (("answer in the chat", answers[1:]), ("one model run", runs[1:])):
        print(f"{name:18} p50 {percentile(times, 50):.0f} ms, p95 {percentile(times, 95):.0f} ms, {len(times)} questions")
    print(f"{'ratio of medians':18} {statistics.median(answers[1:]) / statistics.median(runs[1:]):.2f}")


if __name__ == "__main__":
    main()
