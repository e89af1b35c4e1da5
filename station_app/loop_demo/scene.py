"""What every stage of the demonstration is given."""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.config_sync import StoreSetup
from station_app.loop_demo.people import ErrorRates
from station_app.loop_demo.retraining import Workplace
from station_app.loop_demo.world import World
from station_app.retrain.plan import StoreAccess

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

    @property
    def access(self) -> StoreAccess:
        """The store as retraining plans name it."""
        store = self.store
        return StoreAccess(store.store, store.settings, store.ca, store.proxy, store.allow_http)
