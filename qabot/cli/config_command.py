"""``qabot config``: the settings that hold, where each comes from, and how to change the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qabot.cli.config import DEFAULT, Settings, config_file
from qabot.cli.config_writing import remove_setting, write_setting
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.home import MISSING
from qabot.cli.options import color_option, complete_paths
from qabot.cli.reply_json import SCHEMA
from qabot.cli.setting_kinds import KINDS
from qabot.errors import SettingError
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.terminal.console import Color


def _complete_keys(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in KINDS if name.startswith(incomplete)]


@click.group(invoke_without_command=True, short_help="Show the settings that hold, or change them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
@color_option
@click.pass_context
def config(ctx: click.Context, as_json: bool, color: Color) -> ExitCode:
    """Show every setting, its value, and where that comes from.

    A flag of a command beats the environment, that beats config.toml, and that the default. The settings are documents,
    threshold, theme (dark or light), editor and vi_mode; the variables $QABOT_DOCS, $QABOT_THRESHOLD, $QABOT_THEME, $VISUAL or
    $EDITOR, and $QABOT_VI_MODE. Paths in the file are taken from its folder; ~ is your home.
    """
    context: Context = ctx.obj
    context.color = color
    if ctx.invoked_subcommand is not None:
        return ExitCode.OK
    settings = context.settle()
    if as_json:
        context.write_json(_object(settings))
        return ExitCode.OK
    from qabot.terminal.tables import settings_table

    there = settings.file is not None and settings.file.exists()
    rows = [(name, _shown(name, settings), settings.places[name]) for name in KINDS]
    context.console().print(settings_table(str(settings.file or f"config.toml: {MISSING}"), there, rows))
    return ExitCode.OK


@config.command("set")
@click.argument("key", metavar="KEY", shell_complete=_complete_keys)
@click.argument("values", nargs=-1, required=True, metavar="VALUE...", shell_complete=complete_paths)
@click.pass_obj
def set_(context: Context, key: str, values: tuple[str, ...]) -> ExitCode:
    """Write VALUE for KEY to config.toml and keep the rest; documents takes several."""
    file = _file(context)
    write_setting(file, key, values)
    context.warn(f"{file}: {key} is set")
    return ExitCode.OK


@config.command("unset")
@click.argument("key", metavar="KEY", shell_complete=_complete_keys)
@click.pass_obj
def unset(context: Context, key: str) -> ExitCode:
    """Take KEY out of config.toml and keep the rest."""
    file = _file(context)
    there = remove_setting(file, key)
    context.warn(f"{file}: {key} is {'no longer set' if there else 'not set there'}")
    return ExitCode.OK


def _file(context: Context) -> Path:
    file = config_file(context.environment)
    if file is None:
        raise SettingError("config.toml", MISSING)
    return file


def _object(settings: Settings) -> dict[str, Any]:
    file = settings.file
    values = {name: {"value": _effective(name, settings), "from": settings.places[name]} for name in KINDS}
    return {"schema": SCHEMA, "file": file and str(file), "exists": file is not None and file.exists(), "settings": values}


def _effective(name: str, settings: Settings) -> Any:
    """The value that holds: where none was set, what the program goes by."""
    value = settings.values[name]
    if settings.places[name] != DEFAULT:
        return list(value) if name == "documents" else value
    if name == "documents":
        return [str(shipped_corpus() / ARTICLE)]
    if name == "threshold":
        from qabot.reading.confidence import Calibration
        from qabot.reading.loading import MODEL_FOLDER

        return Calibration.load(MODEL_FOLDER / "calibration.json").threshold
    return {"theme": "dark", "vi_mode": False}.get(name)


def _shown(name: str, settings: Settings) -> str:
    value = _effective(name, settings)
    if value is None:
        return "not set"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
