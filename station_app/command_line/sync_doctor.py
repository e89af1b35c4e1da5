"""`station-app sync doctor`: tries a store out before a station depends on it."""

import ssl
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from station_app.command_line.store_arguments import setup_of
from station_app.command_line.sync_setup import sync_of
from station_app.command_line.sync_words import print_lines
from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError
from station_app.sync.opening import open_remote
from station_app.sync.probe import Capabilities, probe

_NO_STATION = "v1/doctor"
_SKEW_S = 60.0
"""Stores refuse a clock that is wrong by a quarter of an hour."""


def run_doctor(arguments: Namespace) -> int:
    """Print what the store can do; StationError where it cannot be used at all."""
    setup, prefix = _asked(arguments)
    remote = open_remote(setup)
    print_lines(_authority(setup.ca))
    able = probe(remote, prefix)
    print_lines([f"OK {remote.where}: objects can be written, {able.write_ms:.0f} ms each, {able.rate:.0f} a second"])
    print_lines(_remarks(able))
    return 0


def _asked(arguments: Namespace) -> tuple[StoreSetup, str]:
    """The store that was named, else the station's own, and below which prefix it is tried."""
    given = arguments
    if given.store:
        return setup_of(given), given.prefix or _NO_STATION
    own = sync_of(arguments)
    return own.store, given.prefix or own.sender.prefix


def _authority(path: Path | None) -> Iterator[str]:
    """What the plant's CA is, and how long its certificate holds. ConfigError where the file holds none."""
    if path is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(path)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError("this is no certificate", where=str(path), remedy="name a PEM file of the CA") from error
    for held in context.get_ca_certs():
        until = ssl.cert_time_to_seconds(str(held["notAfter"]))
        word = "OK" if until > time.time() else "FAIL"
        yield f"{word} the CA in {path.name} holds until {time.strftime('%Y-%m-%d', time.gmtime(until))}"


def _remarks(able: Capabilities) -> Iterator[str]:
    if able.is_create_only:
        yield "OK a second object of the same name is refused by the store itself"
    else:
        yield "NOTE the store does not refuse a second object of the same name: names with hashes keep it harmless"
        yield "NOTE on such a store a copied station cannot tell that it is one"
    if able.skew_s is None:
        yield "NOTE the store does not tell its time to this key: keep this computer's clock right by NTP"
    elif abs(able.skew_s) > _SKEW_S:
        yield f"FAIL the clocks of store and station differ by {able.skew_s:.0f} s: set this computer's clock"
    else:
        yield f"OK the clocks of store and station agree within {max(1.0, abs(able.skew_s)):.0f} s"
    if able.may_remove:
        yield "NOTE this key may remove objects: a station needs no such right, give it one that may only write"
    if able.may_read or able.may_list:
        yield "NOTE this key may read: a station needs no such right"
