"""A camera's whole set-up as text, and what differs between two of them. Pure.

The text is that of a GenApi persistence file: a line for each feature, `Name<tab>value`, or
`Name<tab>{Selector=Entry}<tab>value` where a selector decides which one of several is meant.
"""

import math
import re

_TOLERANCE = 0.02
_SELECTED = re.compile(r"[{,]\s*(\w+)=")
_AUTO = {"ExposureAuto": "Exposure", "GainAuto": "Gain", "BalanceWhiteAuto": "BalanceRatio", "BlackLevelAuto": "Black"}
"""What the camera changes by itself while such a switch is not off."""


def lines_of(saved: str) -> dict[str, str]:
    """Value by feature, the selectors being part of the feature's name."""
    lines = (line.rstrip("\r") for line in saved.split("\n") if line.strip() and not line.startswith("#"))
    split = (line.rsplit("\t", 1) for line in lines)
    return {parts[0].rstrip("\t"): parts[-1] for parts in split if len(parts) == 2}


def settled(first: str, second: str) -> str:
    """The lines of `second` that did not change since `first`: what changes by itself is no setting. Its head stays."""
    before = lines_of(first)
    head = [line for line in second.split("\n") if line.startswith("#")]
    kept = [f"{name}\t{value}" for name, value in lines_of(second).items() if before.get(name) == value]
    return "\n".join((*head, *kept, ""))


def differences(wanted: str, found: str) -> tuple[str, ...]:
    """The features of `wanted` that `found` lacks or holds with another value. Selectors count for nothing: they only
    say what is being read or written at the moment."""
    now, asked = lines_of(found), lines_of(wanted)
    selectors = {name for line in asked for name in _SELECTED.findall(line)}
    moving = tuple(prefix for switch, prefix in _AUTO.items() if asked.get(switch, "Off") != "Off")
    return tuple(
        name
        for name, value in asked.items()
        if name not in selectors
        and not name.endswith("Selector")
        and not _is_same(value, now.get(name, ""))
        and not (moving and name.startswith(moving) and name not in _AUTO)
    )


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return math.isclose(float(one), float(other), rel_tol=_TOLERANCE)
    except ValueError:
        return False
