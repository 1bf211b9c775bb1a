"""A chat that reads its documents behind the prompt."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Buffer

from qabot.answering import Bot
from qabot.terminal.completion import ChatCompleter
from qabot.terminal.console import make_console
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.line_editor import toolbar
from qabot.terminal.loading import Loading, LoadingError
from qabot.terminal.repl import Repl
from tests.pseudo_terminal import Terminal, environment
from tests.samples import harbour, scripted_bot
from tests.terminal.chatting import COST, SCRIPT


def bot() -> Bot:
    return scripted_bot([harbour()], SCRIPT)


def slow(release: threading.Event) -> Bot:
    release.wait(60)
    return bot()


def chat_about(loading: Loading) -> tuple[Repl, io.StringIO]:
    screen = io.StringIO()
    return Repl(Dialogue(loading), make_console(screen, "never", width=80), lambda: ""), screen


def test_until_all_is_read_nothing_waits_but_a_question() -> None:
    release = threading.Event()
    loading = Loading(lambda: slow(release))
    loading.start()
    dialogue = Dialogue(loading)
    completer = ChatCompleter(dialogue)
    assert toolbar(dialogue) == "reading the documents …"
    assert list(completer.get_completions(Buffer("harb"), CompleteEvent())) == []
    assert list(completer.get_completions(Buffer("/drop h"), CompleteEvent())) == []
    threading.Timer(0.05, release.set).start()
    assert dialogue.ask(COST).reply.best is not None
    assert toolbar(dialogue) == "1 document · 2 passages · threshold 0.50"
    assert len(list(completer.get_completions(Buffer("harb"), CompleteEvent()))) == 1


def test_ctrl_c_ends_the_waiting_and_the_chat_goes_on() -> None:
    release = threading.Event()
    loading = Loading(lambda: slow(release))
    repl, screen = chat_about(loading)
    threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
    assert repl.handle(COST)
    assert screen.getvalue() == "\nCancelled.\n"
    release.set()
    assert repl.handle(COST)
    assert "4.2 million euros" in screen.getvalue()


def test_what_goes_wrong_ends_the_chat() -> None:
    loading = Loading(lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    repl, _ = chat_about(loading)
    with pytest.raises(LoadingError):
        repl.handle(COST)
    assert isinstance(loading.failure, ZeroDivisionError)


def test_it_is_made_once_and_everybody_is_called() -> None:
    made: list[Bot] = []
    called: list[str] = []

    def make() -> Bot:
        made.append(bot())
        return made[0]

    loading = Loading(make)
    loading.when_done(lambda: called.append("before"))
    loading.start()
    loading.start()
    assert loading.bot() is loading.ready is made[0]
    loading.when_done(lambda: called.append("behind"))
    loading.wait()
    assert sorted(called) == ["before", "behind"]
    assert len(made) == 1


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., Terminal]:
    """A chat about files of these names on a real terminal."""
    (tmp_path / "notes.txt").write_text("The bridge at Arlen was opened in 1931.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "folder").mkdir()

    def begin(*arguments: str, **changed: str) -> Terminal:
        return Terminal(["-m", "qabot", "chat", *arguments], environment=environment(tmp_path) | changed, cwd=tmp_path)

    return begin


@pytest.mark.slow
@pytest.mark.parametrize("color", ["auto", "never"])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_nothing_to_read_is_told_behind_the_prompt_and_ends_with_2(talk: Callable[..., Terminal], color: str, term: str) -> None:
    terminal = talk("empty.txt", "folder", "--color", color, TERM=term)
    terminal.until(lambda lines: any(line.startswith("?") for line in lines))
    if color == "never" or term == "dumb":
        terminal.type("When?\r")  # a prompt that isn't drawn can't be ended from elsewhere: the next line tells
    assert terminal.close() == 2
    said = terminal.sent + (terminal.child.before or "")
    assert "empty.txt: is empty; there is nothing to ask it" in said
    assert "folder: has no readable text files" in said
    assert said.count("is empty") == 1
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_path_that_is_not_there_is_told_before_any_prompt(talk: Callable[..., Terminal]) -> None:
    terminal = talk("missing.txt")
    assert terminal.close() == 2
    assert (terminal.child.before or "").count("\n") == 1
    assert "missing.txt: no such file or folder" in (terminal.child.before or "")


@pytest.mark.slow
def test_one_that_gives_nothing_is_told_above_the_prompt_and_the_rest_asked(talk: Callable[..., Terminal]) -> None:
    terminal = talk("empty.txt", "notes.txt")
    terminal.until(lambda lines: any("empty.txt: is empty" in line for line in lines))
    terminal.until(lambda lines: any("1 document · 1 passage" in line for line in lines))
    terminal.type("When was the bridge opened?\r")
    terminal.until(lambda lines: any("notes.txt:1:35" in line for line in lines) and terminal.at_prompt())
    terminal.type("\x04")
    assert terminal.close() == 0
    assert terminal.sent.count("is empty") == 1
