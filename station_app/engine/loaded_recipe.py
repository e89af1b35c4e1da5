"""One recipe at work: its rig, and what becomes of each part that the rig concludes."""

import time
from collections.abc import Callable

from station_app.core.errors import CameraError
from station_app.core.inspection import NoResultReason
from station_app.core.recipe import Recipe
from station_app.core.serial import NO_SERIALS, SerialRules
from station_app.core.setup_messages import FingerprintChecked
from station_app.core.web_messages import LinesReported
from station_app.engine.books import Books
from station_app.engine.candidate_models import CandidateModels
from station_app.engine.contest import ALARM, Contest
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.fingerprint import Fingerprint
from station_app.engine.fittings import Makers
from station_app.engine.image_stage import ImageStage
from station_app.engine.inspect import Concluded, conclude
from station_app.engine.lines_report import report_lines
from station_app.engine.looks import CameraHooks
from station_app.engine.onlooker import Onlooker
from station_app.engine.part import NS_PER_MS, Part
from station_app.engine.placing import Placing
from station_app.engine.recorder import Recorder
from station_app.engine.references import REFERENCE, LoadedReferences
from station_app.engine.rig import Rig, RigHooks
from station_app.engine.roll import Rolls
from station_app.engine.showing import Showing
from station_app.engine.sides import Side
from station_app.engine.turns import Turn, Turns

CAMERA = "camera"
"""First word of the alarms about cameras; the second is the camera's id."""
SETUP = "setup"
"""The same of the alarms about a set-up that differs from its reference."""
OnFingerprint = Callable[[FingerprintChecked, bool], None]
"""(checked, whether it was the last camera)."""


class LoadedRecipe:
    """Running from the moment it is made until `close`."""

    def __init__(
        self, recipe: Recipe, makers: Makers, setup: EngineSetup, books: Books, on_fingerprint: OnFingerprint
    ) -> None:
        """Raises a StationError where the recipe cannot run here; nothing is left open then."""
        self._books = books
        self.turns = Turns()
        self.references = LoadedReferences(recipe, makers.references, books.alarms)
        self.fingerprint = Fingerprint(self.references, on_fingerprint)
        self.onlooker = Onlooker(
            self.references, self.fingerprint, Placing(books.ledger, self.references), books.publish, books.note_bug
        )
        cameras = CameraHooks(self._on_lost, self._on_seen, self.onlooker)
        hooks = RigHooks(self._on_concluded, books.note_bug, cameras)
        self.rig = Rig(recipe, makers, setup.max_in_flight, hooks, books.serials)
        self._contest = Contest(self.rig.sides, CandidateModels(self.rig.fittings, makers), books)
        self.recorder = Recorder(books, self.rig.admission, self.rig.images, self._contest.told)
        self._showing: Showing | None = None
        try:
            self._showing = Showing(setup.preview, self.rig.fittings.frame_bytes, len(recipe.cameras))
            self.onlooker.start()
            self.rig.start(ImageStage(self.rig.images, books.keeping, self.rig.admission))
        except BaseException:
            self.close()
            raise
        books.trials.attach(self._contest)

    @property
    def recipe(self) -> Recipe:
        return self.rig.recipe

    @property
    def main(self) -> Side:
        """Who decides most parts: this recipe, or one that was put in its place since it was loaded."""
        return self._contest.main

    @property
    def title(self) -> str:
        """The recipe in words."""
        return f"{self.recipe.name}, revision {self.recipe.revision}"

    @property
    def preview(self) -> str:
        """Where clients find the newest frame."""
        return str(self._showing.path) if self._showing else ""

    def admit(self, part_id: int, serial: str, turn: Turn) -> Part | None:
        """Begin a part: None where it is on its way, else the part that found the line busy. Never waits."""
        is_stretch = self.rig.web is not None
        recipe = self._contest.begin(part_id).recipe
        part = Part(part_id, recipe, recipe.sha256, serial, turn.at_ns, is_stretch, turn=turn)
        part.given_lot = self._books.lots.present.lot
        self._books.tally.triggered(part_id)
        if not self.rig.admission.admit():
            self.rig.disturb()
            self._contest.refused(part)
            return part
        self._contest.admitted()
        self.rig.submit(part)
        return None

    def refuse(self, part: Part) -> None:
        """A trigger that found the line busy is a part of its own, without a result. Waits for the database's queue."""
        concluded = conclude(part, time.monotonic_ns(), time.time_ns() // NS_PER_MS, NoResultReason.OVERRUN)
        self.recorder.record_unadmitted(concluded)

    @property
    def is_web(self) -> bool:
        """Whether its one camera looks at an endless web: there are stretches then and no parts."""
        return self.rig.web is not None

    @property
    def serial(self) -> SerialRules:
        """What is asked of serial numbers. A stretch of a web is named by its metres, and takes none."""
        return NO_SERIALS if self.is_web else self.recipe.serial

    def lines(self) -> tuple[LinesReported, ...]:
        """Where the webs of its line-scan cameras stand."""
        roll = self.rig.web.roll if self.rig.web is not None else None
        scans = self.rig.fittings.scans
        return tuple(report_lines(camera_id, scan, roll) for camera_id, scan in scans.items())

    def take_lines(self) -> None:
        """The line runs: an endless web is taken from now on."""
        if self.rig.web is not None:
            self.rig.web.take_lines()

    def end_run(self, *, is_cutting: bool) -> None:
        """Let all that was taken of an endless web be told: at once, or after the stretch under way."""
        if self.rig.web is not None:
            self.rig.web.end_run(is_cutting=is_cutting)

    def close(self) -> None:
        """End every thread and let go of cameras, models and the preview."""
        Rolls(self._books).close(self.rig.web)
        self._books.trials.detach(self._contest)
        self._contest.close()
        self.onlooker.stop()
        self.rig.stop()
        self._contest.let_go()
        if self._showing is not None:
            self._showing.close()
        for family in (CAMERA, REFERENCE, SETUP, ALARM):
            self._books.alarms.clear_family(family)

    def _on_concluded(self, concluded: Concluded) -> None:
        sequence = 0
        try:
            sequence = self._showing.show(concluded) if self._showing is not None else 0
        finally:
            self.recorder.record(concluded, sequence)  # a bug above costs a picture, and never a record

    def _on_lost(self, camera_id: str, error: CameraError) -> None:
        self._books.alarms.raise_error(f"{CAMERA} {camera_id}", error)

    def _on_seen(self, camera_id: str) -> None:
        self._books.alarms.clear(f"{CAMERA} {camera_id}")
