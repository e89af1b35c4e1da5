"""A text with signatures beside it: what a channel holds. Nothing of a text is believed before a signature holds.

`{"<kind>": "<text>", "signatures": [{"key_id": "…", "ed25519": "<base64>"}]}`; the signatures are over the UTF-8
bytes of the text.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from station_app.core.errors import ModelPackageError
from station_app.inference.manifest_json import load_json
from station_app.store.model_keys import key_id
from station_app.store.station_key import is_signed

MAX_SEALED_BYTES = 4 << 20
MOST_SIGNATURES = 16


class Signer(Protocol):
    """A private key; `store.station_key.StationKey` is one."""

    public_bytes: bytes

    def sign(self, body: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text that was signed, and the ids of the trusted keys whose signatures hold."""

    text: str
    signed_by: tuple[str, ...]


def canonical(table: Mapping[str, Any]) -> str:
    """The one JSON text of a table: sorted keys, no blanks. ValueError where it holds what JSON does not."""
    return json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def seal(kind: str, text: str, signers: Sequence[Signer]) -> bytes:
    """The object that carries `text`, signed by each of the signers."""
    body = text.encode()
    signatures = [
        {"key_id": key_id(signer.public_bytes), "ed25519": base64.b64encode(signer.sign(body)).decode()}
        for signer in signers
    ]
    return (canonical({kind: text, "signatures": signatures}) + "\n").encode()


def unseal(kind: str, body: bytes, trusted: Mapping[str, bytes], where: str) -> Sealed:
    """The text in the object, signed by a key of `trusted` (public keys by id). ModelPackageError where no signature
    of such a key holds, or the object is none."""
    text, signatures = _parts(kind, body, where)
    signed = {key: signature for key, signature in signatures if key in trusted}
    holding = tuple(key for key, signature in signed.items() if is_signed(text.encode(), signature, trusted[key]))
    if holding:
        return Sealed(text, holding)
    if not trusted:
        raise refusal("the station trusts no key, so it takes no model", where, "add one: station-app models keys add")
    if signed:
        raise refusal("the signature does not hold: the text was changed", where, "have it published again")
    names = ", ".join(key for key, _ in signatures) or "nobody"
    raise refusal(f"it is signed by {names}, which the station does not trust", where, "ask who published it")


def canonical_table(text: str, where: str) -> dict[str, Any]:
    """What a canonical text says. ModelPackageError where it is none."""
    try:
        table = load_json(text.encode())
        if isinstance(table, dict) and canonical(table) == text:
            return table
    except ValueError as error:
        raise refusal(f"what was signed is no JSON, {error}", where) from error
    raise refusal("what was signed is no canonical JSON object", where)


def refusal(what: str, where: str, remedy: str = "have it published again") -> ModelPackageError:
    return ModelPackageError(what, where=where, remedy=remedy)


def _parts(kind: str, body: bytes, where: str) -> tuple[str, list[tuple[str, bytes]]]:
    if len(body) > MAX_SEALED_BYTES:
        raise refusal(f"it is larger than {MAX_SEALED_BYTES >> 20} MiB", where)
    try:
        table = load_json(body)
    except ValueError as error:
        raise refusal(f"it is no JSON, {error}", where) from error
    if not isinstance(table, dict) or table.keys() != {kind, "signatures"} or not _is_text(table[kind]):
        raise refusal(f"it is no signed {kind}", where)
    signatures = table["signatures"]
    if not isinstance(signatures, list) or len(signatures) > MOST_SIGNATURES:
        raise refusal("its signatures cannot be read", where)
    return table[kind], [_signature(entry, where) for entry in signatures]


def _signature(entry: object, where: str) -> tuple[str, bytes]:
    if isinstance(entry, dict) and entry.keys() == {"key_id", "ed25519"}:
        key, signature = entry["key_id"], entry["ed25519"]
        if isinstance(key, str) and isinstance(signature, str):
            try:
                return key, base64.b64decode(signature, validate=True)
            except (binascii.Error, ValueError):
                pass  # told below, as of any other
    raise refusal("its signatures cannot be read", where)


def _is_text(value: object) -> bool:
    """Half a character has no bytes that a signature could be over."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
