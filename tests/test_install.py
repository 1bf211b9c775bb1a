"""The shipped article and model are found from a wheel, from an editable install and from a clone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = [f"evaluation/page/page.{suffix}" for suffix in ("html.j2", "css", "js")]
ASK = """
import json, site, sys
site.addsitedir(sys.argv[1])
sys.path.insert(0, sys.argv[1]) if sys.argv[2] != "editable" else None
import qabot, qabot.assembly
reply = qabot.open_bot().ask("Who is China's new ambassador to Afghanistan?")
print(json.dumps([qabot.__file__, str(qabot.assembly.shipped_corpus()), reply.answers[0].text]))
"""


def build(kind: str, folder: Path) -> Path:
    """The wheel that hatchling builds of the project."""
    script = f"import hatchling.build as b; print(b.build_{kind}({str(folder)!r}))"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / result.stdout.strip().splitlines()[-1]


def ask(site: Path, kind: str, cwd: Path) -> tuple[Path, Path, str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # -P: nothing from the working directory; the project's own install (if any) comes after what is tested.
    command = [sys.executable, "-P", "-c", ASK, str(site), kind]
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    package, corpus, answer = json.loads(result.stdout)
    return Path(package), Path(corpus), answer


def test_from_a_wheel(tmp_path: Path) -> None:
    wheel = build("wheel", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = archive.namelist()
    package, corpus, answer = ask(tmp_path / "site", "wheel", tmp_path)
    assert package.is_relative_to(tmp_path)
    assert corpus == tmp_path / "site" / "qabot" / "corpus"
    assert answer == "Zhao Sheng"
    for file in ("corpus/questions.jsonl", "py.typed", "reading/model/MODEL_CARD.md", "reading/model/reader.onnx", *PAGE):
        assert f"qabot/{file}" in names


def test_from_an_editable_install(tmp_path: Path) -> None:
    wheel = build("editable", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    package, corpus, answer = ask(tmp_path / "site", "editable", tmp_path)
    assert package.is_relative_to(ROOT) or "site-packages" in package.parts
    assert corpus.name == "corpus"
    assert answer == "Zhao Sheng"
    assert list((tmp_path / "site").glob("*.pth"))


def test_from_a_clone(tmp_path: Path) -> None:
    for name in ("qabot", "corpus"):
        shutil.copytree(ROOT / name, tmp_path / "clone" / name, ignore=shutil.ignore_patterns("__pycache__"))
    package, corpus, answer = ask(tmp_path / "clone", "clone", tmp_path)
    assert package.is_relative_to(tmp_path)
    assert corpus == tmp_path / "clone" / "corpus"
    assert answer == "Zhao Sheng"


def test_a_missing_article_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "qabot", tmp_path / "clone" / "qabot", ignore=shutil.ignore_patterns("__pycache__"))
    with pytest.raises(subprocess.CalledProcessError) as raised:
        ask(tmp_path / "clone", "clone", tmp_path)
    assert "install qabot again" in raised.value.stderr
