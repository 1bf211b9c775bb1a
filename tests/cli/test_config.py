"""The configuration: what beats what, what is told of a bad one, and how the file is written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from qabot.cli.config import config_file, settle
from qabot.cli.config_writing import remove_setting, write_setting
from qabot.cli.own_calibration import find, save
from qabot.errors import CalibrationError, SettingError
from qabot.terminal.history import open_history
from tests.cli.running import Result, run

WHEN = "When was the bridge opened?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the configuration file is to be."""
    place = config_file({"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert place is not None
    return place


def configured(file: Path, text: str, *arguments: str, **environment: str) -> Result:
    """The result of ``qabot ARGUMENTS`` with ``text`` in the configuration file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return run(*arguments, environment={"XDG_CONFIG_HOME": str(file.parents[1]), **environment})


def shown(result: Result) -> dict[str, tuple[object, str]]:
    """What ``config --json`` says: value and place by name."""
    return {name: (one["value"], one["from"]) for name, one in json.loads(result.out)["settings"].items()}


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    result = run("config", "--json", environment={"XDG_CONFIG_HOME": str(tmp_path)})
    told = json.loads(result.out)
    assert (result.status, result.err, told["schema"], told["exists"]) == (0, "", 1, False)
    assert {one["from"] for one in told["settings"].values()} == {"default"}
    assert told["settings"]["documents"]["value"][0].endswith("taliban-china.txt")
    assert 0 < told["settings"]["threshold"]["value"] < 1
    assert "there is none yet" in run("config", environment={"XDG_CONFIG_HOME": str(tmp_path)}).out.replace("\n", "")


def test_flags_beat_the_environment_and_that_the_file(file: Path, notes: Path) -> None:
    text = f'# mine\nthreshold = 1\ndocuments = ["{notes}"]\n\ntheme = "light"\neditor = "nano"\nvi_mode = true\n'
    assert shown(configured(file, text, "config", "--json")) == {
        "documents": ([str(notes)], f"{file}:3"),
        "threshold": (1.0, f"{file}:2"),
        "theme": ("light", f"{file}:5"),
        "editor": ("nano", f"{file}:6"),
        "vi_mode": (True, f"{file}:7"),
    }
    environment = {"QABOT_DOCS": "b", "QABOT_THRESHOLD": "0.25", "QABOT_THEME": "dark", "EDITOR": "vim", "QABOT_VI_MODE": "no"}
    assert shown(configured(file, text, "config", "--json", **environment)) == {
        "documents": (["b"], "$QABOT_DOCS"),
        "threshold": (0.25, "$QABOT_THRESHOLD"),
        "theme": ("dark", "$QABOT_THEME"),
        "editor": ("vim", "$EDITOR"),
        "vi_mode": (False, "$QABOT_VI_MODE"),
    }
    assert shown(configured(file, text, "config", "--json", VISUAL="code", EDITOR="vim"))["editor"] == ("code", "$VISUAL")
    assert configured(file, text, "ask", WHEN).status == 1  # so sure is nothing
    assert configured(file, text, "ask", WHEN, QABOT_THRESHOLD="0.1").status == 0
    assert configured(file, text, "ask", WHEN, "--threshold", "1", QABOT_THRESHOLD="0.1").status == 1
    flags = settle({"XDG_CONFIG_HOME": str(file.parents[1])}, {"threshold": 0.5, "theme": None})
    assert (flags.threshold, flags.places["threshold"], flags.places["theme"]) == (0.5, "--threshold", f"{file}:5")


def test_configured_documents_are_asked_where_none_is_named(file: Path, notes: Path) -> None:
    text = f'documents = ["{notes}"]'
    result = configured(file, text, "ask", WHEN)
    assert ">>1931<<" in result.out
    assert result.err == f"qabot: asking {file}:1: {notes}\n"
    assert "Zhao Sheng" in configured(file, text, "ask", "-q", "Who is the envoy?", "corpus/taliban-china.txt").out
    assert "asks notes.txt" in configured(file, text, "chat").out


def test_eval_asks_neither_configured_documents_nor_those_of_the_environment(file: Path, notes: Path, tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    questions.write_text(f'{{"question": "{WHEN}", "answers": ["1931"]}}\n', encoding="utf-8")
    result = configured(
        file, f'documents = ["{notes}"]', "eval", str(questions), "--retrieval-only", "--json", QABOT_DOCS=str(notes)
    )
    assert json.loads(result.out)["passages"] == 6  # of the article that comes along


def test_paths_are_taken_from_the_files_folder_and_home(file: Path) -> None:
    told = shown(configured(file, 'documents = ["notes", "~/x.txt", "/a b"]', "config", "--json"))["documents"][0]
    assert told == [str(file.parent / "notes"), str(Path("~/x.txt").expanduser()), "/a b"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("threshold = 2", 1, "threshold must be a number from 0 to 1, not 2"),
        ("threshold = true", 1, "must be a number from 0 to 1, not true"),
        ("threshold = nan", 1, "must be a number from 0 to 1"),
        ('\n\ntheme = "blue"', 3, 'theme must be "dark" or "light", not "blue"'),
        ("theme = 1", 1, 'must be "dark" or "light"'),
        ('editor = ""', 1, "editor must be a command"),
        ('editor = "vi \'x"', 1, "can't be read as a command"),
        ("vi_mode = 1", 1, "vi_mode must be true or false, not 1"),
        ("documents = []", 1, "documents must be a list of paths"),
        ("documents = [1]", 1, "documents must be a list of paths"),
        ('documents = ["-"]', 1, "can't name standard input"),
        ('theme = "dark"\r\ntreshold = 1', 2, 'there is no setting "treshold"; did you mean threshold?'),
        ("[chat]\nx = 1", 1, 'there is no setting "chat"; there are documents, threshold'),
        ("theme = 'dark'\nx = ", 2, "is not TOML"),
        ("theme = 'dark'\ntheme = 'light'", 2, "is not TOML"),
        ("x = [", 1, "is not TOML"),
    ],
)
def test_a_bad_file_is_one_line_that_names_the_place(file: Path, text: str, line: int, said: str) -> None:
    for command in (("ask", WHEN), ("chat",), ("config",)):
        result = configured(file, text, *command, "--color", "never")
        assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
        assert result.err.startswith(f"qabot: {file}:{line}: ")
        assert said in result.err


def test_a_file_that_cannot_be_read(file: Path) -> None:
    file.mkdir(parents=True)
    assert f"{file}: can't be read" in run("config", environment={"XDG_CONFIG_HOME": str(file.parents[1])}).err
    file.rmdir()
    file.write_bytes(b"theme = '\xff'")
    assert f"{file}: is not UTF-8" in run("config", environment={"XDG_CONFIG_HOME": str(file.parents[1])}).err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("QABOT_THRESHOLD", "high", "$QABOT_THRESHOLD: must be a number from 0 to 1"),
        ("QABOT_THRESHOLD", "nan", "$QABOT_THRESHOLD: must be a number from 0 to 1"),
        ("QABOT_THEME", "blue\x1b[31m", "$QABOT_THEME: must be"),
        ("QABOT_VI_MODE", "2", "$QABOT_VI_MODE: must be 1 or 0"),
    ],
)
def test_a_bad_variable_is_one_line(name: str, value: str, said: str) -> None:
    result = run("ask", WHEN, environment={name: value})
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert said in result.err
    assert "\x1b" not in result.err


def test_an_empty_variable_is_none() -> None:
    environment = {"QABOT_THRESHOLD": "", "QABOT_THEME": " ", "QABOT_DOCS": os.pathsep, "EDITOR": ""}
    assert {place for _, place in shown(run("config", "--json", environment=environment)).values()} == {"default"}


def test_set_keeps_the_rest_of_the_file_and_unset_too(file: Path, tmp_path: Path) -> None:
    text = "# my settings\ntheme = 'dark' # at night\n"
    assert configured(file, text, "config", "set", "threshold", "0.25").status == 0
    assert file.read_text(encoding="utf-8") == text + "threshold = 0.25\n"
    environment = {"XDG_CONFIG_HOME": str(file.parents[1])}
    for arguments in (("theme", "light"), ("vi_mode", "on"), ("documents", "~/a", "b"), ("editor", "code --wait")):
        assert run("config", "set", *arguments, environment=environment).status == 0
    told = shown(run("config", "--json", environment=environment))
    assert told["documents"][0] == [str(Path("~/a").expanduser()), str(Path("b").absolute())]
    assert [told[name][0] for name in ("theme", "vi_mode", "editor")] == ["light", True, "code --wait"]
    assert file.read_text(encoding="utf-8").startswith('# my settings\ntheme = "light" # at night\n')
    for name in ("threshold", "vi_mode", "documents", "editor"):
        assert run("config", "unset", name, environment=environment).status == 0
    assert file.read_text(encoding="utf-8") == '# my settings\ntheme = "light" # at night\n'
    assert "is not set there" in run("config", "unset", "editor", environment=environment).err
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "treshold", "1"), "did you mean threshold?"),
        (("unset", "x"), 'there is no setting "x"; there are'),
        (("set", "threshold", "2"), "must be a number from 0 to 1"),
        (("set", "theme", "dark", "light"), "takes one value, not 2"),
        (("set", "editor", "vi 'x"), "can't be read as a command"),
        (("set", "documents", "-"), "standard input"),
    ],
)
def test_what_cannot_be_set_changes_nothing(file: Path, arguments: tuple[str, ...], said: str) -> None:
    result = configured(file, "theme = 'dark'", "config", *arguments)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert said in result.err
    assert file.read_text(encoding="utf-8") == "theme = 'dark'"


def test_a_file_that_is_wrong_is_not_written_to(file: Path) -> None:
    assert configured(file, "x = [", "config", "set", "theme", "dark").status == 2
    assert file.read_text(encoding="utf-8") == "x = ["


@pytest.mark.parametrize(("key", "value"), [("documents", "/tmp/\udcff"), ("editor", "vi\udcff")])
def test_a_value_that_is_no_utf8_is_not_written(file: Path, key: str, value: str) -> None:
    result = configured(file, "theme = 'dark'", "config", "set", key, value)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "can hold UTF-8 text only" in result.err
    assert file.read_text(encoding="utf-8") == "theme = 'dark'"


def test_a_relative_path_from_a_folder_that_is_gone_is_told(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    result = configured(file, "", "config", "set", "documents", "notes.txt")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "documents: can't be set to a relative path here: no such file" in result.err


def test_a_link_stays_one_and_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    real, file = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    real.write_text("", encoding="utf-8")
    file.symlink_to(real)
    write_setting(file, "theme", ["light"])
    assert file.is_symlink()
    assert real.read_text(encoding="utf-8") == 'theme = "light"\n'
    assert remove_setting(file, "theme")
    with pytest.raises(SettingError, match="can't be written"):
        write_setting(real / "config.toml", "theme", ["light"])


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder to stand in, as somebody whom the system knows no home of."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(_user: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_home_the_defaults_hold_and_nothing_is_kept(homeless: Path) -> None:
    (homeless / "notes.txt").write_text("The bridge was opened in 1931.\n", encoding="utf-8")
    assert run("ask", WHEN, "notes.txt").status == 0
    told = json.loads(run("config", "--json").out)
    assert (told["file"], told["exists"], told["settings"]["theme"]["value"]) == (None, False, "dark")
    assert "there is no home folder to keep it in" in run("config").out
    assert "this chat has no question file" in run("chat", "notes.txt", stdin=f"{WHEN}\n/good\n").out.replace("\n", " ")
    assert [file.name for file in homeless.iterdir()] == ["notes.txt"]
    assert open_history(None)[1] is None


@pytest.mark.parametrize("arguments", [("set", "theme", "dark"), ("unset", "theme")])
def test_without_a_home_there_is_no_file_to_write(homeless: Path, arguments: tuple[str, ...]) -> None:
    result = run("config", *arguments)
    assert (result.status, result.err) == (2, "qabot: config.toml: there is no home folder to keep it in; set HOME\n")


def test_without_a_home_no_calibration_is_kept(homeless: Path) -> None:
    assert find({}, []) is None
    with pytest.raises(CalibrationError, match="there is no home folder to keep it in"):
        save({}, ["notes.txt"], {})
