"""Which parts a canary decides: drawn by a hash, so that anybody can tell afterwards, and exact over time. Pure."""

import hashlib
import math
from functools import lru_cache

BLOCK = 100
"""Parts of consecutive ids among which the share is drawn: it is kept in each of them, to within one part."""


def decides(part_id: int, package_sha256: str, share: float) -> bool:
    """Whether the package on trial decides this part. `share` is 0..1; ValueError where it is not.

    Of the first n blocks exactly floor(n * BLOCK * share) parts are drawn, and which of a block is the order of their
    hashes: a line that brings every tenth part from the same nest meets no pattern.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share of the parts")
    block, place = divmod(part_id, BLOCK)
    return _ranks(block, package_sha256)[place] < _drawn(block + 1, share) - _drawn(block, share)


def _drawn(blocks: int, share: float) -> int:
    # Rounded a little first: 100 * 0.29 is 28.999999999999996.
    return math.floor(round(blocks * BLOCK * share, 6))


@lru_cache(maxsize=8)
def _ranks(block: int, package_sha256: str) -> tuple[int, ...]:
    """By place in the block, where in the order of hashes the part comes."""
    hashes = [hashlib.sha256(f"{package_sha256} {block * BLOCK + place}".encode()).digest() for place in range(BLOCK)]
    order = sorted(range(BLOCK), key=hashes.__getitem__)
    ranks = [0] * BLOCK
    for rank, place in enumerate(order):
        ranks[place] = rank
    return tuple(ranks)
