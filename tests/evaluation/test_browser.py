"""The page of a report in a real browser: what is filtered, found and lit, its size, and that no script is let in."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from qabot.evaluation.page.page import report_page
from qabot.evaluation.questions import Question
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import asker
from qabot.evaluation.stored import intervals
from tests.building import document, placed
from tests.evaluation.browser import CHROMIUM, dom, screenshot
from tests.evaluation.test_page import PROVENANCE
from tests.samples import scripted_bot

pytest.importorskip("jinja2", reason="needs the extra qabot[eval]")
pytest.importorskip("matplotlib", reason="needs the extra qabot[eval]")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")

INJECTED = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand questions of passages as long as real ones, every tenth refused, one of them hostile."""
    filler = "The ferry leaves the island twice a day and carries goods of every kind to the town. " * 7
    documents, questions = [], []
    for number in range(1_000):
        more = INJECTED if number == 3 else ""
        text = f"{filler}Harbour number {number} cost {number} million euros in May. {more}{filler}"
        of = document(text, id=f"notes/{number}.txt")
        documents.append(of)
        gold = f"{number} million" if number % 10 else "in May"
        asked = f"How many euros did harbour number {number} cost{' ' + INJECTED if more else ''}?"
        tags = ("even",) if number % 2 == 0 else ("odd",)
        questions.append(Question(f"q{number}", asked, (gold,), of.id, (placed(text, gold),), tags=tags))
    asks = (asker(scripted_bot([of], [(f"{n} million euros", 0.9 if n % 10 else 0.2)])) for n, of in enumerate(documents))
    judged = tuple(ask(question) for ask, question in zip(asks, questions, strict=True))
    report = Report(judged, 1_000, 1_000, gold_rule(judged), 0.5)
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text("".join(report_page(report, PROVENANCE, intervals(report), documents)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


def shown(html: str) -> list[str]:
    """Ids of the questions that aren't hidden, in the page's document."""
    articles = re.findall(r"<article\b([^>]*)>.*?<span>(q\d+)</span>", html, re.DOTALL)
    return [id for attributes, id in articles if "hidden" not in attributes]


def test_a_thousand_questions_take_less_than_5_mb(page: Path) -> None:
    assert page.stat().st_size < 5_000_000


def test_filters_and_search_show_what_they_should_and_nothing_injected_runs(page: Path, profile: Path) -> None:
    html = dom(page, "", profile)
    assert len(shown(html)) == 1_000
    assert ">1000 of 1000</output>" in html
    assert "<title>qabot eval: 1000 questions</title>" in html  # the page's own title, not the injected one
    searched = dom(page, urlencode({"search": "Number 77 COST"}), profile)
    assert shown(searched) == ["q77"]
    both = dom(page, urlencode({"bucket": "refused the answerable", "tag": "even", "word": "how many"}), profile)
    assert shown(both) == [f"q{number}" for number in range(0, 1_000, 10)]
    assert ">100 of 1000</output>" in both


def test_spans_are_lit_in_colour(page: Path, profile: Path, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="needs Pillow, which comes with matplotlib")
    screenshot(page, tmp_path / "page.png", urlencode({"search": "number 77 cost"}), profile)
    with image.open(tmp_path / "page.png") as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    assert {(0xFF, 0xD5, 0x4D), (0xA5, 0xE2, 0xAD)} <= colours  # the answer's, and that of answer and gold together
