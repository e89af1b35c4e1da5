"""Where a channel keeps what: names of objects, as docs/sync.md has them."""

import hashlib
import re

ROOT = "v1"
_NUMBER = r"([0-9]{8})\.([0-9a-f]{16})\.json"


def channel_prefix(channel: str) -> str:
    return f"{ROOT}/channels/{channel}/"


def offer_key(channel: str, number: int, body: bytes) -> str:
    return f"{channel_prefix(channel)}{number:08}.{_sha16(body)}.json"


def keys_prefix(channel: str) -> str:
    """Of the statements about keys."""
    return f"{channel_prefix(channel)}keys/"


def statement_key(channel: str, number: int, body: bytes) -> str:
    return f"{keys_prefix(channel)}{number:08}.{_sha16(body)}.json"


def member_key(package_sha256: str, member: str) -> str:
    return f"{ROOT}/models/{package_sha256}/{member}"


def numbered(names: tuple[str, ...], prefix: str) -> tuple[tuple[int, str], ...]:
    """The objects right below `prefix` that bear a number, with it; lowest first."""
    whole = re.compile(re.escape(prefix) + _NUMBER)
    found = ((whole.fullmatch(name), name) for name in names)
    return tuple(sorted((int(match[1]), name) for match, name in found if match))


def holds_hash(name: str, body: bytes) -> bool:
    """Whether an object's name is that of its content."""
    return name.endswith(f".{_sha16(body)}.json")


def _sha16(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
