"""What every stage of the demonstration is given."""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.config_sync import StoreSetup
from station_app.loop_demo.people import ErrorRates
from station_app.loop_demo.retraining import Workplace
from station_app.loop_demo.world import World

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """`tell` prints a line; `mlflow` is the URL of a server, "" where there is none. `seed` decides what people say."""

    world: World
    place: Workplace
    store: StoreSetup
    rates: ErrorRates
    tell: Told
    mlflow: str = ""
    threads: int = 2
    seed: int = 0
