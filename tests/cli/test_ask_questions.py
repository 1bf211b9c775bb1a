"""``qabot ask --questions``: a file of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qabot.assembly import open_bot
from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


def test_a_file_of_questions_gives_a_line_each_in_order(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        f'{QUESTION}\n\n{{"question": "Who painted the Sistine Chapel?", "id": 7}}\n{{"question": 3}}\n{{broken\n ?! \n',
        encoding="utf-8",
    )
    result = run("ask", "--questions", str(file), "-q")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 2
    assert [line.get("answerable") for line in lines] == [True, False, None, None, None]
    assert [line.get("id") for line in lines[:2]] == [None, 7]
    assert [line.get("line") for line in lines[2:]] == [4, 5, 6]
    assert all(set(line) == {"schema", "line", "error"} for line in lines[2:])
    assert result.err.count("\n") == 3


@pytest.mark.parametrize("id", ['"a"', '"7"', '""', "7", "-0.5", "12345678901234567890", "null"])
def test_the_id_of_a_question_comes_back_as_the_same_json(tmp_path: Path, notes: Path, id: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"question": "When was the bridge opened?", "id": {id}}}\n', encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    assert result.status == 0
    assert f'"id": {id},' in result.out


@pytest.mark.parametrize("id", ["[1]", "{}", "true", "NaN", "-Infinity", "1e999"])
def test_an_id_that_is_no_text_and_no_number_makes_a_bad_line(tmp_path: Path, notes: Path, id: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"question": "When was the bridge opened?", "id": {id}}}\nWhen?\n', encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    reason = 'its "id" must be a text, a number or null'
    assert result.status == 2
    assert result.err == f"qabot: {file}:1: {reason}\n"
    assert json.loads(result.out.splitlines()[0]) == {"schema": 1, "line": 1, "error": reason}
    assert json.loads(result.out.splitlines()[1])["question"] == "When?"


@pytest.mark.parametrize("line", ["[1, 2]", '"Who came?"', "null", "7"])
def test_in_json_lines_what_is_json_but_no_object_is_a_bad_line(tmp_path: Path, notes: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{line}\nWhen?\n", encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    reason = 'is not an object like {"question": "...", "answers": ["..."]}'
    assert (result.status, result.err) == (2, f"qabot: {file}:1: {reason}\n")
    assert json.loads(result.out.splitlines()[0]) == {"schema": 1, "line": 1, "error": reason}
    plain = file.rename(tmp_path / "questions.txt")  # there it may be a question in quotes
    assert run("ask", "--questions", str(plain), str(notes)).status == 0


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_a_file_without_questions_is_told_of(tmp_path: Path, notes: Path, text: str) -> None:
    file = tmp_path / "questions.txt"
    file.write_text(text, encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    assert (result.status, result.out, result.err) == (2, "", f"qabot: {file}: has no questions; write one a line\n")


def test_with_questions_every_positional_is_a_path(tmp_path: Path, notes: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("When was the bridge opened?\nWho stole the moon?\n", encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 0  # all could be asked, found or not
    assert lines[0]["answer"]["source"]["path"] == str(notes)


@pytest.mark.parametrize("question", [QUESTION, "Who is Hafiz Zia Ahmad?", "Has China recognised the Taliban government?"])
def test_one_question_is_the_same_bit_by_bit_everywhere(tmp_path: Path, question: str) -> None:
    file, gold = tmp_path / "q.txt", tmp_path / "gold.jsonl"
    file.write_text(f"Where was the forum held?\n{question}\nWho is Wang Wenbin?\n", encoding="utf-8")
    gold.write_text(json.dumps({"question": question, "answers": ["Zhao Sheng"]}) + "\n", encoding="utf-8")
    one = json.loads(run("ask", question, "--json", "-q").out)
    batch = json.loads(run("ask", "--questions", str(file), "-q").out.splitlines()[1])
    judged = json.loads(run("eval", str(gold), "--json", "-q").out)["questions"][0]
    chat = json.loads(run("chat", "--json", "-q", stdin=f"{question}\n").out.splitlines()[0])
    first = open_bot().ask(question).answers[0]
    assert one["answers"] == batch["answers"] == chat["answers"]
    answer = one["answer"]
    span = [answer["source"]["start"], answer["source"]["end"]]
    bits = {name: answer[name] for name in ("text", "kind", "score", "confidence")} | {"span": span}
    assert {name: judged["best"][name] for name in bits} == bits
    assert bits == {name: getattr(first, name) for name in bits} | {"span": [first.span.start, first.span.end]}
    assert judged["prediction"].startswith(answer["text"])  # of a list all items
