"""The line that questions are typed on: completion, pasting, an editor, the bar below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Buffer
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from qabot.ingest.reading import document_from_text
from qabot.terminal.commands import COMMANDS
from qabot.terminal.completion import ChatCompleter
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.line_editor import line_editor, toolbar
from tests.samples import harbour, scripted_bot


def dialogue() -> Dialogue:
    other = document_from_text("The harbinger came. Café, cafés and caféteria.", id="o", path="notes/old \x1b.txt")
    return Dialogue(scripted_bot([harbour(), other], []), lambda documents: scripted_bot(documents, []))


def offered(typed: str, one: Dialogue | None = None) -> list[str]:
    found = ChatCompleter(one or dialogue()).get_completions(Buffer(typed), CompleteEvent())
    return [typed[: len(typed) + completion.start_position] + completion.text for completion in found]


def test_commands_are_offered_with_what_they_take_and_do() -> None:
    assert offered("/") == [command.name for command in COMMANDS]
    (drop,) = ChatCompleter(dialogue()).get_completions(Buffer("/DRO"), CompleteEvent())
    assert (drop.text, drop.display_text) == ("/drop", "/drop NAME")
    assert drop.display_meta_text.startswith("ask a document no longer")
    assert offered("/docs x") == offered("/top 1") == []


def test_paths_are_offered_behind_add_and_save(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    for command in ("/add", "/save"):
        assert [path.rsplit("/", 1)[1] for path in offered(f"{command} {tmp_path}/no")] == ["notes.txt"]


def test_document_names_are_offered_behind_drop_and_cannot_drive_the_terminal() -> None:
    assert offered("/drop h") == ["/drop harbour.md"]
    (old,) = ChatCompleter(dialogue()).get_completions(Buffer("/drop old"), CompleteEvent())
    assert (old.text, old.display_text) == ("notes/old \x1b.txt", "notes/old ␛.txt")


def test_words_of_the_documents_are_offered_from_three_letters_on() -> None:
    assert offered("When was the ha") == []
    assert offered("When was the har") == ["When was the harbinger", "When was the harbour"]
    assert offered("/literal When was the har") == ["/literal When was the harbinger", "/literal When was the harbour"]
    assert offered("CAFÉ") == ["caféteria", "cafés"] or offered("CAFÉ") == ["cafés", "caféteria"]
    assert offered("harbour") == offered("har ") == []


def test_words_offered_are_few_and_follow_the_documents() -> None:
    many = document_from_text(" ".join(f"harbour{letter}" for letter in "abcdefghijklmnop") + ".", id="m", path="m.txt")
    one = dialogue()
    completer = ChatCompleter(one)
    assert len(list(completer.get_completions(Buffer("har"), CompleteEvent()))) == 2
    one.use([many])
    assert len(list(completer.get_completions(Buffer("har"), CompleteEvent()))) == 8


def test_the_bar_follows_the_dialogue() -> None:
    one = dialogue()
    assert toolbar(one) == "2 documents · 3 passages · threshold 0.50"
    one.use([harbour()])
    one.threshold = 0.25
    assert toolbar(one) == "1 document · 2 passages · threshold 0.25"
    assert toolbar(one, 39) == "1 document · 2 passages · 0.25"


@pytest.fixture
def editor() -> Iterator[tuple[Callable[[str], None], Callable[[], str]]]:
    with create_pipe_input() as pipe:
        yield pipe.send_text, line_editor(InMemoryHistory(), print, dialogue(), input=pipe, output=DummyOutput())


def test_a_paste_of_several_lines_is_one_question(editor: tuple[Callable[[str], None], Callable[[], str]]) -> None:
    send, read_line = editor
    send("\x1b[200~Who is\r\nthe mayor\nof Tarnov?\x1b[201~\r")
    assert read_line() == "Who is the mayor of Tarnov?"
