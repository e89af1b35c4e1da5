"""Keys that sign offers: made once, trusted by a file each, retired for good."""

import os
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, StorageError
from station_app.store.model_keys import (
    TRUSTED,
    TrustedKeys,
    key_id,
    make_publishing_key,
    public_of,
    read_publishing_key,
)
from station_app.store.station_key import is_signed

PUBLIC = bytes(range(32))


def test_a_made_key_signs_and_is_read_again(tmp_path: Path) -> None:
    made = make_publishing_key(tmp_path / "plant.key")
    read = read_publishing_key(tmp_path / "plant.key")
    public = public_of((tmp_path / "plant.key.pub").read_text())
    assert made.public_bytes == read.public_bytes == public
    assert is_signed(b"text", read.sign(b"text"), public)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    make_publishing_key(tmp_path / "plant.key")
    with pytest.raises(ConfigError, match="already"):
        make_publishing_key(tmp_path / "plant.key")


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    make_publishing_key(tmp_path / "plant.key")
    (tmp_path / "plant.key").chmod(0o644)
    with pytest.raises(ConfigError, match="others may read"):
        read_publishing_key(tmp_path / "plant.key")


def test_a_key_that_a_cluster_mounts_for_our_group_is_read(tmp_path: Path) -> None:
    """Kubernetes hands secrets over as root's, readable by the pod's group, and a pod runs as somebody else."""
    if os.getuid() != 0:
        pytest.skip("only root can make a file that is somebody else's")
    made = make_publishing_key(tmp_path / "plant.key")
    os.chown(tmp_path / "plant.key", 10001, -1)
    (tmp_path / "plant.key").chmod(0o440)
    assert read_publishing_key(tmp_path / "plant.key").public_bytes == made.public_bytes


def test_a_missing_or_damaged_key_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no key"):
        read_publishing_key(tmp_path / "none.key")
    (tmp_path / "short.key").write_bytes(b"short")
    with pytest.raises(ConfigError, match="damaged"):
        read_publishing_key(tmp_path / "short.key")


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31, "é"])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        public_of(text)


def test_a_station_trusts_nobody_at_first(tmp_path: Path) -> None:
    assert TrustedKeys(tmp_path).now() == {}


def test_two_keys_hold_at_once_and_a_retired_one_never_again(tmp_path: Path) -> None:
    keys, other = TrustedKeys(tmp_path), bytes(range(1, 33))
    first, second = keys.add(PUBLIC), keys.add(other)
    assert TrustedKeys(tmp_path).now() == {first: PUBLIC, second: other}
    keys.retire(first)
    assert keys.now() == {second: other}
    assert keys.retired() == {first: PUBLIC}
    with pytest.raises(ConfigError, match="retired"):
        keys.add(PUBLIC)
    with pytest.raises(ConfigError, match="no key of this id"):
        keys.retire(first)


def test_a_crash_while_retiring_leaves_the_key_retired(tmp_path: Path) -> None:
    keys = TrustedKeys(tmp_path)
    name = keys.add(PUBLIC)
    (tmp_path / TRUSTED / f"{name}.retired").write_text(PUBLIC.hex())
    assert keys.now() == {}


def test_a_key_under_anothers_name_is_no_key(tmp_path: Path) -> None:
    keys = TrustedKeys(tmp_path)
    name = keys.add(PUBLIC)
    (tmp_path / TRUSTED / f"{key_id(b'x' * 32)}.pub").write_text((tmp_path / TRUSTED / f"{name}.pub").read_text())
    with pytest.raises(StorageError, match="its name"):
        keys.now()
