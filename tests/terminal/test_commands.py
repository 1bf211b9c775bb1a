"""Every command of the chat, typed through prompt-toolkit's pipe input."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from qabot.answering import Bot
from qabot.evaluation.questions import read_question_set
from qabot.ingest.reading import document_from_text
from qabot.records import Document
from qabot.terminal.commands import COMMANDS
from qabot.terminal.console import Color, make_console
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.line_editor import line_editor
from qabot.terminal.outside import Outside
from qabot.terminal.repl import Repl
from tests.samples import harbour, scripted_bot

COST = "How much will the repair of the harbour cost?"
SCRIPT = [("4.2 million euros", 0.9), ("the end of the year", 0.6), ("7 million crowns", 0.8), ("eleven fishing boats", 0.2)]
QUAY = "The quay of Arlen is old.\r\nIts repair will cost 7 million crowns."


def build(documents: Sequence[Document]) -> Bot:
    return scripted_bot(documents, SCRIPT)


def quay() -> Document:
    return document_from_text(QUAY, id="quay.txt", path="quay.txt", name="quay")


def chat(*lines: str, documents: Sequence[Document] = (), outside: Outside | None = None, color: Color = "never") -> str:
    """What stands on the screen after ``lines`` were typed."""
    stream = io.StringIO()
    dialogue = Dialogue(build(documents or [harbour()]), build)
    with create_pipe_input() as pipe:
        read_line = line_editor(InMemoryHistory(), print, dialogue, input=pipe, output=DummyOutput())
        pipe.send_text("".join(f"{line}\r" for line in lines) + "\x04")
        Repl(dialogue, make_console(stream, color, width=400), read_line, outside).run()
    return stream.getvalue().split("Ctrl-D leaves.\n", 1)[1]


def test_answers_are_numbered_through_the_dialogue_and_listed_as_sources() -> None:
    screen = chat("/sources", COST, COST, "/sources")
    assert screen.startswith("There are no citations yet.")
    assert re.findall(r"\[(\d)\] harbour.md:10:\d+", screen) == ["1", "2", "3", "4", "1", "2", "3", "4"]
    assert f"  4.2 million euros  {COST}" in screen


def test_docs_are_numbered() -> None:
    assert chat("/docs", documents=[harbour(), quay()]).splitlines()[::2] == ["1. harbour.md", "2. quay.txt"]


def test_add_reads_a_file_once_and_anew_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "my  quay.txt"
    file.write_text(QUAY, encoding="utf-8")
    screen = chat(f"/add {file}", f"/add '{file}'", "/docs", "What will the repair cost?", "/docs")
    assert f"Added {file} (3 passages now)" in screen.replace("\n", "")
    assert "asked already, and unchanged" in screen
    assert "7 million crowns" in screen
    old = document_from_text("Old words.", id="q", path=str(file))
    assert "Read anew" in chat(f"/add {file}", documents=[old])


@pytest.mark.parametrize("path", ["missing.txt", "-", "/dev/null"])
def test_what_cannot_be_added_is_told(path: str) -> None:
    lines = chat(f"/add {path}", "/docs").splitlines()
    assert lines[0].startswith(f"{path}: ")
    assert lines[1] == "1. harbour.md"


@pytest.mark.parametrize("name", ["quay.txt", "2", "'quay.txt'"])
def test_drop_by_name_or_number_and_the_citations_stay(name: str) -> None:
    screen = chat("What will the quay's repair cost?", f"/drop {name}", "/docs", "/sources", documents=[harbour(), quay()])
    behind = screen.split("Dropped quay.txt (2 passages now)", 1)[1]
    assert "2. " not in behind.split("[1]")[0]
    assert "quay.txt:2:22" in behind


def test_drop_that_cannot_be() -> None:
    both = [
        harbour(),
        document_from_text("Two.", id="x", path="a/harbour.md"),
        document_from_text("3.", id="y", path="b/harbour.md"),
    ]
    screen = chat("/drop harbor.md", "/drop 9", "/drop harbour.md", "/drop harbour.md", documents=both)
    assert "did you mean harbour.md?" in screen
    assert "no document is called 9; /docs lists them" in screen
    assert "2 documents are called harbour.md; write the number" in screen
    assert "it is the only document" in chat("/drop 1")


def test_more_goes_on_below_what_was_shown_and_marks_what_is_doubtful() -> None:
    screen = chat("/top 1", COST, "/more", "/more", "/more")
    assert "[1]" in screen.split("2. the end of the year")[0]
    second, third = screen.split("2. the end of the year")[1].split("3. eleven fishing boats")
    assert "under the threshold" not in second
    assert third.startswith("  perhaps, 20%  under the threshold")
    assert "[3] harbour.md:5:" in third
    assert third.endswith("There are no more answers to the last question.\n")


def test_more_after_not_found_shows_what_was_refused() -> None:
    screen = chat("/threshold 0.95", COST, "/more")
    assert "Not found" in screen
    assert "1. 4.2 million euros  sure, 90%  under the threshold" in screen


def test_context_top_and_threshold_hold_from_now_on() -> None:
    screen = chat("/context 1", "/top 1", "/threshold 0.85", "/context", "/top", "/threshold", COST)
    assert screen.count("Sentences shown around an answer: 1\n") == 2
    assert screen.count("Answers shown of a question: 1\n") == 2
    assert screen.count("is an answer: 0.85\n") == 2
    assert "The harbour will be repaired" in screen
    assert "2. " not in screen


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/context -1", "-1 is not a whole number from 0 to 100"),
        ("/top 0", "0 is not a whole number from 1 to 100"),
        ("/threshold nan", "nan is not a number from 0 to 1"),
        ("/threshold high", "high is not a number from 0 to 1"),
        ("/docs all", "/docs takes nothing behind it"),
        ("/add", "something is missing; write /add PATH"),
        ("/literal", "something is missing; write /literal QUESTION"),
        ("/view", "there are no citations yet; ask a question first"),
        ("/more", "nothing was asked yet; ask a question first"),
        ("/why", "nothing was asked yet; ask a question first"),
        ("/good", "nothing was asked yet; ask a question first"),
        ("/save x.md", "nothing was asked yet; there is nothing to save"),
        ("/clear", "this output can't be cleared; it takes no control sequences"),
        ("/tresholt 1", "No command /tresholt. Did you mean /threshold?"),
    ],
)
def test_what_is_wrong_gets_one_clear_line(line: str, said: str) -> None:
    assert chat(line) == f"{said}\n"


@pytest.mark.parametrize("number", ["0", "5", "x", "[9]", "²"])
def test_a_number_that_cites_nothing(number: str) -> None:
    for command in ("/view", "/open", "/copy"):
        assert f"there is no citation {number}; write a number from 1 to 2" in chat(COST, f"{command} {number}")


def test_why_shows_every_number() -> None:
    screen = chat("How much will the repair of the hospital cost?", "/why").split("question", 2)[-1]
    rows = {line.split("  ")[0].strip(): line.split()[1:] for line in screen.splitlines() if line.strip()}
    assert rows["hospital"] == ["-", "nowhere"]
    assert float(rows["repair"][0]) > 0
    assert float(rows["repair"][1]) > 0
    assert rows["passage found"][2:4] == ["rank", "1,"] or "rank" in " ".join(rows["passage found"])
    for name, value in (("reader margin", "9.000"), ("null score", "0.000"), ("confidence", "0.900"), ("threshold", "0.500")):
        assert rows[name][-1] == value


def test_why_of_a_refusal_says_so() -> None:
    assert "4.2 million euros  refused" in chat("/threshold 1", COST, "/why")


def test_each_asks_every_document_alone() -> None:
    screen = chat("/each Which wreck of the repair will cost?", "/view 2", documents=[harbour(), quay()])
    assert re.search(r"harbour.md +4.2 million euros +90% +10 +\[1\]", screen)
    assert re.search(r"quay.txt +7 million crowns +80% +2 +\[2\]", screen)
    assert "Its repair will cost >>7 million crowns<<." in screen
    assert re.search(r"quay.txt +not found", chat("/threshold 0.85", "/each What is the cost?", documents=[harbour(), quay()]))


def test_view_shows_the_source_with_its_lines_numbered() -> None:
    hostile = document_from_text("One.\r\nThe repair \x1b[31mwill cost 7 million crowns [red].\n", id="h", path="h.txt")
    screen = chat("What will the repair cost?", "/view", documents=[hostile])
    assert "     1  One." in screen
    assert "     2  The repair ␛[31mwill cost >>7 million crowns<< [red]." in screen
    assert "\x1b" not in screen


def test_view_goes_through_the_pager() -> None:
    paged: list[tuple[str, Sequence[str]]] = []

    def page(text: str, command: Sequence[str]) -> bool:
        paged.append((text, command))
        return command[0] != "gone"

    chat(COST, "/view 1", outside=Outside(pager="less -i", page=page), color="always")
    chat(COST, "/view 1", outside=Outside(pager="more", page=page))
    assert [command for _, command in paged] == [["less", "-i", "-R"], ["more"]]
    assert re.search(r"at \x1b\[[0-9;]*m4.2 million euros\x1b\[0m", paged[0][0])
    assert "at >>4.2 million euros<<" in paged[1][0]
    assert "can't be started" in chat(COST, "/view", outside=Outside(pager="gone", page=page))


@pytest.mark.parametrize(
    ("editor", "place"),
    [
        ("vi", ["+2", "{}"]),
        ("/usr/bin/vim -n", ["-n", "+normal! 2G021l", "{}"]),
        ("nvim", ["+normal! 2G021l", "{}"]),
        ("nano", ["+2,22", "{}"]),
        ("emacs -nw", ["-nw", "+2:22", "{}"]),
        ("micro", ["+2:22", "{}"]),
        ("gedit", ["+2:22", "{}"]),
        ("code --wait", ["--wait", "--goto", "{}:2:22"]),
        ("subl", ["{}:2:22"]),
        ("hx", ["{}:2:22"]),
        ("kate", ["--line", "2", "--column", "22", "{}"]),
        ("'my editor'", ["{}"]),
    ],
)
def test_open_gives_each_editor_the_place_as_it_wants_it(tmp_path: Path, editor: str, place: list[str]) -> None:
    file = tmp_path / "a quay; rm.txt"
    file.write_text(QUAY, encoding="utf-8")
    started: list[Sequence[str]] = []

    def run(command: Sequence[str], wait: bool) -> int:
        started.append(command)
        assert wait == (Path(command[0]).name not in {"code", "subl", "kate", "gedit"})
        return 0

    document = document_from_text(QUAY, id="q", path=str(file))
    chat("What will the repair cost?", "/open 1", documents=[document], outside=Outside(editor=editor, run=run))
    assert [list(command[1:]) for command in started] == [[part.format(file) for part in place]]


def test_open_that_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(QUAY, encoding="utf-8")
    document = document_from_text(QUAY, id="q", path=str(file))

    def told(editor: str | None) -> str:
        return chat("What will the repair cost?", "/open", documents=[document], outside=Outside(editor=editor)).replace(
            "\n", " "
        )

    assert "no editor is set; set $VISUAL or $EDITOR" in told(None)
    assert "can't be started: no such program" in told("no-such-editor-anywhere")
    assert "can't be read as a command" in told("vi 'x")
    assert "the editor false ended with status 1" in told("false")
    file.unlink()
    assert "no longer there" in told("vi")


def test_save_writes_the_dialogue_once(tmp_path: Path) -> None:
    file = tmp_path / "talk [1].md"
    hostile = document_from_text("The repair will cost 7 million crowns <b>*now*</b>.\n", id="h", path="h_1.txt")
    screen = chat("What will the repair cost?", f"/save {file}", f"/save {file}", documents=[hostile])
    text = file.read_text(encoding="utf-8")
    assert text == (
        "# A dialogue with qabot\n\n## What will the repair cost?\n\n**7 million crowns** (80%) [1]\n\n"
        "> The repair will cost **7 million crowns** \\<b\\>\\*now\\*\\</b\\>.\n\n"
        "## Sources\n\n- [1] h\\_1.txt:1:22: 7 million crowns\n"
    )
    assert "is there already; name a file that isn't" in screen.replace("\n", " ")
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_save_that_cannot_be(tmp_path: Path) -> None:
    assert "can't be written" in chat(COST, f"/save {tmp_path}/no/where.md").replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_without_a_number_it_is_the_best_of_the_last_answer() -> None:
    assert "euros" in chat(COST, COST, "/copy", outside=Outside(escapes=True)).rsplit("\x07", 1)[1]
    assert "write a number from 1 to 1" in chat("/each What is the cost?", "/copy")
    assert "write a number from 1 to 2" in chat(COST, "/threshold 1", COST, "/view")


def test_copy_sends_the_words_to_a_terminal_only() -> None:
    screen = chat(COST, "/copy 1", outside=Outside(escapes=True))
    assert f"\x1b]52;c;{base64.b64encode(b'4.2 million euros').decode()}\x07" in screen
    refused = chat(COST, "/copy 1")
    assert "\x1b" not in refused
    assert "nothing is copied" in refused


def test_marks_make_a_question_file_that_eval_reads(tmp_path: Path) -> None:
    file = tmp_path / "data" / "questions.jsonl"
    screen = chat(COST, "/good", COST, "/bad", outside=Outside(marks=file))
    assert screen.replace("\n", "").count(str(file)) == 2
    right, wrong = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert (right["question"], right["answers"], right["document"]) == (COST, ["4.2 million euros"], "harbour.md")
    assert (wrong["answers"], wrong["wrong"]) == ([], "4.2 million euros")
    assert file.stat().st_mode & 0o077 == 0
    asked = read_question_set(file)
    assert asked.problems == ()
    assert [question.answers for question in asked.questions] == [("4.2 million euros",), ()]


def test_a_mark_takes_the_place_of_the_one_before_on_the_same_answer(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "Before?", "answers": []}', encoding="utf-8")
    chat(COST, "/good", "/bad", "/gold 5 million", outside=Outside(marks=file))
    before, line = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert before["question"] == "Before?"
    assert (line["answers"], line["wrong"]) == (["5 million"], "4.2 million euros")
    assert list(tmp_path.iterdir()) == [file]


def test_marks_after_not_found(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    screen = chat("/threshold 1", COST, "/bad", "/good", outside=Outside(marks=file))
    assert "nothing was answered; /gold TEXT says what" in screen
    assert json.loads(file.read_text(encoding="utf-8"))["answers"] == []


def test_marks_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    screen = chat(COST, "/good", outside=Outside(marks=tmp_path / "file" / "q.jsonl"))
    assert "the mark can't be written" in screen.replace("\n", " ")
    assert "no question file" in chat(COST, "/gold x")


def test_history_lists_questions_with_their_answers() -> None:
    assert chat("/history", COST, "/threshold 1", "What burned?", "/history").endswith(
        f"1. {COST}\n   4.2 million euros\n2. What burned?\n   not found\n"
    )


def test_new_literal_clear_help_and_quit() -> None:
    follow_up = ["Who is Ilse Brandt?", "/literal Whad cost did she put?"]
    assert 'read "' not in chat(*follow_up)
    assert "A new topic" in chat("/new")
    assert chat("/clear", outside=Outside(escapes=True), color="always") == "\x1b[2J\x1b[H"
    screen = chat("/help", "/quit", COST)
    assert all(command.usage in screen for command in COMMANDS)
    assert "4.2 million" not in screen
