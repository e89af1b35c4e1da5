"""What a person asked to be judged again, kept beside the journal, so that it can go on another day.

`NAME.toml` is the text of the recipe, `NAME.json` the rest, `NAME.jsonl` the journal; all in `replays` of the data
folder.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from station_app.core.errors import StorageError

REPLAYS = "replays"


@dataclass(frozen=True, slots=True)
class Request:
    """Parts of the recorded recipe `of`, `from_ms` to before `until_ms` (UTC), judged by the recipe `text`; `package`
    is a folder in place of the recipe's own model, "" for that."""

    name: str
    of: str
    text: str
    from_ms: int
    until_ms: int
    package: str = ""


def request_words(request: Request, folder: Path) -> tuple[str, ...]:
    """The command line of `station-app replay` after the command; `folder` is the data folder."""
    words = ["--recipe", str(_file(folder, request.name, "toml")), "--of", request.of, "--json", "--gently"]
    words += ["--from", _moment(request.from_ms), "--until", _moment(request.until_ms)]
    words += ["--package", request.package] if request.package else []
    return (request.name, *words)


def write_request(request: Request, folder: Path) -> None:
    """Keep it. StorageError where that fails."""
    told = {name: value for name, value in asdict(request).items() if name != "text"}
    try:
        (folder / REPLAYS).mkdir(parents=True, exist_ok=True)
        _file(folder, request.name, "toml").write_text(request.text, encoding="utf-8")
        _file(folder, request.name, "json").write_text(json.dumps(told), encoding="utf-8")
    except OSError as error:
        remedy = "make room on the disk, or give this user the right to write there"
        what = f"the replay cannot be written: {error.strerror}"
        raise StorageError(what, where=str(folder / REPLAYS), remedy=remedy) from error


def read_request(name: str, folder: Path) -> Request | None:
    """None where it was not asked for from the screen, or its files are gone: then it cannot go on there."""
    try:
        text = _file(folder, name, "toml").read_text(encoding="utf-8")
        return Request(**json.loads(_file(folder, name, "json").read_text(encoding="utf-8")), text=text)
    except (OSError, ValueError, TypeError):
        return None


def journal_of(name: str, folder: Path) -> Path:
    return _file(folder, name, "jsonl")


def _file(folder: Path, name: str, ending: str) -> Path:
    return folder / REPLAYS / f"{name}.{ending}"


def _moment(ms: int) -> str:
    """Whole to the millisecond, and the same in every zone."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")
