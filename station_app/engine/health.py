"""The engine's sign of life: counters, queues and times, told at a steady pace."""

import logging
import time
from collections.abc import Callable

from station_app.core.messages import HealthReported
from station_app.engine.loaded_recipe import LoadedRecipe
from station_app.engine.part import NS_PER_MS
from station_app.engine.tally import Tally

log = logging.getLogger(__name__)

HEALTH_INTERVAL_S = 0.5
"""Twice a second: a screen that hears nothing for a second and a half says so."""


def measure_health(tally: Tally, loaded: LoadedRecipe | None, free_bytes: Callable[[], int]) -> HealthReported:
    """The engine at this moment. Any thread."""
    return HealthReported(
        at_ms=time.time_ns() // NS_PER_MS,
        counters=tally.counters(),
        queues=loaded.rig.levels() if loaded else (),
        free_bytes=_told(free_bytes),
        inspect_median_ms=loaded.recorder.times.quantile(0.5) if loaded else 0.0,
        inspect_p99_ms=loaded.recorder.times.quantile(0.99) if loaded else 0.0,
    )


def _told(free_bytes: Callable[[], int]) -> int:
    try:
        return free_bytes()
    except OSError as error:
        log.warning("the disk does not tell how full it is: %s", error)
        return 0
