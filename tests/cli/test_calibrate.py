"""``calibrate``: too few questions, a fit that is stored, where it holds, and how to do without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from platformdirs import user_data_path

from qabot.assembly import calibration_fingerprint, calibration_for
from qabot.cli.calibrate import gained
from qabot.cli.own_calibration import find, folder, load, save
from qabot.errors import CalibrationError
from qabot.evaluation.report import Metrics
from tests.building import document
from tests.cli.running import run

FERRIES = ("Arla", "Brandur", "Cecilia", "Dagmar", "Elin", "Frode", "Gunnar", "Hedda", "Ivar", "Jorun")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document, a set of 40 questions about it, and room for a home."""
    folder = tmp_path_factory.mktemp("calibrate")
    (folder / "notes").mkdir()
    text = " ".join(f"The ferry {name} was built in {1900 + number}." for number, name in enumerate(FERRIES))
    (folder / "notes" / "ferries.txt").write_text(text + "\n", encoding="utf-8")
    lines = []
    for number, name in enumerate(FERRIES):
        year = str(1900 + number)
        lines += [{"question": f"When was the ferry {name} built?", "answers": [year]}]
        lines += [{"question": f"Which ferry was built in {year}?", "answers": [name, f"ferry {name}", f"The ferry {name}"]}]
        lines += [{"question": f"Who was the captain of the {name}?", "answers": []}]
        lines += [{"question": f"What did the {name} cost?", "answers": []}]
    (folder / "set.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return folder


def test_a_fit_is_stored_where_it_gains_and_shown_before_and_after(place: Path) -> None:
    environment = {"XDG_DATA_HOME": str(place / "home")}
    result = run("calibrate", str(place / "set.jsonl"), str(place / "notes"), "--json", environment=environment)
    found = json.loads(result.out)
    names = {"f1", "exact_match", "has_answer_f1", "no_answer", "coverage", "ece", "aurc"}
    assert set(found["before"]) == set(found["after"]) == names
    worth = gained(found["before"], found["after"])
    assert (result.status, found["stored"] is not None) == ((0, True) if worth else (1, False))
    if worth:
        own = load(Path(found["stored"]))
        assert own.file.parent == place / "home" / "qabot" / "calibrations"
        assert (own.paths, own.rescaling.fitted_on) == ((str(place / "notes"),), "set.jsonl, 40 questions")
    else:
        assert not (place / "home").exists()


def test_ask_chat_and_eval_use_what_was_fitted_to_their_documents_and_nothing_elsewhere(place: Path, tmp_path: Path) -> None:
    kept(tmp_path, place / "notes", threshold=0.123)
    environment = {"XDG_DATA_HOME": str(tmp_path)}
    question, notes = "When was the ferry Dagmar built?", str(place / "notes")
    file = str(place / "notes" / "ferries.txt")
    asked = json.loads(run("ask", question, file, "--json", environment=environment).out)
    plain = json.loads(run("ask", question, file, "--json", environment=environment | {"QABOT_CALIBRATION": "none"}).out)
    assert (asked["threshold"], plain["threshold"]) == (0.123, calibration_for().threshold)
    assert asked["answers"][0]["confidence"] != plain["answers"][0]["confidence"]
    chatted = run("chat", notes, "--json", stdin=question + "\n", environment=environment)
    assert json.loads(chatted.out)["threshold"] == 0.123
    options = ("--limit", "1", "--json")
    evaluated = json.loads(run("eval", str(place / "set.jsonl"), notes, *options, environment=environment).out)
    assert (evaluated["threshold"], evaluated["made_with"]["calibration"]) == (0.123, "t")
    elsewhere = json.loads(run("eval", str(place / "set.jsonl"), *options, environment=environment).out)
    assert elsewhere["threshold"] == calibration_for().threshold


def test_too_few_questions_are_refused_with_the_number_needed(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"question": "Who?", "answers": ["Anna"]}\n' * 1, encoding="utf-8")
    result = run("calibrate", str(file))
    assert result.status == 2
    assert "at least 20 and 20 are needed; add 19 more with an answer and 20 more without one" in result.err


def kept(home: Path, *paths: Path, threshold: float = 0.5, base: str = "") -> None:
    content = {
        "base": base or calibration_fingerprint(),
        "slope": 0.5,
        "intercept": 0.1,
        "threshold": threshold,
        "fitted_on": "t",
    }
    save({"XDG_DATA_HOME": str(home)}, map(str, paths), content)


def test_the_narrowest_paths_that_hold_all_documents_win(tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path / "home")}
    inside = tmp_path / "notes" / "may"
    inside.mkdir(parents=True)

    def threshold_of(*names: str) -> float | None:
        own = find(environment, [document("x", id=str(tmp_path / name)) for name in names])
        return own.rescaling.threshold if own else None

    assert threshold_of("notes/a.txt") is None
    kept(tmp_path / "home", tmp_path / "notes", threshold=0.2)
    kept(tmp_path / "home", inside, threshold=0.3)
    assert threshold_of("notes/a.txt") == 0.2
    assert threshold_of("notes/may/a.txt") == 0.3
    assert threshold_of("notes/may/a.txt", "notes/a.txt") == 0.2
    assert threshold_of("notes/may/a.txt", "other/a.txt") is None
    assert find(environment, [document("x", id="-")]) is None
    kept(tmp_path / "home", inside, threshold=0.4)  # takes the other's place
    assert threshold_of("notes/may/a.txt") == 0.4


def test_a_calibration_of_another_model_is_told_and_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ferry was built in 1900.\n", encoding="utf-8")
    kept(tmp_path / "home", tmp_path, threshold=0.99, base="another")
    result = run("ask", "When was it built?", str(file), "--json", environment={"XDG_DATA_HOME": str(tmp_path / "home")})
    assert json.loads(result.out)["threshold"] == calibration_for().threshold
    assert "was fitted to another version's model and isn't used; run qabot calibrate again" in result.err


_SOUND = {"schema": 1, "paths": ["/"], "slope": 1, "intercept": 0, "threshold": 0.5, "fitted_on": "x", "base": "y"}


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", '{"schema": 2}', '{"schema": 1, "slope": -1}'),
        *(json.dumps(_SOUND | wrong) for wrong in ({"paths": "/docs"}, {"paths": [1]}, {"slope": True}, {"intercept": "9"})),
    ],
)
def test_a_damaged_calibration_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "own.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CalibrationError, match=r"own\.json: is not what qabot calibrate writes"):
        load(file)
    result = run("ask", "Who?", environment={"QABOT_CALIBRATION": str(file)})
    assert (result.status, "own.json: is not what qabot calibrate writes; delete it" in result.err) == (2, True)


def test_a_set_with_documents_of_its_own_needs_paths(tmp_path: Path) -> None:
    context = {"context": "It rained.", "qas": [{"id": str(n), "question": "Why?", "answers": []} for n in range(50)]}
    file = tmp_path / "set.json"
    file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": [context]}]}), encoding="utf-8")
    assert "name the PATHs that you ask" in run("calibrate", str(file)).err


@pytest.mark.parametrize(
    ("before", "after", "worth"),
    [
        ((70.0, 0.1), (71.0, 0.2), True),
        ((70.0, 0.1), (69.8, 0.05), True),
        ((70.0, 0.1), (69.0, 0.05), False),
        ((70.0, 0.1), (70.0, 0.1), False),
    ],
)
def test_what_is_a_gain(before: tuple[float, float], after: tuple[float, float], worth: bool) -> None:
    figures: list[Metrics] = [{"f1": f1, "ece": ece} for f1, ece in (before, after)]
    assert gained(*figures) is worth


def test_calibrations_are_kept_where_the_system_keeps_such_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert folder({"HOME": str(tmp_path)}) == folder({}) == user_data_path("qabot") / "calibrations"
    assert folder({"XDG_DATA_HOME": str(tmp_path), "HOME": "/x"}) == tmp_path / "qabot" / "calibrations"
    assert folder({"XDG_DATA_HOME": "relative"}) == folder({})
