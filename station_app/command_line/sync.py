"""`station-app sync doctor`: tries a store out before a station depends on it."""

import sys
from argparse import Namespace
from collections.abc import Iterator

from station_app.config_sync import StoreSetup
from station_app.sync.opening import open_remote
from station_app.sync.probe import Capabilities, probe
from station_app.sync.remote import Remote


def run_sync(arguments: Namespace) -> int:
    """Print what the store can do; StationError where it cannot be used at all."""
    remote = remote_of(arguments)
    able = probe(remote, arguments.prefix)
    sys.stdout.write(f"OK {remote.where}: objects can be written, {able.write_ms:.0f} ms each\n")
    sys.stdout.writelines(f"{line}\n" for line in _remarks(able))
    return 0


def remote_of(arguments: Namespace) -> Remote:
    """The store that was named. ConfigError where it is none, or its settings are not safe."""
    given = arguments
    return open_remote(StoreSetup(given.store, given.settings, given.ca, given.proxy, given.allow_http))


def _remarks(able: Capabilities) -> Iterator[str]:
    if able.is_create_only:
        yield "OK a second object of the same name is refused by the store itself"
    else:
        yield "NOTE the store does not refuse a second object of the same name: names with hashes keep it harmless"
    if able.may_remove:
        yield "NOTE this key may remove objects: a station needs no such right, give it one that may only write"
    if able.may_read or able.may_list:
        yield "NOTE this key may read: a station needs no such right"
