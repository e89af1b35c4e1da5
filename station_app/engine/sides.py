"""Which recipe judges which part: that of the champion, or that of the candidate for its share. Any thread.

A part ends with what it began, whatever is changed meanwhile: a side that no longer decides is closed when the last of
its parts is concluded.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from station_app.core.canary import decides
from station_app.core.recipe import Recipe
from station_app.engine.judging import Judge
from station_app.engine.part import Part
from station_app.inference.inspector import Inspector


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A recipe with a model for each of its cameras. `own` are those that are closed with it: the others belong to
    another side, for the cameras on which both look with the same package."""

    recipe: Recipe
    inspectors: Mapping[str, Inspector]
    own: tuple[Inspector, ...] = ()

    def judge(self, camera_id: str) -> Judge:
        return Judge(self.recipe, self.inspectors[camera_id])

    def close(self) -> None:
        for inspector in self.own:
            inspector.close()


@dataclass(frozen=True, slots=True)
class _Draw:
    """Who decides a new part."""

    champion: Side
    trial: Side | None = None
    package_sha256: str = ""
    share: float = 0.0

    def side(self, part_id: int) -> Side:
        if self.trial is not None and decides(part_id, self.package_sha256, self.share):
            return self.trial
        return self.champion


class Sides:
    """The champion, the candidate where there is one, and the parts in flight of each."""

    def __init__(self, home: Side) -> None:
        self._draw = _Draw(home)
        self._home = home
        self._in_flight: dict[int, Side] = {}
        self._retired: list[Side] = []
        self._lock = threading.Lock()

    @property
    def champion(self) -> Side:
        """Who decides what the candidate does not."""
        return self._draw.champion

    @property
    def main(self) -> Side:
        """Who decides most parts: the champion, or a candidate that decides all."""
        draw = self._draw
        return draw.trial if draw.trial is not None and draw.share >= 1 else draw.champion

    def begin(self, part_id: int) -> Side:
        """A part is admitted: the side that judges it. It stays with it until `end`."""
        with self._lock:
            side = self._in_flight[part_id] = self._draw.side(part_id)
        return side

    def is_idle(self) -> bool:
        """No part is in flight."""
        return not self._in_flight

    def of(self, part: Part) -> Side:
        """The side of a part; of one that was never admitted, or is concluded, that of the loaded recipe."""
        return self._in_flight.get(part.part_id, self._home)

    def end(self, part: Part) -> None:
        """The part is concluded."""
        with self._lock:
            self._in_flight.pop(part.part_id, None)

    def try_out(self, champion: Side, trial: Side, package_sha256: str, share: float) -> None:
        """From the next part on `trial` decides its share beside `champion`."""
        with self._lock:
            self._set(_Draw(champion, trial, package_sha256, share))

    def drop_trial(self) -> None:
        """The champion decides every part from the next one on."""
        with self._lock:
            self._set(_Draw(self._draw.champion))

    def keep_trial(self) -> None:
        """The candidate is the champion from the next part on."""
        with self._lock:
            self._set(_Draw(self._draw.trial or self._draw.champion))

    def close_retired(self, *, is_end: bool = False) -> None:
        """Let go of the models of sides that decide no more and have no part in flight; at the `end` of all."""
        with self._lock:
            if is_end:
                self._retired += [side for side in (self._draw.trial, self._draw.champion) if side is not None]
            used = set() if is_end else self._used()
            idle = [side for side in self._retired if used.isdisjoint(side.own)]
            self._retired = [side for side in self._retired if side not in idle]
        for side in idle:
            side.close()

    def _used(self) -> set[Inspector]:
        """The models of who decides and of parts in flight: also such that were opened for another side."""
        draw = self._draw
        sides = [draw.champion, *([draw.trial] if draw.trial is not None else []), *self._in_flight.values()]
        return {inspector for side in sides for inspector in side.inspectors.values()}

    def _set(self, draw: _Draw) -> None:
        kept = (draw.champion, draw.trial)
        old = (self._draw.champion, self._draw.trial)
        self._retired += [side for side in old if side is not None and side not in kept]
        self._draw = draw
