"""The demonstration from its first to its last stage, in a folder of its own for each run."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError
from station_app.loop_demo import figures, stages
from station_app.loop_demo.figures import Comparison
from station_app.loop_demo.people import ErrorRates
from station_app.loop_demo.retraining import Workplace
from station_app.loop_demo.scene import Scene, Told
from station_app.loop_demo.servers import mlflow, mlflow_python, seaweed, weed_program
from station_app.loop_demo.world import World

_RUN = "run-{:03}"
_MOST_RUNS = 1000

_STAGES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("a weak champion", stages.make_champion),
    ("a station with a publisher that it trusts", stages.open_plant),
    ("the line: parts, people, records", stages.run_the_line),
    ("retraining: from the records to an offer", stages.retrain),
    ("what the gate must refuse", stages.refuse_candidates),
    ("at the station: fetch, shadow, promotion", stages.try_candidate),
)


@dataclass(frozen=True, slots=True)
class LoopOptions:
    """A run has a folder of its own below `work`; nothing of an earlier one is touched or used. Without a `store`
    records go to SeaweedFS where the environment names it, else into a folder."""

    work: Path
    store: StoreSetup | None = None
    threads: int = 1
    seed: int = 0
    rates: ErrorRates = field(default_factory=ErrorRates)


def run_loop(world: World, options: LoopOptions, tell: Told) -> Comparison:
    """All stages, each told with its time; then both models on the unseen parts. Whatever StationError a stage raises
    ends the run."""
    place = Workplace(new_run(options.work))
    tell(f"everything lies in {place.root}")
    with ExitStack() as servers:
        store = options.store or _own_store(place, servers, tell)
        url = servers.enter_context(mlflow(place.root / "mlflow")) if mlflow_python() else ""
        scene = Scene(world, place, store, options.rates, tell, url, options.threads, options.seed)
        tell(options.rates.told())
        for line in world.told():
            tell(line)
        for number, (what, stage) in enumerate(_STAGES, 1):
            began = time.monotonic()
            tell(f"\n{number}. {what}")
            stage(scene)
            tell(f"({time.monotonic() - began:.0f} s)")
    tell(f"\n{len(_STAGES) + 1}. both models on parts that nobody has used for anything")
    comparison = stages.look_once(scene)
    for line in figures.told(comparison):
        tell(line)
    return comparison


def new_run(work: Path) -> Path:
    """The next free folder. ConfigError where none can be made."""
    for number in range(1, _MOST_RUNS):
        folder = work / _RUN.format(number)
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            remedy = "name a folder on a disk that can be written"
            raise ConfigError(f"no run can begin there, {error.strerror}", where=str(work), remedy=remedy) from error
        return folder.resolve()
    raise ConfigError("there are too many runs there already", where=str(work), remedy="remove some, or name another")


def _own_store(place: Workplace, servers: ExitStack, tell: Told) -> StoreSetup:
    if weed_program():
        tell("records go to a SeaweedFS of this run")
        return servers.enter_context(seaweed(place.root / "seaweed"))
    folder = place.root / "store"
    folder.mkdir()
    return StoreSetup(f"folder:{folder}")
