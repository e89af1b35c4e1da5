"""Where a model is put on trial on the loaded recipe, and who is told when the station ends the trial by itself.

The desk outlives recipes; a trial ends with the recipe that is loaded, and is set again by whoever keeps the stages.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from station_app.core.errors import ConfigError
from station_app.core.recipe import Recipe
from station_app.engine.candidate import Candidate
from station_app.engine.trial_watch import WatchSetup

if TYPE_CHECKING:
    from station_app.engine.contest import Contest


class TrialListener(Protocol):
    """Told what becomes of a candidate, on a thread that may wait."""

    def on_rollback(self, package_sha256: str, camera_id: str, reason: str) -> None:
        """The line has taken the candidate, or the promoted champion, of this camera out of service: the champion of
        before decides already."""
        ...

    def on_canary_passed(self, package_sha256: str, reason: str) -> None:
        """The stop rule holds that the candidate is good: people may promote it."""
        ...


class _Nobody:
    def on_rollback(self, package_sha256: str, camera_id: str, reason: str) -> None:
        """Alarm and audit have told it."""

    def on_canary_passed(self, package_sha256: str, reason: str) -> None:
        """The audit has told it."""


class TrialDesk:
    """`listener` and `on_changed` (the station is to be described anew) are set once, before anything is loaded;
    `watch_setup` holds for the trials that begin after it was set."""

    def __init__(self) -> None:
        self.listener: TrialListener = _Nobody()
        self.on_changed: Callable[[], None] = lambda: None
        self.watch_setup = WatchSetup()
        self._contest: Contest | None = None
        self._lock = threading.Lock()

    @property
    def recipe(self) -> Recipe | None:
        """The recipe that decides most parts now; None where none is loaded."""
        contest = self._contest
        return None if contest is None else contest.main.recipe

    @property
    def candidate(self) -> Candidate | None:
        """The one on trial."""
        contest = self._contest
        return None if contest is None else contest.candidate

    def set_candidate(self, candidate: Candidate | None) -> None:
        """Run this one from the next part on, in place of another; takes as long as its model takes to load. None ends
        a trial: an active candidate stays, and any other goes. StationError where it cannot run: then nothing changes.
        """
        contest = self._contest
        if contest is not None:
            contest.set_candidate(candidate)
        elif candidate is not None:
            raise ConfigError("no recipe is loaded", remedy="choose a recipe first")

    def roll_back(self, package_sha256: str, reason: str) -> bool:
        """Take this package out of service now: the champion decides from the next part on, with no model to load.
        False where it is not on trial."""
        contest = self._contest
        return contest is not None and contest.roll_back(package_sha256, reason)

    def attach(self, contest: "Contest") -> None:
        """A recipe was loaded."""
        with self._lock:
            self._contest = contest

    def detach(self, contest: "Contest") -> None:
        """It is loaded no more."""
        with self._lock:
            if self._contest is contest:
                self._contest = None
