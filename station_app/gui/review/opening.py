"""Makes the review screen with its desk. GUI thread."""

from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.review.review_desk import ReviewDesk
from station_app.gui.review.review_screen import ReviewScreen


def open_review(tools: PageTools, look: Look) -> ReviewScreen:
    """The screen is its desk's parent, and keeps it."""
    screen = ReviewScreen(look, tools.guard)
    ReviewDesk(screen, tools)
    return screen
