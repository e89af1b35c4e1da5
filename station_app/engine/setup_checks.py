"""Whether the line may run on the physical set-up that it finds: the fingerprint of each shift, and what follows.

What was found is not kept over a restart of the engine: the first start after it compares again.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace

from station_app.core.audit_view import Change
from station_app.core.errors import CameraError, ConfigError
from station_app.core.messages import Priority
from station_app.core.recipe import OnDifference, Recipe
from station_app.core.setup_gate import SetupGate
from station_app.core.setup_messages import FingerprintChecked
from station_app.core.shifts import ShiftClock
from station_app.engine.audit_trail import STATION
from station_app.engine.books import Books
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.feature_desk import SETTINGS_S, read_settings
from station_app.engine.loaded_recipe import SETUP, LoadedRecipe
from station_app.engine.references import REFERENCE

REMEDY = "set the camera up as it was; or accept the set-up with a reason, or save a new reference"


class SetupChecks:
    """Commands come under the engine's steering; `on_checked` from the onlooker's thread. `stop` ends the running of
    the line, with a sentence, and must not wait for that thread."""

    def __init__(self, books: Books, setup: EngineSetup, stop: Callable[[str], None]) -> None:
        self._books = books
        self._now = setup.local_now
        self._stop = stop
        self._lock = threading.Lock()
        self._clock = ShiftClock(setup.shifts)
        self._gates: dict[str, SetupGate] = {}
        self._told: set[tuple[str, str]] = set()
        self._failed: dict[tuple[str, str], FingerprintChecked] = {}

    def before_start(self, loaded: LoadedRecipe) -> None:
        """Begin the comparison where this shift has none yet. ConfigError where the line may not run."""
        with self._lock:
            self._clock = self._clock.at(self._now())
            gate = self._gate(loaded.recipe).entered(self._clock.begun or self._now())
            self._gates[loaded.recipe.name] = gate
        if gate.is_due:
            loaded.fingerprint.begin(self._comparable(loaded))
        if not self.may_run(loaded.recipe):
            raise ConfigError("the physical set-up differs from its reference", remedy=REMEDY)

    def may_run(self, recipe: Recipe) -> bool:
        with self._lock:
            return self._gate(recipe).is_open

    def on_checked(self, recipe: Recipe, checked: FingerprintChecked, is_last: bool) -> None:
        """One camera's comparison is done."""
        said = _sentence(checked)
        self._books.audit.note(STATION, "fingerprint_checked", _where(checked.camera_id), said or "as its reference")
        self._books.publish(checked)
        must_stop = not checked.is_within and _must_stop(recipe, checked.camera_id)
        with self._lock:
            self._failed.pop((recipe.name, checked.camera_id), None)
            if not checked.is_within:
                self._failed[recipe.name, checked.camera_id] = checked
        if checked.is_within:
            self._books.alarms.clear(_code(checked.camera_id))
        else:
            self._raise(checked, must_stop)
        if must_stop or is_last:
            self._judge(recipe, may_run=not must_stop)
        if must_stop:
            self._stop(f"the set-up of {_where(checked.camera_id)} differs from its reference: {said}")

    def failed(self, recipe: Recipe) -> tuple[FingerprintChecked, ...]:
        """What differs from its reference, and nobody has accepted it."""
        with self._lock:
            return tuple(checked for (name, _), checked in self._failed.items() if name == recipe.name)

    def recall(self, recipe: Recipe) -> None:
        """This recipe is loaded again: what was found in this shift still holds."""
        for checked in self.failed(recipe):
            self._raise(checked, _must_stop(recipe, checked.camera_id))

    def accept(self, loaded: LoadedRecipe, operator: str, reason: str) -> None:
        """Let the line run for this shift. ConfigError without a person, a reason, or anything to accept."""
        if not operator.strip():
            raise ConfigError("nobody is signed in", remedy="sign in with your badge or name first")
        if not reason.strip():
            raise ConfigError("no reason is given", remedy="say why the line may run like this")
        recipe, failed = loaded.recipe, self.failed(loaded.recipe)
        if not failed and self.may_run(recipe):
            raise ConfigError("nothing differs from its reference", remedy="start the line")
        with self._lock:
            self._gates[recipe.name] = self._gate(recipe).accepted()
        self._books.audit.note(operator, "setup_accepted", recipe.name, _accepted(failed, reason), Change(why=reason))
        for checked in failed:
            self._settle(recipe, replace(checked, is_within=True))

    def renew(self, recipe: Recipe, camera_id: str) -> None:
        """This camera has a new reference: the next start compares again."""
        with self._lock:
            self._gates[recipe.name] = self._gate(recipe).renewed()
            failed = self._failed.get((recipe.name, camera_id))
        if failed is not None:
            self._settle(recipe, FingerprintChecked(camera_id, True, (), failed.checked_at_ms))

    def _settle(self, recipe: Recipe, checked: FingerprintChecked) -> None:
        """What differed does not keep the line any more."""
        with self._lock:
            self._failed.pop((recipe.name, checked.camera_id), None)
        self._books.alarms.clear(_code(checked.camera_id))
        self._books.publish(checked)

    def _gate(self, recipe: Recipe) -> SetupGate:
        return self._gates.get(recipe.name, SetupGate())

    def _judge(self, recipe: Recipe, *, may_run: bool) -> None:
        with self._lock:
            self._gates[recipe.name] = self._gate(recipe).judged(may_run)

    def _comparable(self, loaded: LoadedRecipe) -> tuple[str, ...]:
        """The cameras that the recipe wants compared and that have a reference, their settings read."""
        found = []
        for setup in loaded.recipe.cameras:
            camera_id = setup.camera_id
            if setup.fingerprint is None:
                continue
            if loaded.references.is_damaged(camera_id):
                self._on_damaged(loaded.recipe, camera_id)
            elif loaded.references.of(camera_id) is None:
                self._tell_missing(loaded.recipe, camera_id)
            else:
                found.append(camera_id)
                with contextlib.suppress(CameraError):  # a lost camera has its own alarm, and its parts no result
                    settings = loaded.rig.looks(camera_id).ask(read_settings, SETTINGS_S)
                    loaded.references.note_settings(camera_id, settings)
        return tuple(found)

    def _on_damaged(self, recipe: Recipe, camera_id: str) -> None:
        """Its alarm stands since the recipe was loaded; what cannot be compared has not been proved to hold."""
        if _must_stop(recipe, camera_id):
            self._judge(recipe, may_run=False)

    def _tell_missing(self, recipe: Recipe, camera_id: str) -> None:
        if (recipe.name, camera_id) in self._told:
            return
        self._told.add((recipe.name, camera_id))
        self._books.alarms.raise_alarm(
            f"{REFERENCE} {camera_id}",
            "no reference was saved, so that nobody compares the set-up of this camera",
            where=_where(camera_id),
            remedy="save a reference at the set-up screen",
            priority=Priority.LOW,
        )

    def _raise(self, checked: FingerprintChecked, must_stop: bool) -> None:
        camera_id = checked.camera_id
        priority = Priority.HIGH if must_stop else Priority.MEDIUM
        what = f"the physical set-up differs from its reference: {_sentence(checked)}"
        self._books.alarms.raise_alarm(
            _code(camera_id), what, where=_where(camera_id), remedy=REMEDY, priority=priority
        )


def _must_stop(recipe: Recipe, camera_id: str) -> bool:
    limits = recipe.camera(camera_id).fingerprint
    return limits is not None and limits.on_difference is OnDifference.STOP


def _sentence(checked: FingerprintChecked) -> str:
    """Every measure that differs too much, with what it is and what it was; "" where none does."""
    outside = [difference for difference in checked.differences if not difference.is_within]
    return ", ".join(f"{d.measure} {d.now:.4g} instead of {d.reference:.4g} (±{d.limit:.3g})" for d in outside)


def _accepted(failed: tuple[FingerprintChecked, ...], reason: str) -> str:
    said = "; ".join(f"{_where(checked.camera_id)}: {_sentence(checked)}" for checked in failed)
    return f"{reason.strip()} [{said}]" if said else reason.strip()


def _code(camera_id: str) -> str:
    return f"{SETUP} {camera_id}"


def _where(camera_id: str) -> str:
    return f"camera {camera_id}"
