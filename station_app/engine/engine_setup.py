"""What an engine is given once, and how it tells of itself."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from time import monotonic, time_ns
from typing import TYPE_CHECKING

from station_app.core.code_meaning import Meaning, meaning
from station_app.core.messages import EngineState, StationDescribed
from station_app.core.recipe import Recipe
from station_app.core.serial import NO_SERIALS
from station_app.engine.crew import CrewSetup
from station_app.engine.model_room import ModelRoom
from station_app.engine.port_scans import CodeScanner
from station_app.engine.recipe_shelf import RecipeShelf
from station_app.engine.roster import Roster
from station_app.engine.sync_desk import Sending
from station_app.engine.triggers import TriggerSetup

if TYPE_CHECKING:
    from station_app.engine.loaded_recipe import LoadedRecipe


def local_now() -> datetime:
    """The clock on the wall, without its zone."""
    return datetime.now().astimezone().replace(tzinfo=None)


def utc_ms() -> int:
    """Milliseconds since 1970."""
    return time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class EngineSetup:
    """What does not change while the engine lives. Paths are told to clients; `recipe_names`, `read_recipe` and
    `recipe_codes` list recipes, read one, and tell which printed text selects which. `scanner` is one at a serial port;
    `shifts` are the times of day at which one begins, none where the engine's start counts as one; `flat_fields` is the
    folder of those that are taught here; `shelf` holds the recipes where their revisions are managed, `models` the
    packages that come through a channel; `roster` are the people of the station; `sending` takes the records out, None
    where they stay; `monotonic_s` measures how long one of them is not heard of, `utc_ms` how long a name is
    locked."""

    station: str
    trigger: TriggerSetup
    max_in_flight: int
    preview: Path
    database: Path
    images: Path
    flat_fields: Path
    roster: Roster
    recipe_names: Callable[[], tuple[str, ...]]
    read_recipe: Callable[[str], Recipe]
    free_bytes: Callable[[], int]
    recipe_codes: Callable[[], tuple[tuple[str, str], ...]] = tuple
    scanner: CodeScanner | None = None
    shifts: tuple[time, ...] = ()
    local_now: Callable[[], datetime] = local_now
    shelf: RecipeShelf | None = None
    models: ModelRoom | None = None
    sending: Sending | None = None
    monotonic_s: Callable[[], float] = monotonic
    utc_ms: Callable[[], int] = utc_ms

    @property
    def crew(self) -> CrewSetup:
        """What is given to the crew."""
        return CrewSetup(self.station, self.roster, self.monotonic_s, self.utc_ms)

    def meaning_of(self, code: str) -> Meaning:
        """What a scanned text stands for at this station."""
        return meaning(code, self.recipe_names(), self.recipe_codes())


def describe(setup: EngineSetup, state: EngineState, loaded: "LoadedRecipe | None", operator: str) -> StationDescribed:
    """The station as it is now."""
    main = loaded.main if loaded else None
    inspectors = main.inspectors if main else {}
    first = next(iter(inspectors.values()), None)
    return StationDescribed(
        station=setup.station,
        state=state,
        recipe=main.recipe.name if main else "",
        recipe_revision=main.recipe.revision if main else 0,
        recipes=setup.recipe_names(),
        model=f"{first.package.manifest.name} {first.package.manifest.version}" if first else "",
        model_hash=first.package.sha256 if first else "",
        provider=first.provider if first else "",
        camera_ids=tuple(inspectors),
        labels=loaded.rig.fittings.labels if loaded else (),
        database=str(setup.database),
        images=str(setup.images),
        preview=loaded.preview if loaded else "",
        operator=operator,
        pid=os.getpid(),
        serial=loaded.serial if loaded else NO_SERIALS,
        recipe_codes=setup.recipe_codes(),
        shifts=tuple(f"{start:%H:%M}" for start in setup.shifts),
    )
