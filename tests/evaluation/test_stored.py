from __future__ import annotations

import json
from dataclasses import replace

from qabot.evaluation.provenance import Provenance, corpus_fingerprint
from qabot.evaluation.questions import Question
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import asker
from qabot.evaluation.stored import intervals, judged_from, report_object, thinned
from tests.building import document
from tests.samples import harbour, scripted_bot

PROVENANCE = Provenance("0", "m", "c", "d", "q", "ask", 0, None, 1)


def report() -> Report:
    ask = asker(scripted_bot([harbour()], [("4.2 million euros", 0.9), ("eleven fishing boats", 0.4)]))
    golds = [("4.2 million euros",), ("Ilse Brandt",), ()]
    evidence = ("The mayor, Ilse Brandt, put the cost at 4.2 million euros.",)
    asked = [Question(str(n), "What did the harbour cost?", gold, evidence=evidence, tags=("t",)) for n, gold in enumerate(golds)]
    judged = tuple(map(ask, asked))
    return Report(judged, 1, 2, gold_rule(judged), 0.5)


def test_a_question_comes_back_from_json_as_it_was() -> None:
    made = report()
    whole = json.loads(json.dumps(report_object(made, PROVENANCE, intervals(made))))
    times = {item["id"]: item for item in whole["times"]}
    for one, item in zip(made.judged, whole["questions"], strict=True):
        assert judged_from(item, one.question, times[item["id"]]) == one
        bare = judged_from(item)
        assert (bare.question.id, bare.question.answers, bare.question.tags) == (one.question.id, one.question.answers, ("t",))
        assert bare.milliseconds is None


def test_the_object_holds_figures_intervals_curves_and_failures() -> None:
    made = report()
    whole = report_object(made, PROVENANCE, intervals(made))
    assert whole["made_with"]["model"] == "m"
    assert whole["metrics"]["evidence_accuracy"] == 100.0
    assert whole["metrics"]["f1@3"] == 50.0
    assert whole["metrics"]["coverage"] == 100.0
    low, high = whole["intervals"]["f1"]
    assert low <= whole["metrics"]["f1"] <= high
    assert "ece" not in whole["intervals"]  # no mean
    assert sum(whole["failures"].values()) == 2
    assert sum(row["questions"] for row in whole["reliability"]) == 3
    assert whole["risk_coverage"][-1][0] == 1.0
    assert report_object(replace(made, judged=()), PROVENANCE, {})["metrics"]["f1"] is None


def test_two_runs_give_the_same_questions_though_they_took_other_times() -> None:
    first, second = (report_object(report(), PROVENANCE, {})["questions"] for _ in range(2))
    assert first == second


def test_a_corpus_is_known_by_its_texts_alone() -> None:
    one, two, other = document("One.", id="a"), document("Two.", id="b"), document("Two!", id="b")
    assert corpus_fingerprint([one, two]) == corpus_fingerprint([two, replace(one, id="z")])
    assert corpus_fingerprint([one, two]) != corpus_fingerprint([one, other])


def test_a_thinned_curve_keeps_its_ends() -> None:
    points = [(float(number), 0.0) for number in range(1_000)]
    assert (len(thinned(points)), thinned(points)[0], thinned(points)[-1]) == (200, points[0], points[-1])
