"""From pressing Enter to the answer on the screen, against one batched model run:
``python -m tests.benchmarks.keypress [QUESTIONS]``.

The chat about the shipped article runs on a real pseudo-terminal; the model runs here, over all windows of the same passages in
one batch, right before each question is asked there. Prints median and 95th percentile of both, and their ratios.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from qabot.assembly import open_bot
from qabot.evaluation.metrics import percentile
from qabot.ingest.shipped import QUESTIONS, shipped_corpus
from qabot.reading.loading import MODEL_FOLDER, load_model
from qabot.reading.network import Network
from tests.benchmarks.prompt import passages_are_told
from tests.benchmarks.warm import milliseconds
from tests.pseudo_terminal import Lines, Terminal, environment

ASKED = 60
MOST_P50, MOST_P95 = 2.0, 3.0


def answered(lines: Lines) -> bool:
    """Whether an answer or a refusal stands on the screen, with its source."""
    return any("taliban-china.txt:" in line for line in lines)


def keypress(terminal: Terminal, question: str) -> float:
    """Milliseconds from Enter to the answer, on a screen that was cleared before."""
    terminal.type("\x15\x0c")
    terminal.until(lambda _: terminal.at_prompt() and terminal.screen.cursor.y == 0)
    terminal.type(question)
    terminal.until(lambda lines: question[:40] in lines[0])
    time.sleep(0.05)  # a person's finger takes longer to the next key; what completion does meanwhile is over

    def press() -> None:
        terminal.type("\r")
        terminal.until(answered)

    return milliseconds(press)


def main(asked: int) -> None:
    """Print the figures."""
    lines = (shipped_corpus() / QUESTIONS).read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[:asked]]
    bot = open_bot()
    _, windows, _ = load_model()
    network = Network(MODEL_FOLDER / "reader.onnx", threads=0)  # one batch on all cores
    pairs: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(["-m", "qabot", "chat"], environment=environment(Path(folder)), rows=40)
        terminal.until(passages_are_told)
        for question in [questions[0], *questions]:
            rows = list(windows.of(question, bot.passages))
            ids, firsts = [row.ids for row in rows], [row.first for row in rows]
            run = milliseconds(lambda ids=ids, firsts=firsts: network.run(ids, firsts))  # type: ignore[misc]
            pairs.append((keypress(terminal, question), run))
            terminal.until(lambda _: terminal.at_prompt())
        terminal.type("\x04")
        terminal.close()
    answers, runs = (list(times) for times in zip(*pairs[1:], strict=True))
    for name, times in (("Enter to answer", answers), ("one model run", runs)):
        print(f"{name:16} p50 {percentile(times, 50):.0f} ms, p95 {percentile(times, 95):.0f} ms, {len(times)} questions")
    for share, most in ((50, MOST_P50), (95, MOST_P95)):
        print(f"ratio of p{share:<5} {(percentile(answers, share) or 0) / (percentile(runs, share) or 1):.2f} (at most {most})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ASKED)
