"""Secrets of the people, as a file of hashes: never in the database, an export, a log or a `repr`.

`people/secrets.json` and `people/pepper`, for the engine's user alone. PINs and passwords are argon2id over a keyed
hash of the secret, badges the keyed hash itself (a badge must find its owner): without the pepper, neither can be
tried out. The cost is the library's default; a PIN falls to somebody who has both files whatever the cost, which is why
it gives no more than an operator's rights.
"""

import hashlib
import hmac
import json
import os
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from station_app.core.account_rules import badge_text, check_secret
from station_app.core.errors import ConfigError, StorageError
from station_app.core.people import SecretKind
from station_app.store.owned_file import read_owned, write_owned

FOLDER = "people"
SECRETS = "secrets.json"
PEPPER = "pepper"
PEPPER_BYTES = 32
_SCHEMA = 1
_NOBODY = ""
"""Whose hash is tried where there is no such person: both answers take as long."""

Hashes = dict[str, dict[SecretKind, str]]


class SecretFile:
    """Any thread. Every call may raise StorageError; `proves`, `put` and `set` take 200 ms of one processor or more."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER / SECRETS
        self._pepper_path = folder / FOLDER / PEPPER
        self._lock = threading.Lock()
        self._known: tuple[Hashes, bytes] | None = None

    def kinds(self, name: str) -> tuple[SecretKind, ...]:
        """Which secrets this person has, in a fixed order."""
        with self._lock:
            hashes, _ = self._read()
        return tuple(kind for kind in SecretKind if kind in hashes.get(name, {}))

    def proves(self, name: str, kind: SecretKind, secret: str) -> bool:
        """Whether this is the PIN or password of the person. Takes as long where there is no such person."""
        with self._lock:
            hashes, pepper = self._read()
        found = hashes.get(name, {}).get(kind, "")
        tried = found or hashes.get(_NOBODY, {}).get(SecretKind.PASSWORD, "")
        return _is_hash_of(tried, _keyed(pepper, secret)) and bool(found)

    def owner_of(self, badge: str) -> str:
        """Whose badge this is, "" for nobody's."""
        with self._lock:
            hashes, pepper = self._read()
        return _owner(hashes, _badge_hash(pepper, badge))

    def put(self, name: str, secrets: Mapping[SecretKind, str]) -> None:
        """All secrets of a new person, in place of what may be left of an account that was never finished.
        ConfigError where one cannot be: then nothing changes."""
        self._replace(name, {kind: secret for kind, secret in secrets.items() if secret}, keeps=False)

    def set(self, name: str, kind: SecretKind, secret: str) -> None:
        """Another secret; an empty one takes it away. ConfigError where it cannot be."""
        self._replace(name, {kind: secret}, keeps=True)

    def check(self, name: str, kind: SecretKind, secret: str) -> None:
        """ConfigError where this cannot be a secret of this person."""
        check_secret(kind, secret)
        if kind is SecretKind.BADGE and self.owner_of(secret) not in ("", name):
            raise ConfigError("this badge belongs to somebody else", remedy="scan another badge")

    def _replace(self, name: str, secrets: Mapping[SecretKind, str], *, keeps: bool) -> None:
        for kind, secret in secrets.items():
            if secret:
                self.check(name, kind, secret)
        with self._lock:
            hashes, pepper = self._read()
            pepper = pepper or self._make_pepper()
            made = {kind: _hash(pepper, kind, secret) for kind, secret in secrets.items() if secret}
            kept = {kind: text for kind, text in hashes.get(name, {}).items() if keeps and kind not in secrets}
            nobody = hashes.get(_NOBODY) or {
                SecretKind.PASSWORD: _hash(pepper, SecretKind.PASSWORD, os.urandom(16).hex())
            }
            self._write({**hashes, _NOBODY: nobody, name: {**kept, **made}}, pepper)

    def _read(self) -> tuple[Hashes, bytes]:
        """What is on disk, read once."""
        if self._known is None:
            body, pepper = read_owned(self._path), read_owned(self._pepper_path)
            if body is not None and (pepper is None or len(pepper) != PEPPER_BYTES):
                remedy = (
                    "bring it back from a backup of the data folder, or move the folder away and reset an administrator"
                )
                what = "the file that protects the secrets is gone"
                raise StorageError(what, where=str(self._pepper_path), remedy=remedy)
            self._known = (_decoded(body, self._path) if body is not None else {}, pepper or b"")
        return self._known

    def _make_pepper(self) -> bytes:
        pepper = os.urandom(PEPPER_BYTES)
        write_owned(self._pepper_path, pepper)
        return pepper

    def _write(self, hashes: Hashes, pepper: bytes) -> None:
        table = {"schema": _SCHEMA, "people": hashes}
        write_owned(self._path, json.dumps(table, indent=1, ensure_ascii=False).encode())
        self._known = (hashes, pepper)


def _decoded(body: bytes, path: Path) -> Hashes:
    try:
        people = json.loads(body)["people"]
        return {
            str(name): {SecretKind(kind): str(text) for kind, text in kinds.items()} for name, kinds in people.items()
        }
    except (ValueError, LookupError, TypeError, AttributeError):
        pass  # what is in it is said nowhere: not even as the cause of an error
    remedy = "bring it back from a backup of the data folder, or move the folder away and reset an administrator"
    raise StorageError("the file of the secrets is damaged", where=str(path), remedy=remedy)


def _hash(pepper: bytes, kind: SecretKind, secret: str) -> str:
    if kind is SecretKind.BADGE:
        return _badge_hash(pepper, secret)
    from argon2 import PasswordHasher  # not needed for the start

    return PasswordHasher().hash(_keyed(pepper, secret))


def _is_hash_of(text: str, keyed: bytes) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(text, keyed)
    except (VerificationError, InvalidHashError):
        return False


def _badge_hash(pepper: bytes, badge: str) -> str:
    return _keyed(pepper, f"badge {badge_text(badge)}").hex()


def _keyed(pepper: bytes, secret: str) -> bytes:
    """The same letters are the same secret, however a keyboard composes them."""
    return hmac.new(pepper, unicodedata.normalize("NFC", secret).encode("utf-8", "replace"), hashlib.sha256).digest()


def _owner(hashes: Hashes, badge_hash: str) -> str:
    """Every one is compared, so that the time does not tell how near a badge is."""
    owner = ""
    for name, kinds in hashes.items():
        if badge_hash and hmac.compare_digest(kinds.get(SecretKind.BADGE, ""), badge_hash):
            owner = name
    return owner
