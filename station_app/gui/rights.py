"""Who may do what besides the operator's own work: the one place that knows, until signing in carries roles. Pure."""

from station_app.gui.screens import ScreenName


def may_open(screen: ScreenName, operator: str) -> bool:
    """Looking changes nothing, so everybody may, also with nobody signed in."""
    return True


def may_change_setup(operator: str) -> bool:
    """Whoever is known by name: every change is recorded with it."""
    return bool(operator)
