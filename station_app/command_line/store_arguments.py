"""The words by which commands name the plant's store, and the store itself."""

import argparse
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.sync.remote import Remote


def add_store(parser: argparse.ArgumentParser) -> None:
    """`store` and what is needed to open it, as `setup_of` reads them."""
    parser.add_argument("store", help="folder:DIR, s3://BUCKET/PREFIX, az://... or gs://...")
    add_access(parser)


def add_access(parser: argparse.ArgumentParser) -> None:
    """How the store is reached, in the same words everywhere."""
    parser.add_argument("--settings", type=Path, help="TOML file with endpoint, region and keys, for its owner alone")
    parser.add_argument("--ca", type=Path, help="certificate of the plant's own CA (PEM)")
    parser.add_argument("--proxy", default="", help="URL of a proxy")
    parser.add_argument("--allow-http", action="store_true", help="without TLS: on this computer alone")


def remote_of(given: argparse.Namespace) -> Remote:
    """The store that was named. ConfigError where it is none, or its settings are not safe."""
    from station_app.sync.opening import open_remote

    return open_remote(setup_of(given))


def setup_of(given: argparse.Namespace) -> StoreSetup:
    """The store that was named, and how it is reached."""
    return StoreSetup(given.store, given.settings, given.ca, given.proxy, given.allow_http)
