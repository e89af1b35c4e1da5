"""The answer that is being given, step by step: about which part, by whom, and what is still asked. No widgets."""

from dataclasses import dataclass, replace

from station_app.core.inspection import Box, Disposition
from station_app.gui.answers import Draft, Step
from station_app.gui.proving import FIRST_STEP, Proving, SignInStep
from station_app.gui.questions import Asking

_RECENT_OPERATORS = 5


@dataclass(slots=True)
class Answering:
    """At most one draft and one open question at a time; `operators` are those who signed in lately, newest first.

    No secret is ever held here.
    """

    draft: Draft | None = None
    asking: Asking | None = None
    operators: tuple[str, ...] = ()
    sign_in_step: SignInStep = FIRST_STEP

    @property
    def is_signing_in(self) -> bool:
        """Whether it is asked who somebody is, or for the proof."""
        return self.asking in (Asking.SIGN_IN, Asking.PROOF)

    def begin(self, part_id: int, disposition: Disposition, operator: str, viewed_ms: int) -> None:
        self.draft = Draft(part_id, disposition, operator, viewed_ms=viewed_ms)

    def go_on(self) -> Draft | None:
        """Open the next question; the draft where none is left, which ends it here."""
        draft = self.draft
        if draft is None:
            return None
        if draft.step is not Step.COMPLETE:
            self.asking = Asking(draft.step.value)
            return None
        self.draft, self.asking = None, None
        return draft

    def fill_in(self, value: str) -> None:
        """The tile that was chosen answers the open question: a reason or a label."""
        if self.draft is not None:
            field = "reason" if self.asking is Asking.REASON else "label"
            self.draft = replace(self.draft, **{field: value})  # type: ignore[arg-type]

    def sign_in(self, operator: str) -> None:
        """A name answers the question for it and completes a draft that waits for one."""
        self.operators = (operator, *(name for name in self.operators if name != operator))[:_RECENT_OPERATORS]
        if self.is_signing_in:
            self.asking, self.sign_in_step = None, FIRST_STEP
        if self.draft is not None:
            self.draft = replace(self.draft, operator=operator)

    def draw(self, camera_id: str, box: Box) -> None:
        """One more rectangle around a missed defect; an answer marks the frame of one camera."""
        draft = self.draft
        if draft is not None and (not draft.marks or draft.camera_id == camera_id):
            self.draft = replace(draft, marks=(*draft.marks, box), camera_id=camera_id)

    def erase(self, box: Box) -> None:
        """Take back a rectangle that was drawn."""
        if self.draft is not None:
            marks = tuple(mark for mark in self.draft.marks if mark != box)
            self.draft = replace(self.draft, marks=marks, camera_id=self.draft.camera_id if marks else "")

    def turn_page(self) -> None:
        """More names to choose from."""
        self.sign_in_step = replace(self.sign_in_step, page=self.sign_in_step.page + 1)

    def prove(self, proving: Proving | None) -> None:
        """Somebody was chosen: ask for the proof. None asks again who it is."""
        self.sign_in_step = replace(self.sign_in_step, proving=proving)
        self.asking = Asking.PROOF if proving is not None else Asking.SIGN_IN

    def drop(self) -> bool:
        """Forget draft and question; whether only a question without a draft was open."""
        was_plain_question = self.draft is None and self.asking is not None
        self.draft, self.asking, self.sign_in_step = None, None, FIRST_STEP
        return was_plain_question
