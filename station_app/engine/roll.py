"""Rolls of an endless web: which one runs, and what a person may ask about it."""

from station_app.core.errors import ConfigError
from station_app.core.web_messages import StartRoll, StopRoll, WebCommand
from station_app.engine.books import Books
from station_app.engine.web_acquire import WebAcquireStage

_MOST_LETTERS = 100


class Rolls:
    """Carries out what is asked about rolls, on whichever web is loaded. Any thread."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def obey(self, command: WebCommand, web: WebAcquireStage | None) -> None:
        """Audited. ConfigError where it cannot be done, and why."""
        if web is None:
            remedy = "load a recipe whose camera has part=web"
            raise ConfigError("no camera looks at an endless web", remedy=remedy)
        match command:
            case StartRoll(roll, operator):
                self._start(web, roll.strip(), operator)
            case StopRoll(operator):
                self._stop(web, operator)

    def close(self, web: WebAcquireStage | None) -> None:
        """The recipe goes, and with it the roll that runs."""
        if web is not None and web.wanted_roll:
            self._books.audit.note("", "roll_stopped", web.wanted_roll)

    def _start(self, web: WebAcquireStage, name: str, operator: str) -> None:
        if not name or not name.isprintable() or len(name) > _MOST_LETTERS:
            raise ConfigError("the roll has no usable name", remedy=f"give a name of at most {_MOST_LETTERS} letters")
        if web.wanted_roll:
            self._books.audit.note(operator, "roll_stopped", web.wanted_roll)
        web.change_roll(name)
        self._books.audit.note(operator, "roll_started", name)

    def _stop(self, web: WebAcquireStage, operator: str) -> None:
        if not web.wanted_roll:
            raise ConfigError("no roll runs", remedy="start a roll first")
        self._books.audit.note(operator, "roll_stopped", web.wanted_roll)
        web.change_roll("")
