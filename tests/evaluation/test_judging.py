from __future__ import annotations

from dataclasses import replace

from qabot.evaluation.judging import gold_rank, judge, said
from qabot.evaluation.questions import Question
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import evaluate, sample
from qabot.records import Span
from tests.building import answer, passage
from tests.samples import HARBOUR, harbour, scripted_bot

COST = HARBOUR.index("4.2 million euros")


def question(*answers: str, places: tuple[Span, ...] = (), document: str | None = None) -> Question:
    return Question("1", "How much will the repair cost?", answers, document, places)


def test_a_refused_answer_scores_as_empty_but_its_best_candidate_is_scored_too() -> None:
    bot = scripted_bot([harbour()], [("4.2 million euros", 0.3)])
    judged = judge(question("4.2 million euros"), bot.ask("How much will the repair cost?"), 1.0)
    assert (judged.prediction, judged.f1, judged.best_text, judged.best_f1) == ("", 0.0, "4.2 million euros", 1.0)
    assert judged.confidence == 0.3
    assert judged.right


def test_a_question_without_an_answer_is_right_when_refused_and_never_counts_as_found() -> None:
    bot = scripted_bot([harbour()], [("4.2 million euros", 0.3)])
    judged = judge(question(), bot.ask("How much will the repair cost?"), 1.0)
    assert (judged.f1, judged.exact_match, judged.best_f1, judged.gold_rank) == (1.0, 1.0, 0.0, None)
    assert not judged.right


def test_a_list_is_judged_from_its_first_item_to_its_last() -> None:
    of = passage("Ships came from Latvia, Estonia and Finland.")
    items = [replace(answer(of, name), kind="item") for name in ("Latvia", "Estonia", "Finland")]
    assert said([*items, answer(of, "Ships")]) == "Latvia, Estonia and Finland"
    assert said([answer(of, "Ships"), *items]) == "Ships"
    assert said([]) == ""


def test_gold_rank_by_place_is_strict_about_document_and_place() -> None:
    bot = scripted_bot([harbour("one.md"), harbour("two.md")], [])
    hits = bot.search("What did the repair of the harbour cost?")
    place = Span(COST, COST + 5)
    ranks = {hit.passage.document.id: hit.rank for hit in reversed(hits) if place.within(hit.passage.span)}
    for name in ("one.md", "two.md"):
        assert gold_rank(question("4.2 m", places=(place,), document=name), hits) == ranks[name]
    assert gold_rank(question("4.2 m", places=(place,), document="three.md"), hits) is None
    assert gold_rank(question("4.2 million euros"), hits) == min(ranks.values())


def test_no_question_is_missing_from_any_mean() -> None:
    bot = scripted_bot([harbour()], [("4.2 million euros", 0.9)])
    asked = [question("4.2 million euros"), question("Ilse Brandt"), question()]
    judged = tuple(evaluate(bot, asked))
    metrics = Report(judged, 1, 2, gold_rule(judged), 0.5).metrics
    assert metrics["f1"] == 100 / 3
    assert metrics["has_answer_f1"] == 50.0
    assert metrics["no_answer"] == 0.0
    assert metrics["best_f1"] == 100 / 3
    # Bins of one: 0.1 off where it was right, 0.9 where it was wrong.
    assert metrics["ece"] is not None
    assert abs(metrics["ece"] - (0.1 + 0.9 + 0.9) / 3) < 1e-9


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order() -> None:
    asked = [Question(str(number), "Who?", ()) for number in range(50)]
    drawn = sample(asked, 10, 7)
    assert drawn == sample(asked, 10, 7)
    assert drawn != sample(asked, 10, 8)
    assert [int(one.id) for one in drawn] == sorted(int(one.id) for one in drawn)
    assert sample(asked, None, 1) == asked == sample(asked, 99, 1)
