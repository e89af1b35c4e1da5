"""An evidence pack is checked by a program of its own, which any Python runs; whatever was changed is named."""

import ast
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import CameraRecord
from station_app.reports import verify_pack
from station_app.reports.evidence import gather_evidence
from station_app.reports.evidence_pack import PackLabel, Signer, write_pack
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.station_key import load_or_create
from tests.store.records import MODEL, ROOMY, inspection

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
LABEL = PackLabel("L3 王", "station 1.0", 42, "w. fang", 1_763_900_000_000)
MEMBERS = {"part.json": b'{"part_id": 42}', "images/top.png": bytes(range(256)), "audit.json": b"[]"}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "part-42.zip"
    write_pack(path, LABEL, MEMBERS, Signer(PUBLIC, KEY.sign))
    return path


def problems_of(path: Path, key: str = PUBLIC.hex()) -> list[str]:
    return list(verify_pack.check(str(path), key)[1])


def rewritten(pack: Path, changes: Mapping[str, bytes | None]) -> Path:
    """The same zip with other members; None leaves one out."""
    with zipfile.ZipFile(pack) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(pack, "w") as new:
        for name, body in {**members, **changes}.items():
            if body is not None:
                new.writestr(name, body)
    return pack


def test_a_pack_is_whole(pack: Path) -> None:
    assert problems_of(pack) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"part.json": b'{"part_id": 43}'}, "part.json was changed"),
        ({"images/top.png": None}, "images/top.png is missing"),
        ({"images/side.png": b"x"}, "images/side.png was added after signing"),
        ({"verify_pack.py": b"print('OK')"}, "verify_pack.py was changed"),
    ],
)
def test_what_was_changed_is_named(pack: Path, changes: dict[str, bytes | None], problem: str) -> None:
    assert problems_of(rewritten(pack, changes)) == [problem]


def test_a_new_manifest_needs_the_key(pack: Path) -> None:
    with zipfile.ZipFile(pack) as old:
        manifest = old.read("manifest.json").replace(b'"part_id": 42', b'"part_id": 43')
    assert problems_of(rewritten(pack, {"manifest.json": manifest})) == ["the signature does not fit the manifest"]


def test_another_station_signs_in_vain(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    path = tmp_path / "pack.zip"
    write_pack(path, LABEL, MEMBERS, Signer(other.public_key().public_bytes_raw(), other.sign))
    assert problems_of(path)[0].startswith("the pack is signed with another key")


def test_a_member_twice_is_named(pack: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(pack, "a") as again:
        again.writestr("part.json", b'{"part_id": 43}')
    assert "part.json is there twice" in problems_of(pack)


def test_rows_of_the_chain_are_followed(tmp_path: Path) -> None:
    import hashlib

    first = hashlib.sha256(("0" * 64 + "[1]").encode()).hexdigest()
    second = hashlib.sha256((first + "[2]").encode()).hexdigest()
    links = [
        {"id": 1, "row": "[1]", "previous": "0" * 64, "sha256": first},
        {"id": 2, "row": "[2]", "previous": first, "sha256": second},
    ]

    def problems(*links: object) -> list[str]:
        path = tmp_path / "pack.zip"
        write_pack(path, LABEL, {"audit.json": json.dumps(links).encode()}, Signer(PUBLIC, KEY.sign))
        return problems_of(path)

    assert problems(*links) == []
    assert problems(links[0], {**links[1], "row": "[3]"}) == ["row 2 of the audit chain was changed"]
    stranger = hashlib.sha256(("1" * 64 + "[2]").encode()).hexdigest()
    loose = {"id": 2, "row": "[2]", "previous": "1" * 64, "sha256": stranger}
    assert problems(links[0], loose) == ["row 2 of the audit chain does not follow the one before"]


def test_the_head_of_the_chain_is_the_stations_and_of_these_rows(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.record(inspection(1)).result(10)
    ledger.audit("wang", "looked", "part 1").result(10)
    ledger.sign_head()
    ledger.close()
    key = load_or_create(tmp_path)
    members = gather_evidence(StationArchive(tmp_path), 1)
    (link,), head = json.loads(members["audit.json"]), json.loads(members["audit_head.json"])
    assert link["id"] == head["number"]

    def problems(**changes: object) -> list[str]:
        path = tmp_path / "pack.zip"
        told = {**members, "audit_head.json": json.dumps({**head, **changes}).encode()}
        write_pack(path, LABEL, told, Signer(key.public_bytes, key.sign))
        return problems_of(path, key.public_bytes.hex())

    assert problems() == []
    unsigned = f"the head of the audit chain (row {head['number']}) is not signed with the key of the pack"
    assert problems(signed_at_ms=1) == [unsigned]
    other = f"row {head['number']} of the audit chain is not the one whose head was signed"
    assert problems(sha256="0" * 64) == [unsigned, other]


def test_cameras_with_names_that_look_alike_keep_their_images_apart(tmp_path: Path) -> None:
    cameras = ("side 1", "side_1", "Side 1", "side_1-2")
    ledger = StationLedger(tmp_path, ROOMY)
    seen = tuple(CameraRecord(camera, 1, "", MODEL, None) for camera in cameras)
    part = replace(inspection(1), cameras=seen)
    ledger.record(part).result(10)
    for grey, camera in enumerate(cameras):
        ledger.keep_image(part, camera, np.full((4, 4), grey, np.uint8))
    ledger.close()
    members = gather_evidence(StationArchive(tmp_path), 1)
    names = [name for name in members if name.startswith("images/")]
    assert len({name.casefold() for name in names}) == 4
    assert json.loads(members["part.json"])["cameras_without_stored_image"] == []


def test_any_python_runs_the_verifier_out_of_the_pack(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as whole:
        whole.extract("verify_pack.py", tmp_path)

    def verify(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(tmp_path / "verify_pack.py"), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, encoding="utf-8")

    answer = verify(str(pack), "--key", PUBLIC.hex())
    assert answer.returncode == 0 and answer.stdout.startswith("OK part 42 of station L3 王"), answer.stderr
    assert "NOTE compare this key" in verify(str(pack)).stdout
    rewritten(pack, {"part.json": b"{}"})
    assert verify(str(pack)).returncode == 1
    pack.write_bytes(b"no zip")
    assert verify(str(pack)).returncode == 2


def test_the_verifier_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(verify_pack.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32))
def test_signatures_agree_with_the_library(message: bytes, secret: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify_pack.is_signed(public, message, signature)
    assert not verify_pack.is_signed(public, message + b"x", signature)
    assert not verify_pack.is_signed(public, message, bytes([signature[0] ^ 1]) + signature[1:])


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_nonsense_is_no_signature(key: bytes, signature: bytes) -> None:
    assert not verify_pack.is_signed(key, b"message", signature)
