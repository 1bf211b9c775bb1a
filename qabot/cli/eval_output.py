"""What ``eval`` gives: a table or JSON on standard output, the page, and a line for each limit that isn't kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

import qabot
from qabot.cli.context import Context
from qabot.cli.limits import Limits
from qabot.errors import QabotError
from qabot.evaluation.provenance import WEIGHTS, Provenance, corpus_fingerprint, file_fingerprint
from qabot.evaluation.report import Report
from qabot.evaluation.stored import intervals, report_object
from qabot.reading.loading import MODEL_FOLDER
from qabot.records import Document

if TYPE_CHECKING:
    from qabot.cli.eval import Wanted


def provenance_of(wanted: Wanted, mode: str, documents: Sequence[Document], calibration: str | None) -> Provenance:
    """What the run is made with; ``calibration`` is None where nothing is read."""
    questions = Path(wanted.questions)
    names = [questions.name] if questions.is_file() else ["corpus.jsonl", "queries.jsonl", "qrels.tsv", "qrels/test.tsv"]
    return Provenance(
        qabot=qabot.__version__,
        model=None if calibration is None else file_fingerprint(MODEL_FOLDER, WEIGHTS),
        calibration=calibration,
        corpus=corpus_fingerprint(documents),
        questions=file_fingerprint(questions.parent if questions.is_file() else questions, names),
        mode=mode,
        seed=wanted.seed,
        limit=wanted.limit,
        jobs=wanted.jobs,
    )


def check_page(file: str | None) -> None:
    """Whether a page can be made and written: nobody should learn after an hour that it can't.

    Raises QabotError or click.UsageError.
    """
    if file is None:
        return
    from qabot.evaluation.page.page import require_page_libraries

    require_page_libraries()
    if not Path(file).parent.is_dir() or Path(file).is_dir():
        raise click.UsageError(f"{file}: --report needs the name of a file, in a folder that is there")


def give(
    context: Context, wanted: Wanted, report: Report, provenance: Provenance, documents: Sequence[Document], limits: Limits
) -> bool:
    """Write all that was asked for; whether a limit isn't kept. A run that was broken off is held to none."""
    found = intervals(report)
    whole = report_object(report, provenance, found)
    if wanted.as_json:
        context.write_json(whole)
    else:
        from qabot.terminal.evaluation_tables import evaluation_table

        context.console().print(evaluation_table(report, found))
    if wanted.report is not None:
        from qabot.evaluation.page.page import report_page

        _write(wanted.report, report_page(report, provenance, found, documents))
        context.warn(f"{wanted.report}: written")
    broken = [] if report.partial else limits.broken(whole, wanted.seed)
    for line in broken:
        context.error(line)
    return bool(broken)


def _write(file: str, pieces: Iterable[str]) -> None:
    """Give ``file`` the content ``pieces``, whole or not at all. Raises QabotError when it can't be written."""
    beside = Path(file).with_name(f".{Path(file).name}-{uuid.uuid4().hex[:8]}.part")
    try:
        with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.writelines(pieces)
        beside.replace(file)
    except OSError as error:
        raise QabotError(f"{file}: can't be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
