"""Where a rising function reaches a value: Newton's steps, kept inside a bracket that only shrinks. Pure."""

from collections.abc import Callable

_ROUNDS = 400
_PRECISION = 1e-15


def rising_root(
    function: Callable[[float], float],
    slope: Callable[[float], float],
    target: float,
    bracket: tuple[float, float],
    start: float,
) -> float:
    """The x within `bracket` at which `function` is `target`; `slope` is its derivative, `start` a first guess."""
    low, high = bracket
    x = start if low < start < high else (low + high) / 2
    for turn in range(_ROUNDS):
        error = function(x) - target
        low, high = (x, high) if error < 0 else (low, x)
        after = _newton(x, error, slope(x), (low, high)) if turn % 6 < 5 else None
        # Every sixth step halves the bracket, so that small steps far from the root cannot go on for ever.
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if after is not None and abs(after - x) <= _PRECISION * abs(x):
            return after
        x = middle if after is None else after
    return x


def _newton(x: float, error: float, slope: float, bracket: tuple[float, float]) -> float | None:
    if slope <= 0:
        return None
    after = x - error / slope
    # The ends of the bracket may be where the slope has no value.
    return after if bracket[0] < after < bracket[1] or after == x else None
