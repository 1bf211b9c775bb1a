"""What int8 costs: ``python -m qabot.training.quantisation --float FILE`` asks both graphs the same questions.

Spans are compared, found in the same passages: items are marked by neither.
``FILE`` is the fused float graph that ``python -m qabot.training.export --float FILE`` wrote of the same weights.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from qabot.answering import Bot
from qabot.assembly import searcher_for
from qabot.evaluation.questions import read_question_set
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import evaluate_gold_passages, sample
from qabot.reading.loading import CALIBRATION, MODEL_FOLDER, load_model
from qabot.reading.reader import SpanReader
from qabot.records import Document

log = logging.getLogger("qabot.training")


def span_bot(documents: Sequence[Document], model: Path) -> Bot:
    """A Bot that searches as the shipped one and reads spans, by graph, vocabulary and calibration in ``model``."""
    searcher = searcher_for(documents)
    network, windows, calibration = load_model(model)
    reader = SpanReader(network, windows, calibration, searcher.retriever.idf, len(searcher.passages))
    return Bot(documents, searcher.passages, searcher.retriever, reader, threshold=calibration.threshold)


def measure(model: Path, questions_file: Path, limit: int, seed: int) -> tuple[Mapping[str, float | None], float]:
    """What ``qabot eval --gold-passage`` measures of the reader in ``model`` on ``limit`` questions, and the seconds it took."""
    question_set = read_question_set(questions_file)
    asked = sample(question_set.questions, limit, seed)
    began = time.perf_counter()
    judged = tuple(evaluate_gold_passages(lambda one: span_bot(one, model), question_set.documents, asked))
    seconds = time.perf_counter() - began
    return Report(judged, 1, 1, gold_rule(judged), 0.0).metrics, seconds


def main(float_file: Path, questions: Path, limit: int, seed: int) -> None:
    """Print a row for the float graph and one for the int8 graph."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder)
        for name in ("vocabulary.txt", CALIBRATION):
            shutil.copyfile(MODEL_FOLDER / name, full / name)
        shutil.copyfile(float_file, full / "reader.onnx")
        log.info("| %s, %d gold passages, seed %d | best EM | best F1 | seconds |", questions.name, limit, seed)
        log.info("|---|---|---|---|")
        for name, model in (("float", full), ("int8", MODEL_FOLDER)):
            metrics, seconds = measure(model, questions, limit, seed)
            log.info("| %s | %.1f | %.1f | %.0f |", name, metrics["best_exact_match"], metrics["best_f1"], seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--float", type=Path, dest="float_file", required=True, help="the fused float graph")
    parser.add_argument("--questions", type=Path, help="a SQuAD file (default: $QABOT_DATA/dev/squad-v1.1-dev.json.gz)")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    if args.questions is None:
        if "QABOT_DATA" not in os.environ:
            parser.error("name a question set: --questions FILE, or $QABOT_DATA")
        args.questions = Path(os.environ["QABOT_DATA"]) / "dev" / "squad-v1.1-dev.json.gz"
    return args


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    main(arguments.float_file, arguments.questions, arguments.limit, arguments.seed)
