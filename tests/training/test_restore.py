from __future__ import annotations

import numpy as np
import pytest

from qabot.ingest.passages import cut_passages
from qabot.reading.loading import MODEL_FOLDER
from tests.conftest import Model
from tests.samples import harbour

torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")
restoring = pytest.importorskip("qabot.training.restore", reason="needs the extra qabot[train]")


def test_the_restored_model_says_what_the_shipped_one_says(model: Model) -> None:
    network, windows, _ = model
    (row, *_) = windows.of("What did the repair of the harbour cost?", cut_passages([harbour()]))
    shipped = np.concatenate(network.run([row.ids], [row.first]), axis=1)[0]
    ids = torch.tensor([row.ids])
    types = (torch.arange(len(row.ids)) >= row.first).long()[None]
    with torch.no_grad():
        output = restoring.restore(MODEL_FOLDER / "reader.onnx").eval()(input_ids=ids, token_type_ids=types)
    restored = torch.cat([output.start_logits, output.end_logits], dim=1)[0].numpy()
    assert np.corrcoef(shipped, restored)[0, 1] > 0.99
    assert shipped[: len(row.ids)].argmax() == restored[: len(row.ids)].argmax()
