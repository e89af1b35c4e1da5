"""`station-app train`: progress on one line of the terminal, then the report."""

import sys
from argparse import Namespace

from station_app.training.command import look_once, train
from station_app.training.options import (
    RATE,
    STEPS,
    TUNING_RATE,
    TUNING_STEPS,
    TrainingOptions,
    TrainingProgress,
    figures_lines,
)


def run_train(arguments: Namespace) -> int:
    """Train and write one model package, or test one that was trained; a StationError where that is impossible."""
    steps, rate = (TUNING_STEPS, TUNING_RATE) if arguments.start else (STEPS, RATE)
    options = TrainingOptions(
        dataset=arguments.dataset,
        out=arguments.out,
        task=arguments.task,
        name=arguments.name,
        version=arguments.version,
        seed=arguments.seed,
        steps=steps if arguments.steps is None else arguments.steps,
        rate=rate if arguments.rate is None else arguments.rate,
        batch=arguments.batch,
        crop=arguments.crop,
        width=arguments.width,
        tile=arguments.tile,
        reduce=arguments.reduce,
        is_pretrained=arguments.pretrained,
        drawn_share=arguments.drawn,
        novelty=arguments.novelty,
        overkill=arguments.overkill,
        threads=arguments.threads,
        use_test=not arguments.no_test,
        test_look=arguments.test_look,
        test_note=arguments.test_note,
        is_fixtured=arguments.fixtured,
        start=arguments.start,
        replay=arguments.replay,
        replay_share=arguments.replay_share,
    )
    if arguments.test:
        tested = look_once(arguments.test, options, _ProgressLine())
        lines = figures_lines("test", tested.manifest.evaluation["test"])
    else:
        lines = list(train(options, _ProgressLine()).lines())
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


class _ProgressLine:
    """Overwrites one line on a terminal; elsewhere writes a line at every tenth of a stage."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, progress: TrainingProgress) -> None:
        loss = "" if progress.loss is None else f", loss {progress.loss:.4f}"
        if sys.stderr.isatty():
            end = "\n" if progress.done >= progress.total else ""
            sys.stderr.write(f"\r\033[K{progress.stage} {progress.done} of {progress.total}{loss}{end}")
            sys.stderr.flush()
            return
        tenth = f"{progress.stage} {10 * progress.done // max(1, progress.total)}0 %"
        if tenth != self._told:
            self._told = tenth
            sys.stderr.write(f"{tenth}{loss}\n")
