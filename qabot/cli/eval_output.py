"""What ``eval`` gives: a table or JSON on standard output, the page, and a line for each limit that isn't kept."""

from __future__ import annotations

import os
import stat
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
    is_file = os.path.isfile(questions)  # noqa: PTH113 - raises nothing
    names = [questions.name] if is_file else ["corpus.jsonl", "queries.jsonl", "qrels.tsv", "qrels/test.tsv"]
    return Provenance(
        qabot=qabot.__version__,
        model=None if calibration is None else file_fingerprint(MODEL_FOLDER, WEIGHTS),
        calibration=calibration,
        corpus=corpus_fingerprint(documents),
        questions=file_fingerprint(questions.parent if is_file else questions, names),
        mode=mode,
        seed=wanted.seed,
        limit=wanted.limit,
        jobs=wanted.jobs,
    )


def check_page(file: str | None, inputs: Iterable[str | None]) -> None:
    """Whether a page can be made and written: nobody should learn after an hour that it can't.

    ``inputs`` are the files that are read: none of them may be replaced. Raises QabotError or click.UsageError.
    """
    if file is None:
        return
    from qabot.evaluation.page.page import require_page_libraries

    require_page_libraries()
    place = _place(file)
    if not os.path.isdir(place.parent) or os.path.isdir(place):  # noqa: PTH112 - says no where it can't be seen
        raise click.UsageError(f"{file}: --report needs the name of a file, in a folder that is there")
    check_no_input(file, inputs)
    try:
        if not stat.S_ISREG(place.stat().st_mode):
            raise click.UsageError(f"{file}: is not a regular file; --report needs the name of a file")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        part = _part(place)
        part.touch(exist_ok=False)
        part.unlink()
    except OSError as error:
        raise _unwritable(file, error) from error


def check_no_input(file: str | None, inputs: Iterable[str | None]) -> None:
    """Raises click.UsageError when the page ``file`` would take the place of one of ``inputs``, which are read."""
    if file is not None and _place(file) in {_place(one) for one in inputs if one}:
        raise click.UsageError(f"{file}: is read by this run and would be replaced; name another file for --report")


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
    place = _place(file)
    beside = _part(place)
    try:
        with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.writelines(pieces)
        beside.replace(place)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _place(file: str) -> Path:
    """Where ``file`` really is: a link stays one, and what it leads to is meant."""
    return Path(os.path.realpath(file))


def _part(place: Path) -> Path:
    """A new name beside ``place`` for what isn't whole yet, short whatever the length of the other."""
    return place.with_name(f".qabot-{uuid.uuid4().hex[:12]}.part")


def _unwritable(file: str, error: OSError) -> QabotError:
    return QabotError(f"{file}: can't be written: {(error.strerror or str(error)).lower()}")
