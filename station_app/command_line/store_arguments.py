"""The words by which commands name the plant's store."""

import argparse
from pathlib import Path


def add_store(parser: argparse.ArgumentParser) -> None:
    """`store` and what is needed to open it, as `sync.remote_of` reads them."""
    parser.add_argument("store", help="folder:DIR, s3://BUCKET/PREFIX, az://... or gs://...")
    parser.add_argument("--settings", type=Path, help="TOML file with endpoint, region and keys, for its owner alone")
    parser.add_argument("--ca", type=Path, help="certificate of the plant's own CA (PEM)")
    parser.add_argument("--proxy", default="", help="URL of a proxy")
    parser.add_argument("--allow-http", action="store_true", help="without TLS: on this computer alone")
