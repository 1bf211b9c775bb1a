"""A page in a real browser: Chromium without a window, driven by its command line alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def chromium(page: Path, *options: str, fragment: str = "", profile: Path) -> str:
    """What Chromium writes when it opens ``page`` with ``options``; ``fragment`` stands behind the # of its address."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",  # a root user, as in most build containers, can have none
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        f"--user-data-dir={profile}",
        "--window-size=1280,2400",
        "--virtual-time-budget=4000",
        *options,
        f"{page.as_uri()}#{fragment}",
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def dom(page: Path, fragment: str, profile: Path) -> str:
    """The page's document after its script has run."""
    return chromium(page, "--dump-dom", fragment=fragment, profile=profile)


def screenshot(page: Path, to: Path, fragment: str, profile: Path) -> None:
    """A picture of the page's first 2,400 lines."""
    chromium(page, f"--screenshot={to}", fragment=fragment, profile=profile)
