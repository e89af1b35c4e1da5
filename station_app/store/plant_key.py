"""The key under which people get their names outside of the station: the same person has the same one everywhere that
has the same key, and nobody can tell which person without it.

Made at the first use; an administrator may put the plant's in its place (64 hex digits, `plant.key` in the data
folder), so that all stations of the plant use the same names.
"""

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.owned_file import read_owned, write_owned

KEY = "plant.key"
_BYTES = 32
_DIGITS = 12


class PlantKey:
    """A key in memory; its `repr` does not show it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def pseudonym(self, person: str) -> str:
        """`op_` and 12 hex digits of HMAC-SHA256 over the name as UTF-8, however a keyboard composes its letters; ""
        for nobody."""
        if not person:
            return ""
        name = unicodedata.normalize("NFC", person).encode("utf-8", "replace")
        return f"op_{hmac.new(self._key, name, hashlib.sha256).hexdigest()[:_DIGITS]}"


def open_plant_key(folder: Path) -> PlantKey:
    """The key of this data folder; a new one where there is none. StorageError where it cannot be read or is no key:
    it is never replaced in silence, since every person would get another name."""
    path = folder / KEY
    text = read_owned(path)
    if text is None:
        text = secrets.token_hex(_BYTES).encode()
        write_owned(path, text + b"\n")
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        remedy = f"put the plant's key there ({2 * _BYTES} hex digits), or bring it back from a backup"
        raise StorageError("the plant's key is damaged", where=str(path), remedy=remedy)
    return PlantKey(key)
