from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs qabot[train]")

import onnxruntime
import torch

from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.marking import BEGINS, GOES_ON
from qabot.reading.network import Network
from qabot.training.marker import Marker
from qabot.training.train_marker import Marked, export_marker, marked_windows, train

SIZE = 8


def examples(count: int, seed: int = 5) -> list[Marked]:
    """Windows in which the first value of a state says what tag its token has."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        tags = rng.choice([0, 0, 0, BEGINS, GOES_ON, -1], size=int(rng.integers(6, 14)))
        states = rng.normal(size=(len(tags), 2 * SIZE)).astype(np.float16)
        states[:, 0] = 4.0 * tags
        found.append(Marked(states, tags.astype(np.int64)))
    return found


@pytest.mark.filterwarnings("ignore:.*")  # the exporter has many of its own
def test_what_the_states_tell_is_learnt_and_exported(tmp_path: Path) -> None:
    seen = examples(200)
    marker = train(seen, passes=15, seed=1)
    right = known = 0
    for one in examples(40, seed=6):
        tags = marker(torch.from_numpy(one.states[None].astype(np.float32)), torch.ones(1, len(one.tags)))[0].argmax(-1).numpy()
        right, known = right + int((tags == one.tags)[one.tags >= 0].sum()), known + int((one.tags >= 0).sum())
    assert right / known > 0.85  # 0.5 by always saying "outside"

    export_marker(marker, tmp_path / "items.onnx", SIZE)
    session = onnxruntime.InferenceSession(str(tmp_path / "items.onnx"), providers=["CPUExecutionProvider"])
    states = seen[0].states.astype(np.float32)[None]
    (logs,) = session.run(None, {"states_10": states[..., :SIZE], "states_8": states[..., SIZE:]})
    wanted = torch.log_softmax(marker(torch.from_numpy(states), torch.ones(1, states.shape[1])), dim=-1).detach().numpy()
    assert np.abs(logs - wanted).max() < 0.05  # half precision
    assert np.exp(logs).sum(-1) == pytest.approx(np.ones((1, states.shape[1])), abs=1e-4)


def test_equal_seeds_give_equal_weights() -> None:
    seen = examples(40)
    one, other = (train(seen, passes=1, seed=1) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


def test_a_marker_sees_its_own_padding_not_at_all() -> None:
    torch.manual_seed(1)
    marker = Marker(SIZE).eval()
    states = torch.randn(1, 5, 2 * SIZE)
    padded = torch.cat([states, torch.randn(1, 3, 2 * SIZE)], dim=1)
    mask = torch.tensor([[1, 1, 1, 1, 1, 0, 0, 0]])
    assert torch.allclose(marker(padded, mask)[:, :5], marker(states, mask[:, :5]), atol=1e-6)


DOCUMENT = "The harbour\n\nShips came from Latvia, Estonia and Finland. The mayor was away."


def test_written_questions_give_the_tags_of_their_items(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(
        '{"kind": "list", "question": "Which countries?", "answers": ["Latvia", "Estonia", "Finland"], '
        '"sentence": "Ships came from Latvia, Estonia and Finland."}\n'
        '{"kind": "plain", "question": "Who was away?", "answers": ["The mayor", "mayor"], "sentence": "The mayor was away."}\n'
        '{"kind": "none", "question": "Who drowned?"}\n',
        encoding="utf-8",
    )
    listed, plain = marked_windows(Network(MODEL_FOLDER / "reader.onnx"), MODEL_FOLDER, tmp_path)
    assert listed.is_list
    assert not plain.is_list
    assert listed.states.shape == (len(listed.tags), 2 * 384)
    assert [int((one.tags == BEGINS).sum()) for one in (listed, plain)] == [3, 1]
    assert int((plain.tags == GOES_ON).sum()) == 1
