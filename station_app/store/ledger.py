"""The line's records in one place: what the engine writes, on the database, the image folder and the thumbnails.

Any thread may call; `keep_image`, `keep_thumbnail` and `has_room` block until the disk has answered. A decision of a
person is answered on a thread of its own, so that who hears of it may go on to store images.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition, Inspection, Override, Pixels, VerdictKind
from station_app.core.outgoing import USUAL_CUTTING, Cutting, Sender
from station_app.core.recipe import Recipe
from station_app.core.recipe_deeds import RevisionDeed
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_states import Revision
from station_app.core.reference import PartPlaced
from station_app.core.review import Review
from station_app.core.study import ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.quality.review_plan import ReviewPlan
from station_app.store import audit, image_rows, retention
from station_app.store.audit_heads import sign_head
from station_app.store.ballast import Ballast
from station_app.store.commit import Write
from station_app.store.connection import SQLITE_FAILURES, limit_reading, open_reader, open_writer, storage_error
from station_app.store.database import Database
from station_app.store.drift_signs import drift_signs
from station_app.store.file_system import refuse_network_folder
from station_app.store.image_files import ImageFiles, StoredImage, encode_image
from station_app.store.inspections import has_result, record_inspection, register_recipe
from station_app.store.issued import IssuedMark, refuse_lost_database
from station_app.store.ledger_writes import (
    begin_plan,
    recover,
    sum_up,
    write_image,
    write_limits,
    write_note,
    write_override,
)
from station_app.store.lock import FolderLock
from station_app.store.lots import change_lot, present_lot
from station_app.store.model_records import ModelRecords
from station_app.store.outbox import Outbox, OutboxPlaces
from station_app.store.placements import record_placements
from station_app.store.retention import Limits
from station_app.store.review_writing import mark_suspect, record_review, undo_review
from station_app.store.revising import revise
from station_app.store.revisions import managed_recipes, recipe_history
from station_app.store.roster import StationRoster
from station_app.store.sampling import Sampling
from station_app.store.sampling_secret import open_secret
from station_app.store.shadow_book import ShadowBook
from station_app.store.study_writing import answer_showing, close_study, planned_rows, start_study
from station_app.store.thumbnails import Thumbnails

T = TypeVar("T")

DATABASE = "station.db"
IMAGES = "images"
THUMBNAILS = "thumbnails.db"
ISSUED = "issued.mark"
BALLAST = "ballast"


class StationLedger:
    """The open records of one data folder; StorageError where they cannot be opened."""

    def __init__(
        self,
        folder: Path,
        limits: Limits,
        opener: Callable[[Path], sqlite3.Connection] = open_writer,
        plan: ReviewPlan | None = None,
    ) -> None:
        """Without a `plan` no part is drawn for a blind review."""
        self._folder = folder
        self._limits = limits
        self._plan = plan
        self._storing = threading.Lock()
        with ExitStack() as opened:
            self._open(folder, opener, opened)
            self._opened = opened.pop_all()

    def _open(self, folder: Path, opener: Callable[[Path], sqlite3.Connection], opened: ExitStack) -> None:
        refuse_network_folder(folder)
        opened.callback(FolderLock(folder).release)
        self._ballast = Ballast(folder / BALLAST, self._limits.ballast_bytes)
        self._issued = IssuedMark(folder / ISSUED)
        opened.callback(self._issued.close)
        issued = self._issued.read()
        refuse_lost_database(folder / DATABASE, issued)
        self._database = Database(folder / DATABASE, opener, self._ballast.release)
        opened.callback(self._database.close)
        self.roster = StationRoster(folder, self._database)
        self.models = ModelRecords(self._database)
        self.shadow = ShadowBook(self._database, self._read)
        self._images = ImageFiles(folder / IMAGES)
        self._images.make_folder()
        self._thumbnails = Thumbnails(folder / THUMBNAILS)
        opened.callback(self._thumbnails.close)
        self._decisions = ThreadPoolExecutor(1, "decisions")
        opened.callback(self._decisions.shutdown)
        self.crashed = self._database.submit(partial(recover, issued=issued)).result()
        self._image_bytes, last = self._database.submit(sum_up).result()
        self._next = max(last, issued) + 1
        self._sampling = None if self._plan is None else self._begin_sampling(folder, self._plan)
        self._ballast.set_aside(self.free_bytes())

    def _begin_sampling(self, folder: Path, plan: ReviewPlan) -> Sampling:
        secret = open_secret(folder)
        begin = partial(begin_plan, secret=secret, plan=plan, first_part=self._next)
        return Sampling(secret, plan, self._database.submit(begin).result())

    def next_part_id(self) -> int:
        return self._next

    def issue(self, part_id: int) -> None:
        self._issued.write(part_id)

    def has_result(self, serial: str) -> bool:
        return self._read(partial(has_result, serial=serial))

    def register(self, recipe: Recipe) -> "Future[None]":
        if self._sampling is not None:
            self._sampling.learn(recipe)
        return self._database.submit(partial(register_recipe, recipe=recipe))

    def record(self, inspection: Inspection) -> "Future[None]":
        return self._database.submit(partial(record_inspection, inspection=inspection, sampling=self._sampling))

    def place(self, placed: Sequence[PartPlaced]) -> "Future[tuple[PartPlaced, ...]]":
        return self._database.submit(partial(record_placements, placed=placed))

    def lot(self) -> str:
        return self._read(present_lot)

    def change_lot(self, lot: str, operator: str) -> "Future[None]":
        return self._database.submit(partial(change_lot, lot=lot, operator=operator))

    def override(
        self, override: Override, undo_within_ms: int | None = None
    ) -> "Future[tuple[int, Disposition | None]]":
        write = partial(write_override, override=override, undo_within_ms=undo_within_ms)
        return self._decisions.submit(self._write, write)

    def review(self, review: Review) -> "Future[tuple[int, bool]]":
        return self._decisions.submit(self._write, partial(record_review, review=review))

    def undo_review(self, review_id: int, reviewer: str) -> "Future[int]":
        return self._decisions.submit(self._write, partial(undo_review, review_id=review_id, reviewer=reviewer))

    def mark_suspect(self, part_id: int, reason: str, person: str) -> "Future[None]":
        write = partial(mark_suspect, part_id=part_id, reason=reason, person=person)
        return self._decisions.submit(self._write, write)

    def freeze_limits(self, limits: FrozenLimits) -> "Future[None]":
        return self._database.submit(partial(write_limits, limits=limits))

    def note_marker(self, note: MarkerNote) -> "Future[None]":
        return self._database.submit(partial(write_note, note=note))

    def drift_signs(self, recipe: str) -> tuple[str, ...]:
        return self._read(partial(drift_signs, recipe=recipe, now_ms=time.time_ns() // 1_000_000))

    def start_study(self, draft: StudyDraft) -> "Future[StudyCount]":
        return self._decisions.submit(self._start_study, draft)

    def answer_showing(self, answer: ShowingAnswer) -> "Future[StudyCount]":
        return self._decisions.submit(self._write, partial(answer_showing, answer=answer))

    def close_study(self, closing: StudyClosing) -> "Future[StudyCount]":
        return self._decisions.submit(self._write, partial(close_study, closing=closing))

    def audit(
        self, actor: str, action: str, subject: str, details: str = "", change: Change = NO_CHANGE
    ) -> "Future[None]":
        return self._database.submit(
            partial(audit.append, actor=actor, action=action, subject=subject, details=details, change=change)
        )

    def revise(self, deed: RevisionDeed, change: Change) -> "Future[tuple[Revision, ...]]":
        return self._database.submit(partial(revise, deed=deed, change=change))

    def recipe_history(self, recipe: str) -> RecipeHistory:
        return self._read(partial(recipe_history, recipe=recipe))

    def managed_recipes(self) -> tuple[str, ...]:
        return self._read(managed_recipes)

    def sign_head(self) -> None:
        sign_head(self._folder, self._database)

    def keep_image(self, inspection: Inspection, camera_id: str, pixels: Pixels) -> None:
        image = encode_image(pixels)
        # One at a time: a file that is being stored again must not be shed between its writing and its row.
        with self._storing:
            stored = self._images.store(image)
            write = partial(write_image, inspection=inspection, camera_id=camera_id, stored=stored)
            try:
                self._image_bytes += self._database.submit(write).result()
            except StorageError:
                self._take_back(stored)
                raise

    def keep_thumbnail(self, part_id: int, pixels: Pixels) -> None:
        """Store the small picture, but for the last room of the disk, which is for records."""
        if not retention.is_tight(retention.measure_space(self._images.folder, 0)):
            self._thumbnails.keep(part_id, pixels)

    def has_room(self, inspection: Inspection, size: int) -> bool:
        """Whether images of this size may be stored. For evidence plain passes go until it fits; for another plain
        pass a few of the oldest do, and no more."""
        is_evidence = inspection.verdict is not VerdictKind.PASS or self._is_drawn(inspection)
        with self._storing:
            while not self._fits(size):
                if not self._shed() or not is_evidence:
                    return self._fits(size)
            return True

    def wants_images(self, inspection: Inspection) -> bool:
        """Whether people will look at the part: it was drawn for a blind review, or lies near a threshold."""
        return self._sampling is not None and (self._is_drawn(inspection) or self._sampling.is_near(inspection))

    def open_outbox(self, sender: Sender, cutting: Cutting = USUAL_CUTTING) -> Outbox:
        """What waits to leave the station, for one thread. Blocks while the disk answers."""
        places = OutboxPlaces(self._folder, self._images.folder, self._next)
        return Outbox(places, self._database, sender, cutting)

    def free_bytes(self) -> int:
        """Free bytes on the disk of the images, 0 where it does not answer."""
        try:
            return retention.measure_space(self._images.folder, 0).free
        except StorageError:
            return 0

    def close(self) -> None:
        """Commit all that waits and let go of the data folder."""
        self._opened.close()

    def _start_study(self, draft: StudyDraft) -> StudyCount:
        rows = planned_rows(open_secret(self._folder), draft)
        return self._write(partial(start_study, draft=draft, rows=rows))

    def _write(self, write: Write[T]) -> T:
        return self._database.submit(write).result()

    def _is_drawn(self, inspection: Inspection) -> bool:
        return self._sampling is not None and self._sampling.is_drawn(inspection)

    def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """What the query says. StorageError where the database does not answer soon."""
        try:
            with closing(open_reader(self._database.path)) as reader:
                limit_reading(reader)
                return query(reader)
        except SQLITE_FAILURES as error:
            raise storage_error(error, self._database.path) from error

    def _fits(self, size: int) -> bool:
        space = retention.measure_space(self._images.folder, self._image_bytes)
        if retention.is_tight(space):
            self._ballast.release()
        return retention.has_room(space, self._limits, size)

    def _shed(self) -> bool:
        """Let the oldest images of plain passes go: first the rows say so, then the files are removed. False where
        there was none."""
        with closing(open_reader(self._database.path)) as reader:
            chosen = image_rows.choose_to_shed(reader)
        failed: StorageError | None = None
        for image in self._database.submit(partial(image_rows.mark_shed, chosen=chosen)).result():
            try:
                self._images.remove(image.path)
                self._image_bytes -= image.size
            except StorageError as error:
                failed = error
        if failed is not None:
            raise failed
        return bool(chosen)

    def _take_back(self, stored: StoredImage) -> None:
        """Remove a file that no row names: nothing would ever count it, show it or let it go."""
        if stored.is_new:
            with suppress(StorageError):
                self._images.remove(stored.path)
