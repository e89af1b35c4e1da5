"""The station's own key (Ed25519): it signs the head of the audit chain, and whatever leaves the station as evidence.

The private key never leaves the data folder; the public one lies beside it, to be kept elsewhere as well.
"""

from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.owned_file import read_owned, write_owned

KEY = "station-signing.key"
PUBLIC = "station-signing.pub"
KEY_BYTES = 32
"""Of the private and of the public key (RFC 8032)."""


class StationKey:
    """A key in memory. Any thread; signing takes about 50 µs."""

    def __init__(self, private: bytes) -> None:
        """`private` are `KEY_BYTES` random bytes."""
        # Heavy, and needed an hour after the start at the earliest.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public_bytes = self._key.public_key().public_bytes_raw()

    def sign(self, body: bytes) -> bytes:
        """The signature of `body`, 64 bytes."""
        return self._key.sign(body)


def load_or_create(folder: Path) -> StationKey:
    """The key of this data folder, made on first use. StorageError where it cannot be read, written, or is damaged:
    a damaged key is never replaced in silence, since old signatures would not hold any more."""
    path = folder / KEY
    private = read_owned(path)
    if private is None:
        private = _make(path)
    key = _checked(private, path)
    public = folder / PUBLIC
    if read_owned(public) is None:
        write_owned(public, f"{key.public_bytes.hex()}\n".encode())
    return key


def read_public_key(folder: Path) -> str:
    """The public half as hex digits, "" where the station has not signed anything yet. StorageError where it cannot be
    read."""
    body = read_owned(folder / PUBLIC)
    return "" if body is None else body.decode("ascii", "replace").strip()


def load_key(folder: Path) -> StationKey:
    """The key as the engine has made it; it is never made here, where the account may be another one. StorageError
    where there is none yet, or where this account may not read it."""
    path = folder / KEY
    try:
        private = read_owned(path)
    except StorageError as error:
        if not isinstance(error.__cause__, PermissionError):
            raise
        what = "the signing key is readable for the engine's account alone, so this one cannot sign"
        remedy = "run station-app export pack as the account that runs the engine"
        raise StorageError(what, where=str(path), remedy=remedy) from error
    if private is None:
        remedy = "let the engine run for a minute: it makes the key when it first signs"
        raise StorageError("the station has no signing key yet", where=str(path), remedy=remedy)
    return _checked(private, path)


def public_key(folder: Path) -> bytes | None:
    """The public key that lies in this data folder, None where there is none. StorageError where it is damaged."""
    path = folder / PUBLIC
    body = read_owned(path)
    if body is None:
        return None
    try:
        public = bytes.fromhex(body.decode("ascii"))
    except ValueError:
        public = b""
    if len(public) != KEY_BYTES:
        remedy = f"remove it: the next start writes it again from {KEY}"
        raise StorageError("the station's public key is damaged", where=str(path), remedy=remedy)
    return public


def is_signed(body: bytes, signature: bytes, public: bytes) -> bool:
    """Whether `signature` is that of `body` by the owner of the key `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _checked(private: bytes, path: Path) -> StationKey:
    if len(private) != KEY_BYTES:
        remedy = "bring it back from a backup of the data folder"
        raise StorageError("the station's signing key is damaged", where=str(path), remedy=remedy)
    return StationKey(private)


def _make(path: Path) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate().private_bytes_raw()
    write_owned(path, private)
    return private
