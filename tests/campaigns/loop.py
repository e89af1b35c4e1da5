"""The loop on real boards, as docs/ml.md "The loop, measured" tells it; run by hand:

    python -m tests.campaigns.loop WORK [--quick] [--rehearsal]

A rehearsal has the golden set in place of the unseen parts: whatever is still to be chosen is chosen with it, and the
unseen parts stay unseen. Without it this is a look at them: say in docs/ml.md which one it is. STATION_WEED and
STATION_MLFLOW name a SeaweedFS and a Python with MLflow, as for the command.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from station_app.loop_demo.loop import LoopOptions, run_loop
from station_app.loop_demo.world import BOARDS, board_world
from tests.conftest import SHARED_DATA

_MOST_RATIO = 0.5


def main() -> int:
    """0 where escapes at equal overkill have at least halved, and all that must be refused was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rehearsal", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    world = board_world(SHARED_DATA / BOARDS, is_quick=given.quick)
    if given.rehearsal:
        world = replace(world, unseen=world.golden)
    options = LoopOptions(given.work.resolve(), threads=given.threads, seed=given.seed)
    comparison = run_loop(world, options, _tell)
    is_halved = comparison.ratio <= _MOST_RATIO
    _tell(f"escapes at equal overkill at least halved: {'yes' if is_halved else 'NO'}")
    return 0 if is_halved else 1


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
