"""One tab of the history screen: it shows what the filter leaves, in its own way. GUI thread."""

from PySide6.QtCore import Signal

from station_app.core.history import HistoryFilter
from station_app.gui.page import Page


class HistoryTab(Page):
    """Base of the tabs. A tab reads while it is open (`set_open`), and only then; before it is opened it is told the
    filter that holds. `whole_page_asked` carries whether it wants the room of filter bar and tabs as well."""

    whole_page_asked = Signal(bool)

    def give_back_page(self) -> None:
        """Somebody looks for parts: leave whatever covers the filter bar, by `whole_page_asked`."""

    def show_filter(self, where: HistoryFilter) -> None:
        """Another filter holds from now on; it may also be the same one again."""
        raise NotImplementedError
