"""What training minimises: pixels (the hardest most), overlap, the kinds of defective pixels, and scores of crops."""

import torch
from torch import Tensor
from torch.nn import functional

from station_app.inference.score_map import POOLED_PIXELS
from station_app.training.labelled import KINDLESS, UNKNOWN

_HARDEST_SHARE = 64
_CROP_WEIGHT = 0.5
_KIND_WEIGHT = 0.3


def total_loss(logits: Tensor, masks: Tensor, is_defect: Tensor) -> Tensor:
    """The loss of a batch: logits [n, 1 + labels, h, w], masks [n, h, w] of kinds, truth of the crops [n]."""
    known = (masks != UNKNOWN).float()
    hot = known * (masks > 0)
    some = logits[:, 0]
    pixel = _pixel_loss(some, hot, known) + _overlap(some, hot, known)
    return pixel + _CROP_WEIGHT * _crop_loss(some, is_defect) + _KIND_WEIGHT * _kind_loss(logits[:, 1:], masks)


def _pixel_loss(logits: Tensor, hot: Tensor, known: Tensor) -> Tensor:
    """The mean over a crop's defective pixels, and the mean over the hardest of its good ones.

    Each crop counts alike, however large its defect; and the few good pixels that would reject a part count most.
    """
    plain = functional.binary_cross_entropy_with_logits(logits, hot, reduction="none")
    size = hot.sum((1, 2))
    found = ((plain * hot).sum((1, 2)) / (size + 1.0)).sum() / ((size > 0).sum() + 1e-6)
    # The rim of a defect is neither: nobody draws that exactly, and it would be the hardest of all good pixels.
    rim = functional.max_pool2d(hot[:, None], 3, 1, 1)[:, 0]
    good = (plain * known * (1.0 - rim)).flatten(1)
    hardest = good.topk(max(1, good.shape[1] // _HARDEST_SHARE), dim=1).values.mean()
    return found + hardest + good.mean()


def _overlap(logits: Tensor, hot: Tensor, known: Tensor) -> Tensor:
    """One minus the Dice overlap of each crop that holds a defect."""
    scores = torch.sigmoid(logits) * known
    shared = (scores * hot).sum((1, 2))
    size = scores.sum((1, 2)) + hot.sum((1, 2))
    present = (hot.sum((1, 2)) > 0).float()
    return (present * (1.0 - (2.0 * shared + 1.0) / (size + 1.0))).sum() / (present.sum() + 1e-6)


def _crop_loss(logits: Tensor, is_defect: Tensor) -> Tensor:
    """The crop's score, pooled as the station pools it, against whether there is a defect in it."""
    highest = logits.flatten(1).topk(min(POOLED_PIXELS, logits[0].numel()), dim=1).values.mean(dim=1)
    return functional.binary_cross_entropy_with_logits(highest, is_defect)


def _kind_loss(kinds: Tensor, masks: Tensor) -> Tensor:
    if kinds.shape[1] < 2:
        return kinds.sum() * 0.0
    target = (masks.long() - 1).masked_fill((masks == UNKNOWN) | (masks == KINDLESS), -1)
    total = functional.cross_entropy(kinds, target, ignore_index=-1, reduction="sum")
    return total / ((target >= 0).sum() + 1.0)
