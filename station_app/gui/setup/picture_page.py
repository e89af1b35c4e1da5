"""What is measured in the live picture: grey levels, focus, brightness, differences to the reference. GUI thread."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.difference_table import DifferenceTable
from station_app.gui.setup.gauge_pane import GaugePane
from station_app.gui.setup.histogram_pane import HistogramPane
from station_app.gui.setup.setup_state import SetupState

_HISTOGRAM_MM, _GAUGE_MM, _GAP_MM = (40.0, 62.0), 13.0, 1.5
_HISTOGRAM_SHARE = 0.3
_BRIGHTEST = 255.0


class PicturePage(Page):
    """Histogram, two gauges, table."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.histogram = HistogramPane(look, self)
        self.gauges = (GaugePane("focus", look, self), GaugePane("brightness", look, self))
        self.table = DifferenceTable(look, self)
        self._reference_levels: tuple[float, ...] = ()
        self._state = (ScreenState(), SetupState())

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for pane in (self.histogram, *self.gauges, self.table):
            pane.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for pane in (self.histogram, *self.gauges, self.table):
            pane.retranslate()
        self.show_state(*self._state)

    def set_reference_levels(self, levels: tuple[float, ...]) -> None:
        """The histogram of the reference's picture, empty where there is none."""
        self._reference_levels = levels
        self.show_state(*self._state)

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        self._state = (station, setup)
        measured = setup.measured.get(setup.chosen) if setup.watched == setup.chosen else None
        differences = measured.differences if measured is not None else ()
        by_measure = {found.measure: found for found in differences}
        quality = measured.quality if measured is not None else None
        histogram = measured.histogram if measured is not None else ()
        self.histogram.show_levels(histogram, quality, self._reference_levels)
        focus, brightness = self.gauges
        focus.show_measure(quality.focus if quality is not None else None, by_measure.get("focus"))
        mean = quality.mean if quality is not None else None
        brightness.show_measure(mean, by_measure.get("brightness"), _BRIGHTEST)
        self.table.show_differences(differences, self._nothing(), setup.mm_per_pixel(setup.chosen))

    def _nothing(self) -> str:
        """Why nothing is compared."""
        _, setup = self._state
        if setup.watched != setup.chosen or setup.chosen not in setup.measured:
            return self.tr("Nothing measured yet")
        return self.tr("No reference yet: when the picture is as it should be, save it as reference")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        least, most = (px(mm) for mm in _HISTOGRAM_MM)
        gap, y = px(_GAP_MM), min(max(least, round(self.height() * _HISTOGRAM_SHARE)), most)
        self.histogram.setGeometry(0, 0, self.width(), y)
        for gauge in self.gauges:
            gauge.setGeometry(0, y + gap, self.width(), px(_GAUGE_MM))
            y += gap + px(_GAUGE_MM)
        self.table.setGeometry(0, y + gap, self.width(), max(1, self.height() - y - gap))
