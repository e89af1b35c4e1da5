"""The evidence pack of one part: everything recorded of it in one zip, signed, with the program that checks it.

JSON, PNG and text only, so that anybody can read it in twenty years. The signature covers the manifest, and the
manifest the hash of every other member.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from station_app.reports.columns import utc_text

SCHEMA = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
VERIFIER = "verify_pack.py"
_README = """Evidence pack of one inspected part.

part.json       the inspection as it was recorded: verdict, findings, scores, times, cameras, hash of recipe and model
decisions.json  what people decided about it, every undo among them
reviews.json    what reviewers said about it
recipe.json     the recipe that it was judged with
audit.json      the rows of the station's audit chain that speak of it
images/         what each camera saw, lossless
overlays/       the same with the findings drawn on it, numbered as in part.json: to look at, not to measure

Check it with any Python 3, nothing to install:  python3 verify_pack.py PACK.zip --key PUBLIC_KEY
"""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with the station's Ed25519 key. `public_key` are its 32 bytes."""

    public_key: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class PackLabel:
    """What the pack is about, and who made it when."""

    station: str
    program: str
    part_id: int
    made_by: str
    made_at_ms: int


def write_pack(path: Path, label: PackLabel, members: Mapping[str, bytes], signer: Signer) -> None:
    """Write a signed zip of these members, and of the verifier, to `path`. OSError where the disk does not take it."""
    whole = {**members, "README.txt": _README.encode(), VERIFIER: Path(__file__).with_name(VERIFIER).read_bytes()}
    manifest = _manifest(label, whole, signer)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(MANIFEST, manifest)
        pack.writestr(SIGNATURE, signer.sign(manifest).hex())
        for name in sorted(whole):
            pack.writestr(name, whole[name], zipfile.ZIP_STORED if name.endswith(".png") else None)


def _manifest(label: PackLabel, members: Mapping[str, bytes], signer: Signer) -> bytes:
    table = {
        "schema": SCHEMA,
        "what": "evidence pack of an inspection station",
        "station": label.station,
        "program": label.program,
        "part_id": label.part_id,
        "made_by": label.made_by,
        "made_at_utc": utc_text(label.made_at_ms),
        "public_key": signer.public_key.hex(),
        "members": {name: hashlib.sha256(body).hexdigest() for name, body in sorted(members.items())},
    }
    return json.dumps(table, ensure_ascii=False, indent=1).encode()
