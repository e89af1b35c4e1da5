"""Chance without a generator: a number that belongs to a seed, a purpose and a key, the same whoever asks and when.

Keyed BLAKE2b, so that who does not know the seed cannot tell which part comes next: it is a secret of the station.
Changing a line here changes every draw: a test pins the values.
"""

from collections.abc import Iterable
from hashlib import blake2b

_BITS = 53
"""As many as a float holds: 64 of them would round up to 1."""


def chance(seed: str, purpose: str, key: str | int) -> float:
    """A number from 0 (inclusive) to 1 (exclusive), uniform over the keys and independent from purpose to purpose."""
    secret = blake2b(seed.encode()).digest()
    digest = blake2b(f"{purpose}\x1f{key}".encode(), digest_size=8, key=secret).digest()
    return (int.from_bytes(digest, "big") >> (64 - _BITS)) / (1 << _BITS)


def shuffled(seed: str, purpose: str, names: Iterable[str]) -> list[str]:
    """The names, each different, in an order that depends on seed, purpose and the names alone."""
    return sorted(names, key=lambda name: (chance(seed, purpose, name), name))
