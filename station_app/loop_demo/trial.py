"""The candidate at the station: what is refused, what is fetched, its shadow beside the champion, its promotion."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from station_app.core.errors import ConfigError, ModelPackageError
from station_app.core.messages import AlarmRaised
from station_app.core.model_messages import (
    FetchModels,
    ModelsReported,
    ModelStage,
    ModelState,
    PromoteModel,
    StartShadow,
)
from station_app.loop_demo.crew import ENGINEER, REVIEWERS, signature_of
from station_app.loop_demo.line import CAMERA, DemoLine
from station_app.loop_demo.station_files import RECIPE
from station_app.quality.estimate import CannotSay
from station_app.store.shadow_view import ShadowView, Trial, shadow_view

_CHANNEL_ALARM = "model_channel"
PACE_S = 0.06
"""Between two parts, so that there is time for a model in shadow."""
_LOOKS, _BETWEEN_LOOKS_S = 20, 0.25
SIGNERS = (REVIEWERS[0], ENGINEER)
"""Quality and engineering: the rules want two people, of whom one at least has not edited the recipe."""


def refused_from(line: DemoLine, stick: Path) -> str:
    """What the station says of a stick that it must not believe. ModelPackageError where it believes it."""
    mark = line.ear.mark()
    try:
        line.obey(FetchModels(ENGINEER, str(stick)))
        line.ear.wait_until(ModelsReported, bool, mark)
    except ConfigError as error:
        return error.what
    alarms = [alarm.what for alarm in line.ear.since(mark, AlarmRaised) if alarm.code == _CHANNEL_ALARM]
    states = [model for told in line.ear.since(mark, ModelsReported) for model in told.models]
    refused = [model.detail for model in states if model.stage is ModelStage.REFUSED]
    if any(model.stage is ModelStage.PROVED for model in states) or not (refused or alarms):
        raise ModelPackageError("the station believes a stick that it must not", where=str(stick))
    return (refused or alarms)[-1]


def fetch(line: DemoLine) -> ModelState:
    """The channel's newest package, fetched and proved. ModelPackageError where the station refuses it."""
    mark = line.ear.mark()
    line.obey(FetchModels(ENGINEER))
    told = line.ear.wait_until(ModelsReported, _is_settled, mark)
    newest = told[-1].models[0]
    if newest.stage is not ModelStage.PROVED:
        raise ModelPackageError(f"the station does not prove the candidate: {newest.detail}", where=newest.sha256)
    return newest


def start_shadow(line: DemoLine, model: ModelState) -> None:
    """From now on it runs beside the champion, and decides nothing."""
    _staged(line, ModelStage.SHADOW, partial(line.obey, StartShadow(model.sha256, RECIPE, CAMERA, ENGINEER)))


def promote(line: DemoLine, model: ModelState) -> None:
    """Two named people sign: it decides every part from the next one on."""
    for name in SIGNERS[:-1]:
        line.ask(_signed(model, name), ModelsReported)
    _staged(line, ModelStage.ACTIVE, partial(line.obey, _signed(model, SIGNERS[-1])))


def side_by_side(line: DemoLine, model: ModelState, parts: int) -> ShadowView:
    """What both have said of the same parts, as the Models screen counts it; waits a little for the last of them, since
    the shadow comes after the verdict."""
    question = partial(shadow_view, trial=Trial(model.sha256, RECIPE, CAMERA))
    for _ in range(_LOOKS):
        counts = line.archive.read(question).counts
        if counts.compared + counts.lost + counts.dropped >= parts:
            break
        time.sleep(_BETWEEN_LOOKS_S)
    return line.archive.read(question)


def told(view: ShadowView) -> tuple[str, ...]:
    """For a person at a terminal."""
    counts, judged = view.counts, view.judged
    compared = (
        f"{counts.compared} parts judged by both, {counts.dropped} left out for want of time; "
        f"{counts.only_champion_rejects} rejected by the champion alone, {counts.only_candidate_rejects} by the "
        "candidate alone"
    )
    if not judged.parts:
        return (compared,)
    test = judged.test
    p = "nothing to tell them apart" if isinstance(test, CannotSay) else f"exact p = {test.exact_p:.2g}"
    sides = (
        f"{judged.only_champion_right} with the champion alone, {judged.only_candidate_right} with the candidate alone"
    )
    return (compared, f"of {judged.parts} that people judged, they hold {sides}; {p}")


def _signed(model: ModelState, name: str) -> PromoteModel:
    return PromoteModel(model.sha256, RECIPE, CAMERA, 1.0, signature_of(name), reason="demonstration of the loop")


def _staged(line: DemoLine, stage: ModelStage, deed: Callable[[], None]) -> None:
    mark = line.ear.mark()
    deed()
    line.ear.wait_until(ModelsReported, lambda told: _has_stage(told, stage), mark)


def _has_stage(told: list[ModelsReported], stage: ModelStage) -> bool:
    return bool(told) and any(model.stage is stage for model in told[-1].models)


def _is_settled(told: list[ModelsReported]) -> bool:
    return bool(told) and bool(told[-1].models) and told[-1].models[0].stage is not ModelStage.OFFERED
