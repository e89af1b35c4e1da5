"""A time as people type it, in the station's own zone."""

from datetime import datetime

from station_app.core.errors import ConfigError


def utc_ms(text: str, option: str) -> int | None:
    """UTC milliseconds of a local date or time; None for an empty text. ConfigError where it is none."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        remedy = "write 2026-11-24 or 2026-11-24T06:00"
        raise ConfigError(f"{text!r} is no time", where=option, remedy=remedy) from error
    return round(moment.astimezone().timestamp() * 1000)
