"""One tab of the history screen: it shows what the filter leaves, in its own way. GUI thread."""

from station_app.core.history import HistoryFilter
from station_app.gui.page import Page


class HistoryTab(Page):
    """Base of the tabs. A tab reads while it is open (`set_open`), and only then."""

    def show_filter(self, where: HistoryFilter) -> None:
        """Another filter holds from now on."""
        raise NotImplementedError
