"""The chat's commands, typed through prompt-toolkit's pipe input."""

from __future__ import annotations

import re

import pytest

from qabot.terminal.commands import COMMANDS
from qabot.terminal.outside import Outside
from tests.terminal.chatting import COST, chat


def test_answers_are_numbered_through_the_dialogue_and_listed_as_sources() -> None:
    screen = chat("/sources", COST, COST, "/sources")
    assert screen.startswith("There are no citations yet.")
    assert re.findall(r"\[(\d)\] harbour.md:10:\d+", screen) == ["1", "2", "3", "4", "1", "2", "3", "4"]
    assert f"  4.2 million euros  {COST}" in screen


def test_more_goes_on_below_what_was_shown_and_marks_what_is_doubtful() -> None:
    screen = chat("/top 1", COST, "/more", "/more", "/more")
    assert "[1]" in screen.split("2. the end of the year")[0]
    second, third = screen.split("2. the end of the year")[1].split("3. eleven fishing boats")
    assert "under the threshold" not in second
    assert third.startswith("  unlikely, 20%  under the threshold")
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
        ("/so", "No command /so. Did you mean /sources?"),
        ("/co", "No command /co. Did you mean /copy or /context?"),
        ("/foo", f"No command /foo. There are {', '.join(command.name for command in COMMANDS)}."),
        ("/", f"No command /. There are {', '.join(command.name for command in COMMANDS)}."),
        ("help", "commands begin with a slash: write /help, or =help to ask for the word"),
        ("Exit!", "commands begin with a slash: write /exit, or =exit to ask for the word"),
    ],
)
def test_what_is_wrong_gets_one_clear_line(line: str, said: str) -> None:
    assert chat(line) == f"{said}\n"


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
    assert "sure from 90%, likely from 60%, perhaps from 30%, below that unlikely" in screen
    assert "4.2 million" not in screen


@pytest.mark.parametrize("name", ["/h", "/?", "/HELP"])
def test_help_has_shorter_names(name: str) -> None:
    assert "leave the chat" in chat(name)


@pytest.mark.parametrize("name", ["/q", "/exit", "/Quit"])
def test_quit_has_other_names(name: str) -> None:
    assert chat(name, COST) == ""
