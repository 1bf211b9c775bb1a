"""The page of a report: complete, self-contained, and safe from what documents and questions hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from qabot.evaluation.page.lighting import lit
from qabot.evaluation.page.page import report_page
from qabot.evaluation.provenance import Provenance
from qabot.evaluation.questions import Question
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import asker
from qabot.evaluation.stored import intervals
from qabot.records import Document, Span
from tests.building import document, placed
from tests.samples import harbour, scripted_bot

pytest.importorskip("jinja2", reason="needs the extra qabot[eval]")
pytest.importorskip("matplotlib", reason="needs the extra qabot[eval]")

EVIL = (
    "<script>alert(1)</script> & \"quoted\" 'it' </blockquote><img src=x onerror=alert(2)> {{ 7*7 }} \x00\u202e\u200f\u061c end"
)
PROVENANCE = Provenance("0", "m", "<b>c</b>", "d", "q", "ask", 0, None, 1)


def page(questions: list[Question], documents: list[Document], script: list[tuple[str, float]]) -> str:
    judged = tuple(map(asker(scripted_bot(documents, script)), questions))
    report = Report(judged, len(documents), 2, gold_rule(judged), 0.5)
    return "".join(report_page(report, PROVENANCE, intervals(report), documents))


class Reader(HTMLParser):
    """Tags, attributes and lit words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.lit: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "mark":
            self.lit.append((dict(attrs)["class"] or "", ""))

    def handle_data(self, data: str) -> None:
        if self.lit and not self.lit[-1][1]:
            self.lit[-1] = (self.lit[-1][0], data)


COST = Question("1", "What did the repair of the harbour cost?", ("4.2 million",), tags=("money",))


def test_both_spans_are_lit_in_the_passage() -> None:
    read = Reader(page([COST], [harbour()], [("4.2 million euros", 0.9)]))
    lit_words = [one for one in read.lit if one not in {("answer", "answer"), ("gold", "gold"), ("both", "both")}]
    assert lit_words == [("both", "4.2 million"), ("answer", " euros")]


def test_a_gold_in_another_passage_has_that_passage_shown_too() -> None:
    question = Question("1", "What burned in the harbour on 3 March, and who was the mayor?", ("eleven fishing boats",))
    html = page([question], [harbour()], [("4.2 million euros", 0.9)])
    assert ("answer", "4.2 million euros") in Reader(html).lit
    assert ("gold", "eleven fishing boats") in Reader(html).lit
    assert "the gold, rank" in html


def test_a_gold_that_was_not_retrieved_is_shown_from_its_place() -> None:
    other = document("The lighthouse opened in 1884.", id="other")
    question = Question("1", "What did the repair cost?", ("1884",), other.id, (placed(other.text, "1884"),))
    html = page([question], [harbour(), other], [("4.2 million euros", 0.9)])
    assert ("gold", "1884") in Reader(html).lit
    assert "the gold, not retrieved" in html


def test_nothing_in_documents_or_questions_is_markup() -> None:
    words = EVIL.split(" ")[0]
    evil = document(f"The harbour cost {EVIL}.", id=EVIL)
    question = Question(EVIL, f"What did the harbour cost {EVIL}?", (EVIL, words), tags=(EVIL, '"><script>'))
    html = page([question], [evil], [(words, 0.9)])
    read = Reader(html)
    assert read.tags.count("script") == 1
    assert "img" not in read.tags
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert "\x00" not in html
    assert not set("\u202e\u200f\u061c") & set(html)
    assert "{{ 7*7 }}" in html


def test_the_page_needs_nothing_else_and_runs_one_script() -> None:
    html = page([COST], [harbour()], [("4.2 million euros", 0.9)])
    read = Reader(html)
    loads = [value for name, value in read.attributes if name in {"src", "srcset", "data", "action"}]
    links = [value for name, value in read.attributes if name in {"href", "xlink:href"} and not (value or "").startswith("#")]
    assert (loads, links) == ([], [])
    assert not re.findall(r"url\((?!#)", html)
    policy = next(value for name, value in read.attributes if name == "content" and "default-src" in (value or ""))
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy


def test_the_plots_are_inline_and_do_not_share_names() -> None:
    html = page([COST, Question("2", "Who paid?", ())], [harbour()], [("4.2 million euros", 0.9)])
    assert html.count("<svg") == 3
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', html))
    assert used <= set(ids)


def test_pieces_are_the_whole_passage_in_order() -> None:
    of = document("0123456789")
    pieces = lit(of, Span(1, 9), Span(0, 4), [Span(3, 6), Span(8, 10)])
    assert [(piece.text, piece.lit) for piece in pieces] == [
        ("12", "answer"),
        ("3", "both"),
        ("45", "gold"),
        ("67", ""),
        ("8", "gold"),
    ]
