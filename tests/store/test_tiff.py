"""Images are stored without loss, in files that other programs read."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from station_app.core.errors import StorageError
from station_app.store.tiff import decode_tiff, encode_tiff

GREY = shapes.array_shapes(min_dims=2, max_dims=2, max_side=40)
IMAGES = st.one_of(GREY, GREY.map(lambda shape: (*shape, 3))).flatmap(lambda shape: shapes.arrays(np.uint8, shape))


@given(IMAGES)
def test_every_image_comes_back_equal(pixels: np.ndarray) -> None:
    assert np.array_equal(decode_tiff(encode_tiff(pixels)), pixels)


@given(st.binary(max_size=300))
def test_other_bytes_are_a_storage_error(body: bytes) -> None:
    with pytest.raises(StorageError, match="cannot be decoded"):
        decode_tiff(body)


@given(st.data())
def test_a_cut_file_is_a_storage_error(data: st.DataObject) -> None:
    body = encode_tiff(np.random.default_rng(0).integers(0, 256, (20, 30), np.uint8))
    cut = data.draw(st.integers(0, len(body) - 5))
    with pytest.raises(StorageError):
        decode_tiff(body[:cut])


@pytest.mark.skipif(shutil.which("tiffinfo") is None, reason="tiffinfo (libtiff-tools) is not installed")
@pytest.mark.parametrize("shape", [(31, 47), (31, 47, 3)])
def test_libtiff_reads_the_file(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = tmp_path / "image.tif"
    path.write_bytes(encode_tiff(np.random.default_rng(0).integers(0, 256, shape, np.uint8)))
    told = subprocess.run(["tiffinfo", "-D", str(path)], capture_output=True, text=True, check=True)
    assert "ZSTD" in told.stdout
    assert "Image Width: 47 Image Length: 31" in told.stdout
    assert "error" not in told.stderr.lower()
