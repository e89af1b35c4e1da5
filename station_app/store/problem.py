"""What a check of the data folder finds."""

from dataclasses import dataclass

NAMED_MAX = 20
"""Faults of one kind that are named one by one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    what: str
    where: str
    remedy: str
