#!/usr/bin/env python3
"""Checks an evidence pack of an inspection station. Plain Python 3.8 or newer, nothing to install:

    python3 verify_pack.py PACK.zip [--key PUBLIC_KEY_IN_HEX]

It checks that the manifest is signed by the key that it names, that every member of the pack is the one that was
signed, that nothing was added or left out, and that each row of the audit chain in it follows the one before. Give the
station's public key, which you have from elsewhere (`station-signing.pub` in the station's data folder): without it the
pack proves only that it was not changed since whoever made it signed it. Signatures are Ed25519 (RFC 8032).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from typing import Any, Iterator, Tuple

MANIFEST, SIGNATURE, AUDIT = "manifest.json", "manifest.sig", "audit.json"

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

Point = Tuple[int, int, int, int]
"""On the curve, in extended homogeneous coordinates."""
_NOTHING: Point = (0, 1, 1, 0)


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pack")
    parser.add_argument("--key", default="", help="the station's public key in hex, known from elsewhere")
    chosen = parser.parse_args(words)
    try:
        manifest, problems = check(chosen.pack, chosen.key)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        _say(f"FAIL this is no evidence pack that can be read: {error}")
        return 2
    for problem in problems:
        _say(f"FAIL {problem}")
    if problems:
        return 1
    _say("OK part {part_id} of station {station}, packed {made_at_utc}".format(**manifest))
    _say(f"signed with {manifest['public_key']}")
    if not chosen.key:
        _say("NOTE compare this key with the one that the station shows: nothing in the pack can prove whose it is")
    return 0


def check(path: str, expected_key: str = "") -> tuple[dict[str, Any], list[str]]:
    """The manifest, and a sentence for every problem."""
    with zipfile.ZipFile(path) as pack:
        names = pack.namelist()
        body = pack.read(MANIFEST)
        manifest = json.loads(body.decode("utf-8"))
        problems = list(_signature_problems(manifest, body, pack.read(SIGNATURE).decode("ascii"), expected_key))
        problems += _member_problems(pack, names, manifest["members"])
        if AUDIT in manifest["members"] and AUDIT in names:
            problems += _chain_problems(json.loads(pack.read(AUDIT).decode("utf-8")))
    return manifest, problems


def _signature_problems(manifest: dict[str, Any], body: bytes, signature: str, expected_key: str) -> Iterator[str]:
    key = manifest["public_key"]
    if expected_key and key.lower() != expected_key.lower():
        yield f"the pack is signed with another key than the one given: {key}"
    if not is_signed(bytes.fromhex(key), body, bytes.fromhex(signature.strip())):
        yield "the signature does not fit the manifest"


def _member_problems(pack: zipfile.ZipFile, names: list[str], members: dict[str, str]) -> list[str]:
    problems = [f"{name} is there twice" for name in sorted(set(names)) if names.count(name) > 1]
    problems += [f"{n} was added after signing" for n in sorted(set(names) - set(members) - {MANIFEST, SIGNATURE})]
    for name, expected in sorted(members.items()):
        if name not in names:
            problems.append(f"{name} is missing")
        elif hashlib.sha256(pack.read(name)).hexdigest() != expected:
            problems.append(f"{name} was changed")
    return problems


def _chain_problems(links: list[dict[str, Any]]) -> Iterator[str]:
    for number, link in enumerate(links):
        hashed = hashlib.sha256((link["previous"] + link["row"]).encode()).hexdigest()
        if hashed != link["sha256"]:
            yield f"row {link['id']} of the audit chain was changed"
        before = links[number - 1] if number else None
        if before and before["id"] + 1 == link["id"] and before["sha256"] != link["previous"]:
            yield f"row {link['id']} of the audit chain does not follow the one before"


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this Ed25519 signature (64 bytes) of the key (32 bytes) fits the message: RFC 8032, 5.1.7."""
    point = _decompress(key) if len(key) == 32 else None
    r = _decompress(signature[:32]) if len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if point is None or r is None or s >= _Q:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % _Q
    return _is_same(_times(s, _BASE), _sum(r, _times(challenge, point)))


def _sum(first: Point, second: Point) -> Point:
    a = (first[1] - first[0]) * (second[1] - second[0]) % _P
    b = (first[1] + first[0]) * (second[1] + second[0]) % _P
    c, d = 2 * first[3] * second[3] * _D % _P, 2 * first[2] * second[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(factor: int, point: Point) -> Point:
    total = _NOTHING
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point, factor = _sum(point, point), factor >> 1
    return total


def _is_same(first: Point, second: Point) -> bool:
    is_x = (first[0] * second[2] - second[0] * first[2]) % _P == 0
    return is_x and (first[1] * second[2] - second[1] * first[2]) % _P == 0


def _decompress(body: bytes) -> Point | None:
    y = int.from_bytes(body, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _root(y, sign) if y < _P else None
    return None if x is None else (x, y, 1, x * y % _P)


def _root(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    return _P - x if x & 1 != sign else x


def _say(text: str) -> None:
    """A console that has no Chinese shows question marks, and does not end the check."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")


_BASE: Point = _decompress((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little")) or _NOTHING


if __name__ == "__main__":
    sys.exit(main())
