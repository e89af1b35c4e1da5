"""The review screen in its place in the window, drawn without threads: for lint and pictures."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from station_app.core.inspection import Finding, Inspection, Override, Pixels, VerdictKind
from station_app.core.messages import Event
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe import Thresholds
from station_app.core.review import Answer, Queue, QueueCount, QueuedPart
from station_app.core.review_messages import ReviewRecorded
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.operator_screen import View
from station_app.gui.overlay import Overlay, OverlayKind
from station_app.gui.review import answering, review_state
from station_app.gui.review.facts import PartFacts
from station_app.gui.review.near_strip import NearPart
from station_app.gui.review.review_screen import ReviewScreen
from station_app.gui.review.review_state import ReviewState
from station_app.gui.scaling import shrink
from station_app.gui.screen_state import ScreenState
from station_app.gui.screens import ScreenName
from station_app.gui.snapshot import draw_screen, state_after
from station_app.gui.theme import ThemeName
from station_app.gui.touch_button import TapGuard
from station_app.gui.waiting import Waiting
from station_app.gui.workplace import Workplace
from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from tests.gui.fake_engine import NOW_MS, STATION, part

BIG, SMALL = ((1920, 1080), 4.03), ((1366, 768), 3.955)
LABELS = STATION.labels
QUALITY = SessionChanged("李娜", "李娜", Role.QUALITY, Role.QUALITY, has_people=True)
LEAD = SessionChanged("王芳", "王芳", Role.LEAD, Role.LEAD, has_people=True)
OPERATOR = SessionChanged("赵强", "赵强", Role.OPERATOR, Role.OPERATOR, has_people=True)
NO_ONE = SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=True)
KAPPA = Estimate(0.81, 46, 50, 0.62, 0.99, 0.95, Method.KAPPA_NORMAL)
NO_KAPPA = CannotSay(Lack.DECISIONS, 1)
THRESHOLDS = (("scratch", Thresholds(0.4, 0.7)), ("stain", Thresholds(0.35, 0.6)), ("dent", Thresholds(0.5, 0.8)))


def queued(number: int, queue: Queue = Queue.BLIND, seed: str = "") -> QueuedPart:
    return QueuedPart(number, NOW_MS - number * 60_000, queue, "A17-cover", ("top", "side"), seed)


def counted() -> tuple[QueueCount, ...]:
    waiting = (83, 12, 4, 37, 2, 0, 1)
    hour_ms = 3_600_000
    return tuple(
        QueueCount(queue, count, NOW_MS - (2 + 20 * count) * hour_ms // 3 if count else None)
        for queue, count in zip(Queue, waiting, strict=True)
    )


def waiting_in(queue: Queue, who: SessionChanged = QUALITY, count: int = 5, done: int = 0) -> ReviewState:
    """A queue with parts, the first one on the screen."""
    state = ReviewState(session=who, is_connected=True, queue=queue, counts=counted(), done=done)
    return review_state.with_parts(state, tuple(queued(100 + n, queue) for n in range(count)))


def recorded(state: ReviewState) -> ReviewState:
    """The answer is on its way, and then on disk."""
    here = state.part
    assert here is not None and answering.to_record(state, 2500) is not None
    part_id = 0 if here.seed else here.part_id
    event = ReviewRecorded(
        7, part_id, state.queue, state.draft.answer or Answer.GOOD, state.session.name, seed=here.seed
    )
    return review_state.review_after(review_state.sent(state), event)


def inspected(findings: tuple[Finding, ...], verdict: VerdictKind = VerdictKind.FAIL, part_id: int = 100) -> Inspection:
    scores = (("scratch", 0.97), ("stain", 0.55), ("dent", 0.08), ("chip", 0.02), ("missing_hole", 0.0))
    found = findings if verdict is not VerdictKind.PASS else ()
    return Inspection(
        part_id, NOW_MS, "A17-cover", 12, "ab" * 32, verdict, None, "2A17-0093413", findings=found, scores=scores
    )


def known(inspection: Inspection, override: Override | None = None) -> PartFacts:
    return PartFacts(inspection, override, (), THRESHOLDS)


@dataclass(slots=True)
class Drawn:
    """A window's content, and what it was drawn from."""

    workplace: Workplace
    screen: ReviewScreen

    def picture(
        self, pixels: Pixels | None, cameras: tuple[str, ...] = ("top",), missing: tuple[str, ...] = ()
    ) -> None:
        """The image on the canvas."""
        self.screen.header.show_cameras(cameras, cameras[0] if pixels is not None else "")
        self.screen.header.show_looked(missing)
        self.screen.canvas.show_picture(pixels, cameras[0])

    def near(self, good: Pixels, bad: Pixels, compared: int | None = None, *, are_nearest: bool = True) -> None:
        """What there is to compare with, and the good part beside the image where one is compared."""
        px = self.screen.near.height()
        parts = [NearPart(n, True, shrink(good, px)) for n in range(4)]
        parts += [NearPart(10 + n, False, shrink(bad, px)) for n in range(3)]
        self.screen.near.show_parts(tuple(parts), compared, are_nearest=are_nearest)
        self.screen.split.show_compared(is_good=None if compared is None else True)
        overlay = Overlay(good, OverlayKind.SPLIT, self.screen.split.share)
        self.screen.canvas.set_overlay(None if compared is None else overlay)

    def show(self, state: ReviewState, agreement: Estimate | CannotSay | None = NO_KAPPA, *events: Event) -> QImage:
        """Bring everything up to this state and give the picture of it."""
        station = state_after(STATION, [part(8), *events])
        drawing = state.draft.drawing
        self.screen.canvas.set_sketch(drawing)
        self.screen.show_state(state, LABELS, agreement, NOW_MS)
        self.workplace.show_line(station, Waiting())
        self.workplace.operator.show_view(station, View(station.newest))
        return self.workplace.grab().toImage()


def drawn(size: tuple[int, int], px_per_mm: float, theme: ThemeName = ThemeName.LIGHT) -> Drawn:
    """The review screen is open and knows nothing yet."""
    guard = TapGuard()
    look = Look(theme.theme, Millimetres(px_per_mm))
    operator = draw_screen(ScreenState(), None, size, theme)
    screen = ReviewScreen(look, guard, is_live=False)
    workplace = Workplace(operator, {ScreenName.REVIEW: screen}, px_per_mm, guard)
    workplace.resize(*size)
    workplace.set_theme(theme.theme)
    workplace.show_screen(ScreenName.REVIEW, is_rail_open=True)
    workplace.grab()  # sizes are given to what is drawn
    return Drawn(workplace, screen)
