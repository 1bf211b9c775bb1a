"""Which passage length serves best: ``python -m qabot.training.windows --data DIR`` prints the table.

Training questions only: those of unansq-dev that have an answer, asked of its 32 articles with each article's paragraphs joined
into one document, as real articles come (SQuAD's own contexts are too short to be cut).
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qabot.answering import Bot
from qabot.evaluation.questions import Question, read_question_set
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import evaluate
from qabot.ingest.passages import cut_passages
from qabot.reading.loading import load_model
from qabot.reading.reader import SpanReader
from qabot.records import Document, Section, Span
from qabot.retrieval.memory import MemoryRetriever
from qabot.training.arguments import add_data
from qabot.training.examples import HELD_OUT

log = logging.getLogger("qabot.training")

# target words, limit in words, sentences of overlap
WINDOWS = ((60, 90, 1), (80, 110, 1), (100, 140, 0), (110, 150, 1), (110, 150, 2), (130, 170, 1), (150, 200, 1))


def joined_articles(file: Path, without: Path | None = None) -> tuple[list[Document], list[Question]]:
    """Each article of the set in ``file`` as one document, and its answerable questions with their answers' places moved there.
    Articles that share a context with the set in ``without`` are left out.
    """
    read = read_question_set(file)
    known = {one.text.strip() for one in read_question_set(without).documents} if without is not None else set()
    left_out = {one.title for one in read.documents if one.text.strip() in known}
    paragraphs: dict[str, list[Document]] = {}
    for document in read.documents:
        if document.title not in left_out:
            paragraphs.setdefault(document.title, []).append(document)
    documents: list[Document] = []
    moved: dict[str, tuple[str, int]] = {}
    for title, parts in paragraphs.items():
        text, blocks = "", []
        for part in parts:
            moved[part.id] = (title, len(text))
            blocks.append(Span(len(text), len(text) + len(part.text)))
            text += part.text + "\n\n"
        documents.append(Document(title, title, text, title, (Section("", tuple(blocks)),)))
    questions = []
    for question in read.questions:
        if question.answers and question.document in moved:
            title, by = moved[question.document]
            places = tuple(place.shift(by) for place in question.places)
            questions.append(replace(question, document=title, places=places))
    return documents, questions


def measure(documents: Sequence[Document], questions: Sequence[Question], window: tuple[int, int, int], *, read: bool) -> Report:
    """Ask ``questions`` of ``documents`` cut by ``window``."""
    target, limit, overlap = window
    passages = cut_passages(documents, target=target, limit=limit, overlap=overlap)
    retriever = MemoryRetriever(passages)
    network, windows, calibration = load_model()
    reader = SpanReader(network, windows, calibration, retriever.idf, len(passages))
    bot = Bot(documents, passages, retriever, reader, threshold=calibration.threshold)
    judged = tuple(evaluate(bot, questions, read=read))
    return Report(judged, len(documents), len(passages), gold_rule(judged), calibration.threshold)


def main(data: Path, limit: int, seed: int) -> None:
    """Print a row for every window: retrieval on all questions, reading on ``limit`` of them."""
    documents, questions = joined_articles(data / HELD_OUT)
    drawn = random.Random(seed).sample(questions, min(limit, len(questions)))
    log.info("%d questions for retrieval, %d for reading, %d documents", len(questions), len(drawn), len(documents))
    log.info("| target | limit | overlap | passages | hit@1 | hit@5 | hit@20 | best F1 | best EM | p50 ms |")
    log.info("|---|---|---|---|---|---|---|---|---|---|")
    for window in WINDOWS:
        ranks = measure(documents, questions, window, read=False)
        answers = measure(documents, drawn, window, read=True).metrics
        hits = [ranks.metrics[name] for name in ("hit@1", "hit@5", "hit@20")]
        figures = [*hits, answers["best_f1"], answers["best_exact_match"], answers["p50_ms"]]
        shown = " | ".join(f"{value:.1f}" for value in figures if value is not None)
        log.info("| %d | %d | %d | %d | %s |", *window, ranks.passages, shown)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--limit", type=int, default=300, help="questions that are read")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    main(arguments.data, arguments.limit, arguments.seed)
