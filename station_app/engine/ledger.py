"""What the engine asks of the store. A Protocol, so that the stages can be proved on a ledger that fails at will."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.inspection import Disposition, Inspection, Override, Pixels
from station_app.core.recipe import Recipe
from station_app.core.reference import PartPlaced
from station_app.core.review import Review
from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.core.study import ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.core.trial_record import TrialAsked, TrialRecord


class ShadowLedger(Protocol):
    """Records of models on trial; its futures are those of a `Ledger`."""

    def note(self, result: ShadowResult) -> "Future[None]":
        """Append what a model in shadow said of a recorded part."""
        ...

    def note_dropped(self, pair: ShadowPair, parts: int) -> "Future[None]":
        """Count parts for which the model in shadow had no time."""
        ...

    def trial_record(self, asked: TrialAsked) -> TrialRecord:
        """What the records say of a model on trial; waits. StorageError where nobody can tell."""
        ...


class Ledger(Protocol):
    """Records of the line. A future completes when its record is safely on disk, or with StorageError when it is not.

    `keep_image` and `keep_thumbnail` block; they belong to the record thread.
    """

    @property
    def shadow(self) -> ShadowLedger:
        """The records of models on trial."""
        ...

    def next_part_id(self) -> int:
        """The first part id that was never given to any trigger."""
        ...

    def issue(self, part_id: int) -> None:
        """Note durably that ids up to this one may have been given to parts, before the first of them is."""
        ...

    def has_result(self, serial: str) -> bool:
        """Whether a part of this serial number was inspected with a result. StorageError where nobody can tell."""
        ...

    def register(self, recipe: Recipe) -> "Future[None]":
        """Keep the whole recipe under its hash."""
        ...

    def record(self, inspection: Inspection) -> "Future[None]":
        """Append an inspection; its recipe and all it consists of in the same transaction."""
        ...

    def place(self, placed: Sequence[PartPlaced]) -> "Future[tuple[PartPlaced, ...]]":
        """Append where recorded parts lay in the picture; gives those whose part is not on record yet."""
        ...

    def lot(self) -> str:
        """The lot that was set last, "" where none is. StorageError where nobody can tell."""
        ...

    def change_lot(self, lot: str, operator: str) -> "Future[None]":
        """Record who set which lot, "" for none."""
        ...

    def override(
        self, override: Override, undo_within_ms: int | None = None
    ) -> "Future[tuple[int, Disposition | None]]":
        """Append a decision; gives its id and the disposition that stands for the part now. An undo of a decision that
        is older than `undo_within_ms` is refused."""
        ...

    def review(self, review: Review) -> "Future[tuple[int, bool]]":
        """Append a review; gives its number, and whether people differ about the part now."""
        ...

    def undo_review(self, review_id: int, reviewer: str) -> "Future[int]":
        """Append that the reviewer takes their review back; gives its part id."""
        ...

    def mark_suspect(self, part_id: int, reason: str, person: str) -> "Future[None]":
        """Put a recorded part into the queue of suspects."""
        ...

    def freeze_limits(self, limits: FrozenLimits) -> "Future[None]":
        """Append from which period a chart's limits are taken from now on."""
        ...

    def note_marker(self, note: MarkerNote) -> "Future[None]":
        """Append what somebody says about a point of a chart."""
        ...

    def drift_signs(self, recipe: str) -> tuple[str, ...]:
        """What has drifted from the recipe's frozen reference by now, in the names of `core.drift`; waits. Empty where
        nothing has, or no reference is frozen. StorageError where nobody can tell."""
        ...

    def start_study(self, draft: StudyDraft) -> "Future[StudyCount]":
        """Plan an agreement study in random order, blind, and append it."""
        ...

    def answer_showing(self, answer: ShowingAnswer) -> "Future[StudyCount]":
        """Append an answer; refused unless it is to the person's next showing."""
        ...

    def close_study(self, closing: StudyClosing) -> "Future[StudyCount]":
        """Append that a study takes no more answers."""
        ...

    def audit(
        self, actor: str, action: str, subject: str, details: str = "", change: Change = NO_CHANGE
    ) -> "Future[None]":
        """Append to the audit chain."""
        ...

    def sign_head(self) -> None:
        """Check what is new of the audit chain and sign its end; waits. StorageError where the chain is broken, or
        cannot be read or signed."""
        ...

    def keep_image(self, inspection: Inspection, camera_id: str, pixels: Pixels) -> None:
        """Store an image for good. StorageError where the disk takes none."""
        ...

    def keep_thumbnail(self, part_id: int, pixels: Pixels) -> None:
        """Store the small picture of a part."""
        ...

    def wants_images(self, inspection: Inspection) -> bool:
        """Whether the part's images are stored whatever its recipe says, because people will review it."""
        ...

    def has_room(self, inspection: Inspection, size: int) -> bool:
        """Whether the disk and the quota take `size` more bytes of images; sheds what may be shed first."""
        ...
