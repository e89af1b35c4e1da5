"""Keys that sign offers of models (Ed25519): the publisher's own, and those that a station trusts.

A station trusts what lies in one folder of its data folder: `<key id>.pub` holds now, `<key id>.retired` verifies
nothing new. No key there means that no offer is ever accepted.
"""

import hashlib
import os
import re
import sys
from pathlib import Path

from station_app.core.errors import ConfigError, StorageError
from station_app.store.owned_file import read_owned, write_owned
from station_app.store.station_key import KEY_BYTES, StationKey

TRUSTED = "model-keys"
"""The folder of trusted keys, in the data folder."""
_TRUSTED_NOW, _RETIRED = ".pub", ".retired"
_KEY_ID = re.compile(r"[0-9a-f]{16}")


def key_id(public: bytes) -> str:
    """How a public key is called: the first 16 hex digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_of(text: str) -> bytes:
    """The public key that 64 hex digits stand for. ConfigError where they do not."""
    try:
        public = bytes.fromhex(text.strip())
    except ValueError:
        public = b""
    if len(public) != KEY_BYTES:
        raise ConfigError("this is no public key", where=text.strip()[:80], remedy="give its 64 hex digits")
    return public


def make_publishing_key(path: Path) -> StationKey:
    """A new private key in a file of its own, its public key beside it (`.pub`). Never over another file."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if path.exists():
        raise ConfigError("there is a file of this name already", where=str(path), remedy="choose another name")
    private = Ed25519PrivateKey.generate().private_bytes_raw()
    write_owned(path, private)
    key = StationKey(private)
    write_owned(path.with_name(f"{path.name}.pub"), f"{key.public_bytes.hex()}\n".encode())
    return key


def read_publishing_key(path: Path) -> StationKey:
    """The key in this file. ConfigError where there is none, others may read it, or it is damaged."""
    private = read_owned(path)
    if private is None or len(private) != KEY_BYTES:
        what = "there is no key for signing models" if private is None else "the key for signing models is damaged"
        remedy = "name the file that station-app models keys make has written"
        raise ConfigError(what, where=str(path), remedy=remedy)
    if _is_open_to_others(path):
        raise ConfigError("others may read the key for signing models", where=str(path), remedy=f"chmod 600 {path}")
    return StationKey(private)


def _is_open_to_others(path: Path) -> bool:
    """A file of ours must be ours alone. One that somebody else hands us (a secret that a cluster mounts is root's, and
    our group may read it) is theirs to guard."""
    if sys.platform == "win32":
        return False
    state = path.stat()
    return state.st_uid == os.getuid() and bool(state.st_mode & 0o077)


class TrustedKeys:
    """Of one station. Any thread; each call reads the folder anew, so that another program may have changed it."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / TRUSTED

    def now(self) -> dict[str, bytes]:
        """The public keys that are trusted now, by key id. StorageError where one cannot be read or is damaged."""
        return self._read(_TRUSTED_NOW)

    def retired(self) -> dict[str, bytes]:
        """Those that were trusted once, likewise."""
        return self._read(_RETIRED)

    def add(self, public: bytes) -> str:
        """Trust a key from now on; gives its id. ConfigError where it is retired: that is for good."""
        name = key_id(public)
        if name in self.retired():
            raise ConfigError("this key is retired", where=name, remedy="make a new one; a retired key never returns")
        write_owned(self._folder / f"{name}{_TRUSTED_NOW}", f"{public.hex()}\n".encode())
        return name

    def retire(self, name: str) -> None:
        """Trust a key no more. ConfigError where it is not trusted now."""
        public = self.now().get(name)
        if public is None:
            raise ConfigError("no key of this id is trusted", where=name, remedy="see station-app models keys list")
        # Written before the other goes: after a crash between the two it is retired.
        write_owned(self._folder / f"{name}{_RETIRED}", f"{public.hex()}\n".encode())
        _remove(self._folder / f"{name}{_TRUSTED_NOW}")

    def _read(self, ending: str) -> dict[str, bytes]:
        try:
            names = sorted(os.listdir(self._folder))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _unreadable(self._folder, error.strerror or "") from error
        found = {name.removesuffix(ending) for name in names if name.endswith(ending)}
        retired = {name.removesuffix(_RETIRED) for name in names if name.endswith(_RETIRED)}
        kept = found if ending == _RETIRED else found - retired
        return {name: _public_in(self._folder / f"{name}{ending}", name) for name in sorted(kept)}


def _public_in(path: Path, name: str) -> bytes:
    body = read_owned(path) or b""
    try:
        public = public_of(body.decode("ascii"))
    except (ConfigError, UnicodeDecodeError) as error:
        raise _unreadable(path, "it is damaged") from error
    if not _KEY_ID.fullmatch(name) or key_id(public) != name:
        raise _unreadable(path, "its name is not that of the key in it")
    return public


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error


def _unreadable(path: Path, why: str) -> StorageError:
    remedy = "repair the folder of trusted keys; until then no offer is accepted"
    return StorageError(f"a trusted key cannot be read: {why}", where=str(path), remedy=remedy)
