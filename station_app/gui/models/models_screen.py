"""The models' screen: packages, shadow and sync, and one way in, `show_state`. It decides nothing. GUI thread.

Sync stands here and not under Set up: what leaves the station and what comes back is one loop, looked after by the
same people, and Set up is closed to quality.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look, Looking
from station_app.gui.models.models_state import ModelsState, Place
from station_app.gui.models.packages_page import PackagesPage
from station_app.gui.models.promotion_page import PromotionPage
from station_app.gui.models.shadow_page import ShadowPage
from station_app.gui.models.trial_bar import TrialBar
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.reading import Reader
from station_app.gui.screen_state import ScreenState
from station_app.gui.sync.sync_page import SyncPage
from station_app.gui.touch_button import TapGuard, TouchButton

_TAB_MM, _TAB_WIDTH_MM, _GAP_MM = 12.0, 34.0, 2.0


class ModelsScreen(Page):
    """`place_asked` carries a page, `opened` whether the screen was opened or left."""

    place_asked = Signal(object)
    opened = Signal(bool)

    def __init__(self, look: Look, guard: TapGuard, pictures: Reader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._known = (ModelsState(), ScreenState())
        self.packages, self.shadow = PackagesPage(look, guard, self), ShadowPage(look, guard, pictures, self)
        self.sync, self.promotion = SyncPage(look, guard, self), PromotionPage(look, guard, self)
        self.pages: dict[Place, Page] = {
            Place.PACKAGES: self.packages,
            Place.SHADOW: self.shadow,
            Place.SYNC: self.sync,
        }
        self.tabs = {place: TouchButton(look, guard, self) for place in Place}
        for place, button in self.tabs.items():
            button.setObjectName(place)
            button.set_letters(3.0)
            button.tapped.connect(self._on_tab)
        self.trial = TrialBar(look, guard, self)
        self.promotion.left.connect(self._on_left)
        self.set_look(look)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        pieces: tuple[Looking, ...] = (*self.pages.values(), self.promotion, self.trial, *self.tabs.values())
        for piece in pieces:
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        names = {
            Place.PACKAGES: self.tr("Packages"),
            Place.SHADOW: self.tr("Shadow"),
            Place.SYNC: self.tr("Sync"),
        }
        for place, button in self.tabs.items():
            button.set_caption(names[place])
        for page in (*self.pages.values(), self.promotion):
            page.retranslate()
        self.show_state(*self._known)

    def set_open(self, *, is_open: bool) -> None:
        if not is_open:
            self.promotion.close_page()
        self.opened.emit(is_open)

    def show_state(self, state: ModelsState, station: ScreenState) -> None:
        """Bring every piece up to what is known."""
        self._known = (state, station)
        self.trial.show_state(state)
        self.packages.show_state(state)
        self.shadow.show_state(state)
        self.sync.show_state(station)
        self.promotion.show_state(state)
        for place, button in self.tabs.items():
            button.set_on(is_on=place is state.place)
        self._show_page()

    def promote(self) -> None:
        """Ask for a signature for the chosen package."""
        state = self._known[0]
        if state.model is not None:
            self.promotion.open_for(state.model, state)
            self._show_page()

    def _show_page(self) -> None:
        is_promoting = not self.promotion.isHidden()
        for place, page in self.pages.items():
            page.setVisible(place is self._known[0].place and not is_promoting)

    @Slot()
    def _on_tab(self) -> None:
        self.promotion.close_page()
        self.place_asked.emit(Place(self.sender().objectName()))

    @Slot()
    def _on_left(self) -> None:
        self.promotion.hide()
        self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.shadow.enlarged.isVisible():
            self.shadow.enlarged.close_part()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        height, each = px(_TAB_MM), px(_TAB_WIDTH_MM)
        for number, button in enumerate(self.tabs.values()):
            button.setGeometry(number * (each + gap), 0, each, height)
        left = len(self.tabs) * (each + gap) + gap
        self.trial.setGeometry(left, 0, max(1, self.width() - left), height)
        top = height + gap
        for page in (*self.pages.values(), self.promotion):
            page.setGeometry(0, top, self.width(), max(1, self.height() - top))
