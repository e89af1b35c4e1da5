"""`station-app sync doctor`: tries a store out before a station depends on it."""

import stat
import sys
import tomllib
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from station_app.sync.probe import Capabilities, probe
from station_app.sync.remote import Remote

_FOLDER = "folder:"


def run_sync(arguments: Namespace) -> int:
    """Print what the store can do; StationError where it cannot be used at all."""
    remote = remote_of(arguments)
    able = probe(remote, arguments.prefix)
    sys.stdout.write(f"OK {remote.where}: objects can be written, {able.write_ms:.0f} ms each\n")
    sys.stdout.writelines(f"{line}\n" for line in _remarks(able))
    return 0


def remote_of(arguments: Namespace) -> Remote:
    """The store that was named. ConfigError where it is none, or its settings are not safe."""
    if arguments.store.startswith(_FOLDER):
        return FolderRemote(Path(arguments.store.removeprefix(_FOLDER)))
    settings = _settings(arguments.settings) if arguments.settings else {}
    return ObjectRemote(ObjectAccess(arguments.store, settings, arguments.ca, arguments.proxy, arguments.allow_http))


def _settings(path: Path) -> dict[str, str]:
    """Keys and endpoint out of a TOML file that nobody but its owner may read."""
    try:
        if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            remedy = f"chmod 600 {path}"
            raise ConfigError("others may read the store's keys", where=str(path), remedy=remedy)
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = "the store's settings cannot be read"
        raise ConfigError(what, where=str(path), remedy="give a TOML file of names and texts") from error
    wrong = [name for name, value in table.items() if not isinstance(value, str)]
    if wrong:
        raise ConfigError("every setting is a text", where=f"{path}, {', '.join(wrong)}", remedy="put it in quotes")
    return {name: str(value) for name, value in table.items()}


def _remarks(able: Capabilities) -> Iterator[str]:
    if able.is_create_only:
        yield "OK a second object of the same name is refused by the store itself"
    else:
        yield "NOTE the store does not refuse a second object of the same name: names with hashes keep it harmless"
    if able.may_remove:
        yield "NOTE this key may remove objects: a station needs no such right, give it one that may only write"
    if able.may_read or able.may_list:
        yield "NOTE this key may read: a station needs no such right"
