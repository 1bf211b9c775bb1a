"""The chat, through prompt-toolkit's pipe input and once through a real pseudo-terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from qabot.answering import Bot
from qabot.records import Reply
from qabot.terminal.commands import COMMANDS, find
from qabot.terminal.console import make_console
from qabot.terminal.dialogue import Dialogue as Chat
from qabot.terminal.history import open_history
from qabot.terminal.line_editor import line_editor
from qabot.terminal.repl import Repl
from tests.samples import harbour, scripted_bot

QUESTION = "What will the repair of the harbour cost?"


def bot() -> Bot:
    return scripted_bot([harbour()], [("4.2 million euros", 0.9)])


def dialogue(lines: Iterator[str | type[BaseException]], one: Bot | None = None) -> str:
    stream = io.StringIO()

    def read_line() -> str:
        line = next(lines, EOFError)
        if isinstance(line, str):
            return line
        raise line

    Repl(Chat(one or bot()), make_console(stream, "never", width=80), read_line).run()
    return stream.getvalue()


def test_a_question_is_answered_in_its_source() -> None:
    screen = dialogue(iter([QUESTION]))
    assert "put the cost at >>4.2 million euros<<." in screen
    assert "harbour.md:10:94" in screen


def test_ctrl_c_clears_and_ctrl_d_leaves() -> None:
    screen = dialogue(iter([KeyboardInterrupt, QUESTION, EOFError, "/docs"]))
    assert ">>4.2 million euros<<" in screen
    assert "2 passages\n" not in screen  # nothing is read behind the end


def test_ctrl_c_gives_up_on_an_answer_and_the_dialogue_goes_on() -> None:
    class Slow(Bot):
        asked = 0

        def ask(self, question: str, **options: Any) -> Reply:
            self.asked += 1
            if self.asked == 1:
                raise KeyboardInterrupt
            return super().ask(question, **options)

    plain = bot()
    slow = Slow(plain.documents, plain.passages, plain._retriever, plain._reader, threshold=0.5)
    screen = dialogue(iter([QUESTION, QUESTION]), slow)
    assert screen.index("Cancelled.") < screen.index("4.2 million euros")


def test_a_fault_inside_is_named_and_the_dialogue_goes_on() -> None:
    class Faulty(Bot):
        def ask(self, question: str, **options: Any) -> Reply:
            raise ZeroDivisionError("by the test")

    plain = bot()
    faulty = Faulty(plain.documents, plain.passages, plain._retriever, plain._reader, threshold=0.5)
    screen = dialogue(iter([QUESTION, "/docs"]), faulty)
    assert "ZeroDivisionError: by the test" in screen
    assert "2 passages" in screen


@pytest.mark.parametrize("line", ["?!", "word " * 300])
def test_what_cannot_be_asked_is_said(line: str) -> None:
    assert "the question" in dialogue(iter([line]))


def test_every_command_is_in_the_help_and_does_something() -> None:
    screen = dialogue(iter(["/help"]))
    for command in COMMANDS:
        assert command.name in screen
        assert command.help in screen
    assert "harbour.md" in dialogue(iter(["/docs"])).split("\n", 1)[1]
    assert QUESTION not in dialogue(iter(["/quit", QUESTION]))
    assert find("/HELP") is find("/help")


def test_unknown_commands_get_a_hint() -> None:
    assert "Did you mean /help?" in dialogue(iter(["/hepl"]))
    assert "/docs" in dialogue(iter(["/xyzzy"]))


@pytest.fixture
def editor() -> Iterator[tuple[Callable[[str], None], Callable[[], str]]]:
    with create_pipe_input() as pipe:
        yield pipe.send_text, line_editor(InMemoryHistory(), print, Chat(bot()), input=pipe, output=DummyOutput())


def test_the_line_editor_edits_completes_and_ends(editor: tuple[Callable[[str], None], Callable[[], str]]) -> None:
    send, read_line = editor
    send("Who came\x17went?\r")  # Ctrl-W deletes a word
    assert read_line() == "Who went?"
    send("\x1b[A\r")  # the line before
    assert read_line() == "Who went?"
    send("half a line\x03")
    with pytest.raises(KeyboardInterrupt):
        read_line()
    send("\x04")
    with pytest.raises(EOFError):
        read_line()


def test_history_is_kept_between_runs_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "qabot"
    history, doubt = open_history(folder)
    assert doubt is None
    history.append_string(QUESTION)
    assert list(open_history(folder)[0].load_history_strings()) == [QUESTION]
    assert (folder / "history").stat().st_mode & 0o077 == 0


def test_history_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    history, doubt = open_history(tmp_path / "file" / "qabot")
    assert doubt is not None
    assert "can't be kept" in doubt
    history.append_string("still works")


def vanish(file: Path) -> None:
    """The folder is gone, and nobody may make it anew."""
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("in the way")


def become_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [vanish, become_a_folder])
@pytest.mark.parametrize("when", ["before the first line", "after it"])
def test_history_that_is_lost_amid_a_chat_is_told_once_and_the_chat_goes_on(
    tmp_path: Path, spoil: Callable[[Path], None], when: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "qabot" / "history"
    history, doubt = open_history(file.parent)
    assert doubt is None
    told: list[str] = []
    with create_pipe_input() as pipe:
        read_line = line_editor(history, told.append, Chat(bot()), input=pipe, output=DummyOutput())
        if when == "after it":
            pipe.send_text("Who spoke?\r")
            assert read_line() == "Who spoke?"
            assert told == []
        spoil(file)
        for question in ("Who came?", "Who went?"):
            pipe.send_text(f"{question}\r")
            assert read_line() == question
        pipe.send_text("\x1b[A\x1b[A\r")
        assert read_line() == "Who came?"  # what was typed can still be walked through
    assert len(told) == 1
    assert told[0].startswith(f"{file}: the history can't be kept: ")
    assert capfd.readouterr() == ("", "")


def test_a_history_file_that_was_removed_is_made_anew_for_its_owner_alone(tmp_path: Path) -> None:
    history, _ = open_history(tmp_path)
    (tmp_path / "history").unlink()
    history.append_string(QUESTION)
    assert list(open_history(tmp_path)[0].load_history_strings()) == [QUESTION]
    assert (tmp_path / "history").stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 40])
def test_a_real_terminal(tmp_path: Path, width: int) -> None:
    screen = pyte.Screen(width, 40)
    stream = pyte.Stream(screen)
    environment = {"TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    child = pexpect.spawn(sys.executable, ["-m", "qabot"], dimensions=(40, width), env=environment, encoding="utf-8", timeout=60)

    def until(words: str) -> None:
        while "".join(words.split()) not in "".join("".join(screen.display).split()):
            stream.feed(child.read_nonblocking(10_000, timeout=60))

    until("Ctrl-D leaves.")
    child.send("Who is China's new ambassador to Afghanistan?\r")
    until("The envoy, Zhao Sheng,")
    until("taliban-china.txt:")
    row = next(number for number, line in enumerate(screen.display) if "The envoy, Zhao" in line)
    lit = "".join(cell.data for cell in screen.buffer[row].values() if cell.bg != "default")
    assert lit.strip() in "Zhao Sheng"
    assert lit.strip()
    child.send("half a question\x03")
    until("? half a question")
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Zhao" not in "".join((tmp_path / "qabot" / "history").read_text(encoding="utf-8"))
    assert "new ambassador" in (tmp_path / "qabot" / "history").read_text(encoding="utf-8")
