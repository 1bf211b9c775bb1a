from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qabot.assembly import open_bot
from qabot.cli.context import Context
from qabot.cli.main import main
from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text("The bridge at Arlen was opened in 1931.\n\nIt was designed by Mara Voss.\n", encoding="utf-8")
    return file


def test_answer_on_stdout_and_source_announced_on_stderr() -> None:
    result = run("ask", QUESTION)
    assert result.status == 0
    assert "Zhao Sheng" in result.out
    assert "taliban-china.txt:" in result.out
    assert "the article that comes with qabot" in result.err


def test_quiet_says_nothing_on_stderr() -> None:
    assert run("ask", "-q", QUESTION).err == ""


def test_without_a_terminal_the_span_is_marked_and_no_escape_is_sent() -> None:
    result = run("ask", QUESTION)
    assert ">>Zhao Sheng<<" in result.out
    assert "\x1b" not in result.out


def test_colour_always_and_never() -> None:
    assert "\x1b[" in run("ask", QUESTION, "--color", "always").out
    assert "\x1b" not in run("ask", QUESTION, "--color", "never").out


@pytest.mark.parametrize("options", [(), ("--threshold", "1"), ("--context", "1")], ids=" ".join)
def test_a_path_longer_than_a_pipe_is_wide_stays_whole_and_on_one_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    """In a pipe 80 columns are only supposed, and what reads it needs the path: of an answer and of the nearest passage."""
    folder = tmp_path / ("a folder with a long name " * 4).strip() / ("and another " * 8).strip()
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("The bridge at Arlen was opened in 1931.\n", encoding="utf-8")
    result = run("ask", "When was the bridge opened?", str(folder), *options)
    assert result.status == ("--threshold" in options)
    assert re.search(rf"^  {re.escape(str(folder / 'one.txt'))}:1:\d+$", result.out, re.MULTILINE)


def test_not_found_is_exit_1_and_says_so() -> None:
    result = run("ask", "Who painted the ceiling of the Sistine Chapel?")
    assert result.status == 1
    assert "Not found" in result.out
    assert '"Chapel"' in result.out


def test_documents_from_the_environment(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", environment={"QABOT_DOCS": str(notes)})
    assert result.status == 0
    assert ">>1931<<" in result.out
    assert "QABOT_DOCS" in result.err


@pytest.mark.parametrize("command", [("ask", "When was the bridge opened?"), ("chat",)])
def test_the_environment_cannot_name_standard_input(command: tuple[str, ...], notes: Path) -> None:
    """A chat would read its own questions as a document, a script would wait for a terminal."""
    result = run(*command, stdin="The bridge was opened in 1888.", environment={"QABOT_DOCS": f"{notes}{os.pathsep}-"})
    assert result.status == 2
    assert "$QABOT_DOCS can't name standard input (-)" in result.err
    assert (result.out, result.err.count("\n")) == ("", 1)


def test_the_environment_may_name_a_file_called_dash(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes.parent)
    notes.rename(notes.parent / "-")
    result = run("ask", "When was the bridge opened?", stdin="Nothing.", environment={"QABOT_DOCS": "./-"})
    assert ">>1931<<" in result.out


def test_a_named_path_beats_the_environment(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", str(notes), environment={"QABOT_DOCS": "/nowhere"})
    assert (result.status, result.err) == (0, "")


def test_standard_input_is_a_document() -> None:
    result = run("ask", "Who designed the bridge?", "-", "--json", stdin="The bridge was designed by Mara Voss.")
    answer = json.loads(result.out)["answer"]
    assert answer["text"] == "Mara Voss"
    assert answer["source"]["path"] == "-"


def test_standard_input_can_be_read_only_once() -> None:
    assert run("ask", "Who?", "-", "-", stdin="x").status == 2


def test_json_slices_the_file(notes: Path) -> None:
    result = run("ask", "Who designed the bridge?", str(notes), "--json")
    reply = json.loads(result.out)
    assert result.out.count("\n") == 1
    assert list(reply) == [
        "schema",
        "id",
        "question",
        "understood_as",
        "answerable",
        "threshold",
        "answer",
        "answers",
        "hits",
        "notes",
        "elapsed_ms",
    ]
    source = reply["answer"]["source"]
    text = notes.read_text(encoding="utf-8")
    assert text[source["start"] : source["end"]] == reply["answer"]["text"] == "Mara Voss"
    assert (source["line"], source["column"], source["page"]) == (3, 20, None)
    passage = reply["answer"]["passage"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    assert reply["answers"][0] == reply["answer"]
    assert reply["hits"][0]["rank"] == 1


def test_json_of_not_found() -> None:
    result = run("ask", "Who painted the Sistine Chapel?", "--json", "-q")
    reply = json.loads(result.out)
    assert result.status == 1
    assert (reply["answerable"], reply["answer"], reply["answers"]) == (False, None, [])


def test_top_bounds_the_answers_and_threshold_moves_the_line() -> None:
    many = json.loads(run("ask", QUESTION, "--json", "--threshold", "0", "--top", "2", "-q").out)
    assert len(many["answers"]) == 2
    assert many["threshold"] == 0.0
    assert run("ask", QUESTION, "--threshold", "1").status == 1


def test_context_shows_the_sentences_around() -> None:
    alone = run("ask", "Who is Wang Wenbin?").out
    around = run("ask", "Who is Wang Wenbin?", "--context", "1").out
    assert "deeply shocked" not in alone.split("\n2. ")[0]
    assert "deeply shocked" in around


def test_a_question_may_begin_with_a_dash() -> None:
    assert run("ask", "--json", "-q", "--", "--who is Zhao Sheng?").status in {0, 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "there is no question"),
        (("ask", ""), "the question is empty"),
        (("ask", " ?! "), "the question is empty"),
        (("ask", "word " * 10_000), "10,000 words"),
        (("ask", "w" * 5_001), "5,001 characters; ask in at most 5,000"),
        (("ask", "Who?", ""), "'': is no path; name"),
        (("ask", "Who?", "a\0b"), "can't be read"),
        (("ask", "--questions", "a\0b"), "can't be read"),
        (("ask", "--questions", "."), "is not a regular file; name a file of questions"),
        (("ask", "Who?", "missing.txt"), "missing.txt: no such file"),
        (("ask", "Who?", "--threshold", "7"), "--threshold"),
        (("ask", "Who?", "--top", "0"), "--top"),
        (("ask", "Who?", "--colour"), "--colour"),
        (("ask", "Who?", "/dev/null"), "not a regular file"),
        (("ask", "--questions", "missing.txt"), "missing.txt: no such file"),
        (("nosuch",), "No such command"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, "-q") if arguments[0] == "ask" and "--" not in arguments else run(*arguments)
    assert result.status == 2
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_a_fifo_is_refused_at_once(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    result = run("ask", "Who?", str(fifo))
    assert result.status == 2
    assert "pipe: is not a regular file" in result.err


def test_a_path_that_cannot_be_read_does_not_keep_the_rest_from_answering(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", "missing.txt", str(notes))
    assert result.status == 2
    assert ">>1931<<" in result.out
    assert "missing.txt" in result.err


def test_an_odd_file_in_a_named_folder_only_warns(notes: Path) -> None:
    (notes.parent / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    result = run("ask", "When was the bridge opened?", str(notes.parent))
    assert result.status == 0
    assert "picture.png: skipped: is a binary file" in result.err


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    result = run("ask", "Who?", str(tmp_path))
    assert result.status == 2
    assert "no readable text files" in result.err


def test_a_document_cannot_drive_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil\x1b]0;title\x07.txt"
    file.write_text("The captain is \x1b[31mJo\x07 Bell\x9b2J, said [red]Ann[/x].\r\n", encoding="utf-8")
    for color in ("always", "never", "auto"):
        result = run("ask", "Who is the captain?", str(file), "--color", color, "--threshold", "0")
        shown = result.out.replace("\x1b]8;", "").replace("\x1b\\", "")
        assert "\x07" not in result.out
        assert "\x9b" not in result.out
        assert "\x1b]0" not in shown
        assert "\x1b[31m" not in shown.replace("\x1b[31m" + "perhaps", "")
        if color != "always":
            assert "\x1b" not in result.out


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


def test_with_questions_every_positional_is_a_path(tmp_path: Path, notes: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("When was the bridge opened?\nWho stole the moon?\n", encoding="utf-8")
    result = run("ask", "--questions", str(file), str(notes))
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 0  # all could be asked, found or not
    assert lines[0]["answer"]["source"]["path"] == str(notes)


def test_one_question_is_the_same_bit_by_bit_everywhere(tmp_path: Path) -> None:
    file, gold = tmp_path / "q.txt", tmp_path / "gold.jsonl"
    file.write_text(f"Where was the forum held?\n{QUESTION}\nWho is Wang Wenbin?\n", encoding="utf-8")
    gold.write_text(json.dumps({"question": QUESTION, "answers": ["Zhao Sheng"]}) + "\n", encoding="utf-8")
    one = json.loads(run("ask", QUESTION, "--json", "-q").out)
    batch = json.loads(run("ask", "--questions", str(file), "-q").out.splitlines()[1])
    judged = json.loads(run("eval", str(gold), "--json", "-q").out)["questions"][0]
    reply = open_bot().ask(QUESTION)
    assert one["answers"] == batch["answers"]
    assert judged["confidence"] == one["answer"]["confidence"] == reply.answers[0].confidence
    assert judged["prediction"] == one["answer"]["text"]
    assert (reply.answers[0].span.start, reply.answers[0].score) == (one["answer"]["source"]["start"], one["answer"]["score"])


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), BrokenPipeError()])
@pytest.mark.parametrize(("paths", "status"), [([], 0), (["missing.txt"], 2)])
def test_an_answer_is_given_though_standard_error_cannot_be_written(
    notes: Path, failure: OSError, paths: list[str], status: int
) -> None:
    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise failure

    out = io.StringIO()
    context = Context(io.StringIO(), out, Full(), environment={"QABOT_DOCS": str(notes)})
    given = [str(notes), *paths] if paths else []
    assert main(["ask", "When was the bridge opened?", *given], context) == status
    assert ">>1931<<" in out.getvalue()


def test_a_closed_stdout_ends_quietly(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(f"{QUESTION}\n" * 40, encoding="utf-8")
    command = f'"{sys.executable}" -m qabot ask --questions "{file}" -q | head -n 1'
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_ctrl_c_is_exit_130(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(f"{QUESTION}\n" * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "qabot", "ask", "-q", "--questions", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()  # it is at work now
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in errors


def test_a_stream_that_lacks_characters_gets_what_it_can_show(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("The café was opened by Zoë Łuk.", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "QABOT_DOCS": ""}
    command = [sys.executable, "-m", "qabot", "ask", "Who opened the café?", str(file), "--threshold", "0"]
    for options in ([], ["--json"]):
        result = subprocess.run([*command, *options], env=environment, capture_output=True, check=False)
        assert result.returncode == 0, result.stderr
        assert result.stdout.isascii()
    assert json.loads(result.stdout)["answer"]["sentence"] == "The café was opened by Zoë Łuk."
