"""The network: token ids in, start and end logits out, by onnxruntime."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qabot.errors import ModelError

if TYPE_CHECKING:  # numpy.typing takes longer to load than all of qabot.reading
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


STATES = ("states_10", "states_8")  # outputs: what the tokens are to the last layer, and to the eighth


class Network:
    """An ONNX graph with inputs input_ids, token_type_ids and attention_mask, outputs start_logits, end_logits and `STATES`.

    ``at_once`` is how many rows `run_each` runs side by side (0: as many as there are cores), ``threads`` how many cores one run
    uses (0 lets onnxruntime decide). Raises ModelError when the file is missing or damaged.
    """

    def __init__(self, file: Path, *, at_once: int = 0, threads: int = 1) -> None:
        self._at_once = at_once or _cores()
        self._session = open_session(file, threads)

    def run(self, rows: Sequence[Sequence[int]], question_lengths: Sequence[int]) -> tuple[Floats, Floats]:
        """Start and end logits, [rows, tokens of the longest row], for token ids of which the first ``question_lengths`` are
        the question with its [CLS] and [SEP].
        """
        start, end = self._outputs(["start_logits", "end_logits"], rows, question_lengths)
        return start, end

    def states(self, row: Sequence[int], question_length: int) -> list[Floats]:
        """The states of one row's tokens, [tokens, values], for each of `STATES`."""
        return [values[0] for values in self._outputs(list(STATES), [row], [question_length])]

    def _outputs(self, names: list[str], rows: Sequence[Sequence[int]], question_lengths: Sequence[int]) -> list[Floats]:
        width = max(map(len, rows))
        ids, types, mask = (np.zeros((len(rows), width), np.int64) for _ in range(3))
        for number, (row, question) in enumerate(zip(rows, question_lengths, strict=True)):
            ids[number, : len(row)] = row
            types[number, question : len(row)] = 1
            mask[number, : len(row)] = 1
        found: list[Floats] = self._session.run(names, {"input_ids": ids, "token_type_ids": types, "attention_mask": mask})
        return found

    def run_each(self, rows: Sequence[Sequence[int]], question_lengths: Sequence[int]) -> list[tuple[Floats, Floats]]:
        """The start and end logits, [tokens], of each row run by itself, some side by side.

        Cores that each run rows of their own don't wait for each other at every layer, and nothing is padded: a fifth faster on
        two cores than the same rows as batches. And what else is read can't change a row's numbers, whose scale in int8 is taken
        over a whole run.
        """
        found: dict[int, tuple[Floats, Floats]] = {}
        waiting = deque(sorted(range(len(rows)), key=lambda number: -len(rows[number])))
        failures: list[BaseException] = []

        def work() -> None:
            try:
                while waiting and not failures:
                    try:
                        number = waiting.popleft()
                    except IndexError:  # another thread took the last one
                        return
                    start, end = self.run([rows[number]], [question_lengths[number]])
                    found[number] = start[0], end[0]
            except BaseException as error:  # noqa: BLE001 - raised below; Ctrl-C comes to whichever runs in the main thread
                failures.append(error)

        helpers = [threading.Thread(target=work) for _ in range(min(self._at_once, len(rows)) - 1)]
        try:
            for helper in helpers:
                helper.start()
            work()
        finally:
            waiting.clear()  # where a thread could not be started, or Ctrl-C came in between
            for helper in helpers:
                if helper.ident is not None:
                    helper.join()
        if failures:
            raise failures[0]
        return [found[number] for number in range(len(rows))]


def open_session(file: Path, threads: int = 1) -> Any:
    """What runs the graph in ``file``. Raises ModelError when the file is missing or damaged."""
    import onnxruntime  # imported here: it takes a tenth of a second, and not every run reads

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Weights are used as they are mapped from the file: rearranging them first would gain a hundredth of every later run and
    # cost every start as much as several of these.
    options.add_session_config_entry("session.disable_prepacking", "1")
    # The shipped graph was fused when it was exported: doing it again would only cost start-up time.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    if not file.is_file():
        raise ModelError(f"{file}: the reader's model is missing; install qabot again")
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no base but this
        raise ModelError(f"{file}: the reader's model can't be loaded ({type(error).__name__}); install qabot again") from error


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
