from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from qabot.errors import QabotError
from qabot.evaluation.judging import Judged
from qabot.evaluation.questions import Question
from qabot.evaluation.run import Ask, asker
from qabot.evaluation.workers import share
from tests.samples import harbour, scripted_bot

ASKED = [Question(str(number), f"What did repair {number} of the harbour cost?", ("4.2 million euros",)) for number in range(12)]


def scripted(confidence: float) -> Ask:
    return asker(scripted_bot([harbour()], [("4.2 million euros", confidence)]))


def dying() -> Ask:
    def ask(question: Question) -> Judged:
        os._exit(3)

    return ask


def test_processes_judge_as_one_does_in_the_same_order_and_measure_no_time() -> None:
    alone = [replace(one, milliseconds=None, retrieve_ms=None, read_ms=None) for one in map(scripted(0.9), ASKED)]
    assert list(share(partial(scripted, 0.9), ASKED, 2)) == alone


def test_questions_are_taken_as_they_are_needed() -> None:
    taken = []

    def asked() -> object:
        for question in ASKED * 10:
            taken.append(question)
            yield question

    judging = share(partial(scripted, 0.9), asked(), 2)  # type: ignore[arg-type]
    next(judging)
    assert len(taken) == 8
    judging.close()  # type: ignore[attr-defined]


def test_a_process_that_dies_is_told_in_one_line() -> None:
    with pytest.raises(QabotError, match="a worker process died"):
        list(share(dying, ASKED, 2))


@pytest.mark.skipif(os.name != "posix", reason="signals to a process group are POSIX")
def test_ctrl_c_ends_cleanly_with_what_was_done(tmp_path: Path) -> None:
    """A real process group, as a terminal has it: all of it gets the signal."""
    script = tmp_path / "run.py"
    script.write_text(
        "import sys, time\n"
        "from functools import partial\n"
        "from tests.evaluation.test_workers import slow, ASKED\n"
        "from qabot.cli.context import Context\n"
        "from qabot.cli.evaluating import collect\n"
        "from qabot.evaluation.workers import share\n"
        "if __name__ == '__main__':\n"
        "    print('begun', flush=True)\n"
        "    done, partial_run = collect(Context(), share(slow, ASKED * 100, 2), 1200)\n"
        "    print(len(done), partial_run)\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(6)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert err == ""
    count, partial_run = out.split()
    assert 0 <= int(count) < 1200
    assert partial_run == "True"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_processes_end_with_the_one_that_began_them(tmp_path: Path, number: signal.Signals, status: int) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\n"
        "from functools import partial\n"
        "from tests.evaluation.test_workers import telling, ASKED\n"
        "from qabot.evaluation.workers import share\n"
        "if __name__ == '__main__':\n"
        "    list(share(partial(telling, sys.argv[1]), ASKED * 1000, 2))\n",
        encoding="utf-8",
    )
    begun = tmp_path / "begun"
    begun.mkdir()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, str(script), str(begun)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as process:
        while len(list(begun.iterdir())) < 2:
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(number)
        try:
            _, err = process.communicate(timeout=30)  # the pipes stay open for as long as a worker has them
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode == status
    assert err == "" or number == signal.SIGKILL  # then Python's own watcher may speak of semaphores


def telling(folder: str) -> Ask:
    Path(folder, str(os.getpid())).touch()
    return slow()


def slow() -> Ask:
    ask = scripted(0.9)

    def slowly(question: Question) -> Judged:
        time.sleep(0.05)
        return ask(question)

    return slowly
