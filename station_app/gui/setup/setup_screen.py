"""The set-up screen: its pieces and where they stand. GUI thread."""

from station_app.gui.page import Page


class SetupScreen(Page):
    """For an engineer, with mouse or gloves."""
