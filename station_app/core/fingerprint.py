"""The physical set-up of a camera against its reference: which measures differ too much. Pure."""

from collections.abc import Sequence
from statistics import median

from station_app.core.inspection import ImageQuality
from station_app.core.recipe import FingerprintLimits
from station_app.core.reference import Placement, SetupSeen
from station_app.core.setup_messages import CommonSetting, SetupDifference

EXPOSURE, GAIN = CommonSetting.EXPOSURE.value, CommonSetting.GAIN.value
LEVELS_PER_BIN = 4.0


def differences(
    now: SetupSeen, reference: SetupSeen, placement: Placement, limits: FingerprintLimits
) -> tuple[SetupDifference, ...]:
    """Every measure, each with the largest difference that is allowed. `histogram` is the distance to the reference in
    grey levels; `match` says how much of the picture is the same, and where it is not within its limit there is no
    shift and no turn to tell of."""
    settings, wanted = dict(now.settings), dict(reference.settings)
    told = [
        *_setting("exposure", settings.get(EXPOSURE), wanted.get(EXPOSURE), share=limits.exposure_share),
        *_setting("gain", settings.get(GAIN), wanted.get(GAIN), limit=limits.gain_db),
        _difference("brightness", now.quality.mean, reference.quality.mean, limits.brightness),
        _difference("histogram", histogram_distance(now.histogram, reference.histogram), 0.0, limits.histogram),
        _difference("focus", now.quality.focus, reference.quality.focus, limits.focus_share * reference.quality.focus),
        _difference("match", placement.match, 1.0, 1.0 - limits.match_min),
    ]
    if told[-1].is_within:
        told += [
            _difference("shift_x", placement.shift_x, 0.0, limits.shift_px),
            _difference("shift_y", placement.shift_y, 0.0, limits.shift_px),
            _difference("turn", placement.turn_deg, 0.0, limits.turn_deg),
        ]
    return tuple(told)


def histogram_distance(one: Sequence[float], other: Sequence[float]) -> float:
    """By how many grey levels the pixels of one picture must be moved, on average, to have the histogram of the other
    (earth mover's distance). Both in equal bins of four grey levels."""
    carried, total = 0.0, 0.0
    for left, right in zip(one, other, strict=True):
        carried += left - right
        total += abs(carried)
    return total * LEVELS_PER_BIN


def typical(seen: Sequence[SetupSeen]) -> SetupSeen:
    """The median of every measure of several pictures, which must not be none. Settings are the last picture's."""
    quality = ImageQuality(*(median(values) for values in zip(*(each.quality for each in seen), strict=True)))
    histogram = tuple(median(shares) for shares in zip(*(each.histogram for each in seen), strict=True))
    return SetupSeen(quality, histogram, seen[-1].settings)


def typical_placement(seen: Sequence[Placement]) -> Placement:
    """The median of several pictures, which must not be none."""
    return Placement(
        median(each.shift_x for each in seen),
        median(each.shift_y for each in seen),
        median(each.turn_deg for each in seen),
        median(each.match for each in seen),
    )


def is_within(told: Sequence[SetupDifference]) -> bool:
    return all(difference.is_within for difference in told)


def _setting(
    measure: str, now: float | None, reference: float | None, *, share: float = 0.0, limit: float = 0.0
) -> tuple[SetupDifference, ...]:
    """Nothing where one of the two does not know the setting."""
    if now is None or reference is None:
        return ()
    return (_difference(measure, now, reference, limit + share * abs(reference)),)


def _difference(measure: str, now: float, reference: float, limit: float) -> SetupDifference:
    # Not `>`: what is no number is not within either.
    return SetupDifference(measure, now, reference, limit, abs(now - reference) <= limit)
