"""What an export is called and where it goes, unless somebody chooses otherwise. Pure."""

from datetime import datetime
from pathlib import Path

from station_app.core.history import HistoryFilter

_FORBIDDEN = set('<>:"/\\|?*')
_LONGEST = 60


def proposed_name(station: str, what: str, where: HistoryFilter, made_at_ms: int) -> str:
    """Station, what it is, and the period in local time: of one day, or from one to another. Without an ending."""
    begin = None if where.from_ms is None else _local(where.from_ms)
    end = _local(made_at_ms if where.until_ms is None else where.until_ms)
    period = f"until_{end:%Y-%m-%d_%H%M}" if begin is None else f"{begin:%Y-%m-%d_%H%M}_to_{end:%Y-%m-%d_%H%M}"
    return f"{_plain(station)}_{what}_{period}"


def part_name(station: str, part_id: int, serial: str) -> str:
    """Of the evidence pack of one part."""
    return "_".join(filter(None, (_plain(station), f"part_{part_id}", _plain(serial))))


def free_name(folder: Path, name: str, ending: str) -> Path:
    """A name that no file of the folder has yet."""
    path, number = folder / f"{name}{ending}", 2
    while path.exists():
        path, number = folder / f"{name}_{number}{ending}", number + 1
    return path


def with_ending(path: Path, ending: str) -> Path:
    """The path as chosen, with its ending where somebody left it out."""
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def _plain(text: str) -> str:
    """What every file system takes, and no longer than a person reads."""
    kept = "".join(
        "_" if letter in _FORBIDDEN or letter.isspace() or not letter.isprintable() else letter for letter in text
    )
    return kept.strip("._")[:_LONGEST]


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000).astimezone()
