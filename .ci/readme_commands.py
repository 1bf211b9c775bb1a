"""Print the commands of a README's first ``sh`` block, one a line: what a newcomer is told to type."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def commands(readme: str) -> list[str]:
    """The lines of the first block marked ``sh``, comments left out, continued lines joined."""
    block = re.search(r"^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    if block is None:
        raise SystemExit("the README has no block of sh commands")
    joined = block.group(1).replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


if __name__ == "__main__":
    print("\n".join(commands(Path(sys.argv[1]).read_text(encoding="utf-8"))))  # noqa: T201
