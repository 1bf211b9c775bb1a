"""Every format of a question set: what it may hold, and how its bad lines are told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from qabot.errors import QuestionSetError
from qabot.evaluation.questions import Question, read_question_set
from qabot.terminal.marks import write_mark

CSV = (
    "id,question,answers,document,passage,evidence,tags,unanswerable\n"
    'a,"Who chaired it, and where?",Ilse Brandt | Brandt,notes/may.txt,,She took the chair.,"who, where",\n'
    'b,What did it cost?,"[""4.2 | million"", ""4.2""]",,"It cost\n4.2 million.",,,no\n'
    "c,Who paid?,,,,,near-miss,yes\n"
)


def read(path: Path, content: str | bytes) -> tuple[Question, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_question_set(path).questions


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("set.csv", CSV.encode()),
        ("set.CSV", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode()),
        ("set.csv.gz", gzip.compress(CSV.encode())),
    ],
)
def test_a_table_holds_all_that_a_question_may_have(tmp_path: Path, name: str, content: bytes) -> None:
    first, second, third = read(tmp_path / name, content)
    assert first == Question(
        "a",
        "Who chaired it, and where?",
        ("Ilse Brandt", "Brandt"),
        document="notes/may.txt",
        evidence=("She took the chair.",),
        tags=("who", "where"),
    )
    assert (second.answers, " ".join((second.passage or "").split())) == (("4.2 | million", "4.2"), "It cost 4.2 million.")
    assert (third.answers, third.tags) == ((), ("near-miss",))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_cells_may_be_parted_as_spreadsheets_do_and_golds_stand_in_columns_of_their_own(tmp_path: Path, delimiter: str) -> None:
    rows = [["Question", "Answer1", "Answer 2"], ["Who?", "Ilse", "Brandt"], ["Why?", "", ""]]
    text = "\n".join(delimiter.join(row) for row in rows)
    first, second = read(tmp_path / ("set.tsv" if delimiter == "\t" else "set.csv"), text)
    assert (first.id, first.answers) == ("2", ("Ilse", "Brandt"))
    assert second.answers == ()


def test_bad_rows_are_named_by_the_line_they_begin_on(tmp_path: Path) -> None:
    file = tmp_path / "set.csv"
    file.write_text(
        'question,answers,unanswerable\n"Who\nwas it?",Ilse,\nWho?\n,Ilse,\nWhy?,Rain,yes\nHow?,,perhaps\nWhen?,May,\n"open,x,\n',
        encoding="utf-8",
    )
    found = read_question_set(file)
    assert [one.question for one in found.questions] == ["Who\nwas it?", "When?"]
    lines = {problem.line: problem.reason for problem in found.problems}
    assert list(lines) == [4, 5, 6, 7, 9]
    assert lines[4] == "has 1 cells where the header has 3"
    assert "empty" in lines[5]
    assert "take one of them away" in lines[6]
    assert "must be true or false, not 'perhaps'" in lines[7]
    assert "check its quotes" in lines[9]
    with pytest.raises(QuestionSetError, match=r"set\.csv:4:"):
        read_question_set(file, strict=True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Who?,Ilse\n", "no header with a column"),
        ("question,gold\nWho?,Ilse\n", 'no column "answers"'),
        ("", "no header"),
        ('question,"answers\nWho?,Ilse\n', r"set\.csv:1: can't be parted into cells .* check its quotes"),
    ],
)
def test_a_table_needs_its_header(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "set.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=reason):
        read_question_set(file)


def test_a_line_of_json_holds_the_same(tmp_path: Path) -> None:
    line = {"id": 7, "question": "Who?", "answers": ["Ilse"], "document": "a.txt", "passage": "Ilse came.", "tags": "who"}
    line["evidence"] = ["Ilse came.", "She did."]
    (one, other) = read(tmp_path / "set.jsonl", json.dumps(line) + '\n{"question": "Why?", "unanswerable": true}\n')
    assert one == Question("7", "Who?", ("Ilse",), "a.txt", (), "Ilse came.", ("Ilse came.", "She did."), ("who",))
    assert (other.id, other.answers) == ("2", ())


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"tags": [1]}, '"tags" must be a text or a list of texts'),
        ({"document": 3}, '"document" must be a text'),
        ({"evidence": {"a": 1}}, '"evidence" must be'),
        ({"unanswerable": "no"}, '"unanswerable" must be true or false'),
        ({"unanswerable": True}, "take one of them away"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(tmp_path: Path, more: dict[str, object], reason: str) -> None:
    file = tmp_path / "set.jsonl"
    good = {"question": "Who?", "answers": ["Ilse"]}
    file.write_text(json.dumps(good) + "\n" + json.dumps(good | more) + "\n", encoding="utf-8")
    (problem,) = read_question_set(file).problems
    assert (problem.line, reason in problem.reason) == (2, True)


def test_a_second_question_of_an_id_is_left_out_and_named(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "x", "question": "Who?", "answers": []}\n{"id": "x", "question": "Why?", "answers": []}\n', "utf-8")
    found = read_question_set(file)
    assert [one.question for one in found.questions] == ["Who?"]
    assert str(found.problems[0]) == f"{file}:2: its id 'x' was given to an earlier question"


def test_squad_brings_evidence_tags_and_places(tmp_path: Path) -> None:
    context = "Ilse came. She stayed."
    qas = [
        {
            "id": "1",
            "question": "Who?",
            "answers": [{"text": "Ilse", "answer_start": 0}],
            "evidences": ["Ilse came."],
            "tags": ["w"],
        },
        {"question": "Why?", "answers": [], "is_impossible": True},
        {"question": "How?", "answers": [], "is_impossible": True},
    ]
    data = {"data": [{"title": "T", "paragraphs": [{"context": context, "qas": qas}]}]}
    first, second, third = read(tmp_path / "set.json", json.dumps(data))
    assert (first.evidence, first.tags, [span.of(context) for span in first.places]) == (("Ilse came.",), ("w",), ["Ilse"])
    assert (second.id, third.id) == ("2", "3")  # questions without an id are told apart


def test_the_marks_of_the_chat_are_a_question_set(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    write_mark(file, "Who chaired it?", ["Ilse Brandt"], document="notes/may.txt", wrong=None, instead=None)
    write_mark(file, "Who paid?", [], document="notes/may.txt", wrong="the mayor", instead=None)
    write_mark(file, "What did it cost?", ["4.2 million"], document="notes/may.txt", wrong="4.2", instead=None)
    found = read_question_set(file, strict=True)
    assert [one.answers for one in found.questions] == [("Ilse Brandt",), (), ("4.2 million",)]
    # Where a wrong answer stood tells nothing of where the right one does.
    assert [one.document for one in found.questions] == ["notes/may.txt", None, None]
