"""Report -> HTML: figures, plots, failures, and every question with its passage, answer and gold lit."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qabot.errors import QabotError
from qabot.evaluation.failures import UNTAGGED, by_bucket, by_question_word, by_tag
from qabot.evaluation.judging import Judged, Place
from qabot.evaluation.measures import MEASURES, shown
from qabot.evaluation.page.lighting import Piece, around, lit, visible
from qabot.evaluation.provenance import Provenance
from qabot.evaluation.question_words import question_word
from qabot.evaluation.report import Report
from qabot.evaluation.resampling import Interval
from qabot.evaluation.tokens import occurrences
from qabot.records import Document, Span

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class View:
    """A passage as it is shown: where it stands, whether the answer was read in it, and its pieces."""

    source: str
    line: int
    caption: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it is shown. ``state`` is ``right`` or ``wrong``; ``tags`` are what it is filtered by."""

    judged: Judged
    state: str
    word: str
    tags: list[str]
    views: list[View]


def require_page_libraries() -> None:
    """Raises QabotError when a library of the extra is missing."""
    try:
        import jinja2  # noqa: F401 - whether they are there
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise QabotError(f"--report needs {error.name}, which is missing: pip install 'qabot[eval]'") from error


def report_page(
    report: Report, provenance: Provenance, intervals: Mapping[str, Interval | None], documents: Sequence[Document]
) -> Iterator[str]:
    """The page of ``report``, piece by piece: that of ten thousand questions is never held whole. ``documents`` are those it was
    asked of (or the set's own), by whose ids its places speak.

    Raises QabotError when a library is missing.
    """
    require_page_libraries()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from qabot.evaluation.page.plots import plots

    # Everything a template is given is escaped: documents and questions are anybody's.
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["visible"] = visible
    by_id = {document.id: document for document in documents}
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    yield from environment.get_template("page.html.j2").generate(
        report=report,
        made_with=provenance.as_object(),
        figures=_figures(report, intervals),
        plots=plots(report),
        buckets={bucket.value: ones for bucket, ones in by_bucket(report.judged).items()},
        words=by_question_word(report.judged),
        tags=by_tag(report.judged),
        rows=(_row(one, by_id) for one in report.judged),
        style=(_HERE / "page.css").read_text(encoding="utf-8"),
        script=script,
        # The browser runs this script and nothing else, whatever a document may have smuggled in.
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _figures(report: Report, intervals: Mapping[str, Interval | None]) -> list[tuple[str, str, str, str]]:
    """Name, value, interval and meaning of every figure that there is."""
    rows = []
    for name, value in report.metrics.items():
        if value is not None:
            interval = intervals.get(name)
            between = f"{shown(name, interval[0])} to {shown(name, interval[1])}" if interval else ""
            rows.append((name, shown(name, value), between, MEASURES[name].meaning))
    return rows


def _row(one: Judged, documents: Mapping[str, Document]) -> Row:
    state = "wrong" if one.bucket is not None else "right"
    tags = [visible(tag) for tag in one.question.tags or (UNTAGGED,)]
    return Row(one, state, question_word(one.question.question), tags, _views(one, documents))


def _views(one: Judged, documents: Mapping[str, Document]) -> list[View]:
    views = []
    answer, gold = one.place, one.gold_place
    if answer is not None and answer.document in documents:
        document = documents[answer.document]
        refused = "" if one.prediction else ", refused"
        views.append(_view(document, answer.passage, f"read here{refused}", answer.span, _golds(one, document, answer.passage)))
    elsewhere = gold is not None and (answer is None or not _shows(answer, gold))
    if gold is not None and elsewhere and gold.document in documents:
        document = documents[gold.document]
        views.append(_view(document, gold.passage, f"the gold, rank {one.gold_rank}", None, _golds(one, document, gold.passage)))
    elif gold is None and one.question.places and (one.question.document or "") in documents:
        document = documents[one.question.document or ""]
        stretch = around(document, one.question.places[0])
        if answer is None or answer.document != document.id or not one.question.places[0].within(answer.passage):
            views.append(_view(document, stretch, "the gold, not retrieved", None, one.question.places))
    return views


def _shows(answer: Place, gold: Place) -> bool:
    """Whether the passage of ``answer`` has the words of ``gold`` in it too."""
    return answer.document == gold.document and gold.span.within(answer.passage)


def _view(document: Document, within: Span, caption: str, answer: Span | None, golds: Sequence[Span]) -> View:
    line = document.locate(within.start).line
    return View(document.path, line, caption, lit(document, within, answer, golds))


def _golds(one: Judged, document: Document, passage: Span) -> Sequence[Span]:
    if one.question.places:
        return one.question.places if document.id == one.question.document else ()
    text = passage.of(document.text)
    return [span.shift(passage.start) for gold in one.question.answers for span in occurrences(text, gold)]
