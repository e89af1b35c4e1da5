"""The set-up screen: its pieces, where they stand, and one way in, `show_state`. It decides nothing. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import TakeTestShot
from station_app.gui.actions import Deed
from station_app.gui.link import PreviewImage
from station_app.gui.look import Look
from station_app.gui.millimetres import Spot
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.pane import Pane
from station_app.gui.scaling import Scaler
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.camera_list import CameraList
from station_app.gui.setup.cameras import camera_statuses
from station_app.gui.setup.extra_pane import ExtraPane, ExtraPanes, no_extra_panes
from station_app.gui.setup.feature_page import FeaturePage
from station_app.gui.setup.live_view import LiveView
from station_app.gui.setup.locks import why_locked
from station_app.gui.setup.panel_tabs import PanelTabs
from station_app.gui.setup.picture_page import PicturePage
from station_app.gui.setup.places import place_setup
from station_app.gui.setup.reference_page import ReferencePage
from station_app.gui.setup.reference_reader import ReferencePicture
from station_app.gui.setup.setting_texts import refusal_text
from station_app.gui.setup.settings_page import SettingsPage
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton


class SetupScreen(Page):
    """For an engineer, with mouse or gloves. `shoot_asked` comes from the test shot's button."""

    shoot_asked = Signal()

    def __init__(
        self,
        look: Look,
        guard: TapGuard,
        parent: QWidget | None = None,
        *,
        is_live: bool = True,
        extra_panes: ExtraPanes = no_extra_panes,
    ) -> None:
        super().__init__(look, parent)
        self._scaler = Scaler() if is_live else None
        self.cameras, self.live = CameraList(look, guard, self), LiveView(look, guard, self, self._scaler)
        self.shoot, self.shoot_note = TouchButton(look, guard, self), WhyPane(look, self)
        self.shoot.set_letters(3.8)
        self.shoot.tapped.connect(self.shoot_asked)
        self.tabs = PanelTabs(look, guard, self)
        self.tabs.chosen.connect(self.open_page)
        self.picture, self.settings = PicturePage(look, self), SettingsPage(look, guard, self)
        self.features, self.reference = FeaturePage(look, guard, self), ReferencePage(look, guard, self)
        self.extras = tuple(extra_panes(look, guard, self))
        self._open = 0
        self._state = (ScreenState(), SetupState())
        self.retranslate()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the panel now; those of cameras of lines only for such a camera."""
        setup = self._state[1]
        extras = self.extras if setup.is_line_scan(setup.chosen) else ()
        return (self.picture, self.settings, self.features, self.reference, *extras)

    def stop(self) -> None:
        """Ends the worker."""
        if self._scaler is not None:
            self._scaler.stop()
        for extra in self.extras:
            extra.stop()

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        return self.live.deeds()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.shoot.set_look(look)
        self.tabs.set_look(look)
        self.live.set_look(look)
        for piece in self._pieces():
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.shoot.set_caption(self.tr("Test shot"))
        self.live.retranslate()
        for piece in self._pieces():
            piece.retranslate()
        self.show_state(*self._state)

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        """Bring every piece up to what is known. Pieces compare for themselves what has changed."""
        self._state = (station, setup)
        self.cameras.show_cameras(camera_statuses(station, setup), setup.chosen)
        self.live.show_state(station, setup)
        self.picture.show_state(station, setup)
        self.settings.show_state(station, setup)
        self.features.show_state(station, setup)
        self.reference.show_state(station, setup)
        for extra in self.extras:
            extra.show_state(station, setup)
        self._show_shoot(station, setup)
        self._show_tabs()

    def show_picture(self, picture: PreviewImage) -> None:
        """A new picture of the watched camera."""
        self.live.show_picture(picture)
        for extra in self.extras:
            extra.show_picture(picture)

    def show_reference(self, reference: ReferencePicture | None) -> None:
        """The picture of the chosen camera's reference, None where there is none."""
        self.live.set_reference(reference.pixels if reference is not None else None)
        self.picture.set_reference_levels(reference.levels if reference is not None else ())
        self.reference.set_picture(reference.small if reference is not None else None)

    @Slot(int)
    def open_page(self, number: int) -> None:
        """Open a page of the panel."""
        self._open = number
        self._show_tabs()

    def _pieces(self) -> tuple[Pane | Page, ...]:
        return (self.cameras, self.shoot_note, *self._all_pages())

    def _all_pages(self) -> tuple[Page, ...]:
        return (self.picture, self.settings, self.features, self.reference, *self.extras)

    def _show_shoot(self, station: ScreenState, setup: SetupState) -> None:
        locked, refusal = why_locked(station, setup), setup.refusals.get(TakeTestShot.__name__)
        self.shoot.setEnabled(not locked and not setup.is_shooting)
        if refusal is not None:
            self.shoot_note.say(refusal_text(refusal), is_warning=True)
        else:
            self.shoot_note.say(locked or self.tr("Judged and shown, never recorded or told to the line"))

    def _show_tabs(self) -> None:
        pages = self.pages
        self._open = min(self._open, len(pages) - 1)
        own = [self.tr("Picture"), self.tr("Settings"), self.tr("Features"), self.tr("Reference")]
        self.tabs.show_tabs([*own, *(extra.caption() for extra in self.extras[: len(pages) - len(own)])], self._open)
        for page in self._all_pages():
            page.setVisible(page is pages[self._open])
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        places = place_setup(self.width(), self.height(), self._look.mm, self.tabs.rows)
        live, opened = self.live, self.pages[self._open]
        is_wide = _is_wide(opened)
        middle = (
            (live.header, places.header),
            (live.tools, places.tools),
            (live.canvas, places.canvas),
            (live.overlays, places.overlays),
        )
        for piece, spot in (
            (self.cameras, places.cameras),
            (self.shoot, places.shoot),
            (self.shoot_note, places.shoot_note),
            (self.tabs, places.tabs),
            *middle,
        ):
            piece.setGeometry(_rect(spot))
        for piece, _ in middle:
            piece.setVisible(not is_wide)
        for page in self._all_pages():
            page.setGeometry(_rect(places.middle if _is_wide(page) else places.panel))


def _is_wide(page: Page) -> bool:
    return isinstance(page, ExtraPane) and page.is_wide


def _rect(spot: Spot) -> QRect:
    return QRect(spot.x, spot.y, spot.width, spot.height)
