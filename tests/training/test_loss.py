"""What training minimises: a drawn defect is a defect of no kind."""

import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")

import torch

from station_app.training.labelled import KINDLESS
from station_app.training.loss import total_loss


def _loss(some: float, kinds: tuple[float, float], value: int) -> float:
    logits = torch.zeros(1, 3, 8, 8)
    logits[:, 0] = -4.0
    logits[:, 0, 2:4, 2:4] = some
    logits[:, 1], logits[:, 2] = kinds
    masks = torch.zeros(1, 8, 8, dtype=torch.uint8)
    masks[:, 2:4, 2:4] = value
    return float(total_loss(logits, masks, torch.ones(1)))


def test_a_drawn_defect_is_to_be_found_like_any_other() -> None:
    assert _loss(4.0, (0.0, 0.0), KINDLESS) < _loss(-4.0, (0.0, 0.0), KINDLESS)


def test_a_drawn_defect_teaches_no_kind() -> None:
    assert _loss(4.0, (3.0, 0.0), KINDLESS) == _loss(4.0, (0.0, 3.0), KINDLESS)
    assert _loss(4.0, (3.0, 0.0), 1) < _loss(4.0, (0.0, 3.0), 1)
