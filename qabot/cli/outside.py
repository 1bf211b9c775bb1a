"""What commands may start and write outside the program, by the settings and the environment."""

from __future__ import annotations

from qabot.cli.config import Settings
from qabot.cli.context import Context
from qabot.cli.home import qabots_own
from qabot.terminal.outside import Outside


def outside_of(context: Context, settings: Settings, *, interactive: bool = False, escapes: bool = False) -> Outside:
    """The editor that is settled; on a terminal (``interactive``) a pager too. ``escapes``: it takes control sequences."""
    from platformdirs import user_data_path

    kept_in = qabots_own(user_data_path)
    return Outside(
        editor=settings.values["editor"],
        pager=(context.environment.get("PAGER") or "less") if interactive else None,
        marks=kept_in / "questions.jsonl" if kept_in is not None else None,
        escapes=escapes and context.environment.get("TERM") != "dumb",
    )
